import { isImageFile } from './address.ts';
import { browserVariants, lazyVariants } from './lazy.ts';
import type { Markup } from './markup.ts';
import { microdataSightings } from './microdata.ts';
import type { Sighting } from './sighting.ts';
import { NOTHING_SEEN } from './sighting.ts';
import { parseSrcset } from './srcset.ts';
import { structuredSightings } from './structured.ts';
import { imageTags } from './tags.ts';

/** The reading of one document, element by element, in its order. */
export interface Reading<Element> {
  markup: Markup<Element>;
  /** Reads JSON; may throw. Passed in, because pages replace their own. */
  parse(json: string): unknown;
  /** The last picture that the head named: `og:image:width` and its kin speak of it. */
  last?: Sighting;
}

/** The pictures that an element as it is written tells of; what only a browser knows (sizes, styles) comes on top. */
export function written<Element>(reading: Reading<Element>, element: Element): Sighting[] {
  const { markup } = reading;
  const own = (name: string): string => markup.attribute(element, name);
  const typed = (address: string): Sighting[] =>
    // Only the path is looked at, so any origin will do.
    /^image\//i.test(own('type')) || isImageFile(`https://x/${address}`) ? simple(address, own('aria-label')) : [];
  switch (markup.name(element)) {
    case 'img':
      return [imageSighting(markup, element)];
    case 'image':
      return simple(own('href') || own('xlink:href'), own('aria-label'));
    case 'input':
      return own('type').toLowerCase() === 'image' ? [{ ...imageSighting(markup, element), link: '' }] : [];
    case 'video':
      return simple(own('poster'), own('aria-label') || own('title'));
    case 'object':
      return typed(own('data'));
    case 'embed':
      return typed(own('src'));
    case 'noscript':
      return noscript(markup.text(element), markup.linkAround(element));
    case 'a':
      return linked(markup, element);
    case 'area':
      return linked(markup, element);
    case 'meta':
    case 'link':
      return named(reading, element);
    case 'script':
      return own('type').toLowerCase() === 'application/ld+json' ? structured(reading, element) : [];
    default:
      return /ImageObject/.test(own('itemtype')) ? microdataSightings(markup, element) : [];
  }
}

const simple = (shown: string, alt: string): Sighting[] => (shown ? [{ ...NOTHING_SEEN, shown, alt }] : []);

/** A declared nothing is as small as a picture can be, not unknown: counters of visitors are written so. */
const toNumber = (text: string): number => (/^\d{1,6}(?:px)?$/.test(text) ? parseInt(text, 10) || 1 : 0);

function imageSighting<Element>(markup: Markup<Element>, image: Element): Sighting {
  const own = (name: string): string => markup.attribute(image, name);
  const source = own('src');
  const variants = browserVariants(markup, image);
  // The browser counts `src` among the files of a srcset, as the one for ordinary screens.
  const around = markup.parent(image);
  const isChosen = variants.length > 0 || (around !== null && markup.name(around) === 'picture');
  if (source && isChosen) variants.unshift({ url: source, width: 0, density: 1 });
  const link = markup.linkAround(image);
  return {
    ...NOTHING_SEEN,
    shown: source,
    declaredWidth: toNumber(own('width')),
    declaredHeight: toNumber(own('height')),
    variants,
    lazy: lazyVariants(markup, image),
    link: link && isImageFile(link) ? link : '',
    alt: own('alt'),
    title: own('title'),
    nopin: markup.has(image, 'nopin') || (markup.has(image, 'data-pin-nopin') && own('data-pin-nopin') !== 'false'),
  };
}

/** What stands inside is what the page shows to those without scripts: mostly the real file of a lazy image. */
function noscript(html: string, link: string): Sighting[] {
  const found: Sighting[] = [];
  for (const tag of imageTags(html)) {
    found.push({
      ...NOTHING_SEEN,
      shown: tag['src'] ?? '',
      variants: parseSrcset(tag['srcset'] ?? ''),
      declaredWidth: toNumber(tag['width'] ?? ''),
      declaredHeight: toNumber(tag['height'] ?? ''),
      link: isImageFile(link) ? link : '',
      alt: tag['alt'] ?? '',
      title: tag['title'] ?? '',
    });
  }
  return found;
}

function linked<Element>(markup: Markup<Element>, link: Element): Sighting[] {
  const shown = markup.href(link);
  if (!isImageFile(shown) || markup.holdsImage(link)) return [];
  return [{ ...NOTHING_SEEN, kind: 'link', shown, alt: markup.attribute(link, 'alt') || markup.text(link) }];
}

/** Where a page names its own picture, for those who pass it on. */
function named<Element>(reading: Reading<Element>, element: Element): Sighting[] {
  const own = (name: string): string => reading.markup.attribute(element, name);
  const key = (own('property') || own('name') || own('itemprop')).toLowerCase();
  const value = own('content') || own('href');
  if (/^(?:og|twitter):image.*:(?:width|height|alt|type)$/.test(key)) {
    if (reading.last) describe(reading.last, key, value);
    return [];
  }
  const isPicture =
    /^(?:og:image|twitter:image)/.test(key) || key === 'image' || /(?:^|\s)image_src(?:\s|$)/i.test(own('rel'));
  const isPreloaded = /(?:^|\s)preload(?:\s|$)/i.test(own('rel')) && own('as').toLowerCase() === 'image';
  if (!value || !(isPicture || isPreloaded)) return [];
  reading.last = { ...NOTHING_SEEN, kind: 'named', shown: value, variants: parseSrcset(own('imagesrcset')) };
  return [reading.last];
}

/** `og:image:width` and its kin speak of the image named before them. */
function describe(sighting: Sighting, key: string, value: string): void {
  if (key.endsWith(':width')) sighting.declaredWidth = toNumber(value);
  if (key.endsWith(':height')) sighting.declaredHeight = toNumber(value);
  if (key.endsWith(':alt')) sighting.alt = value;
}

function structured<Element>({ markup, parse }: Reading<Element>, element: Element): Sighting[] {
  try {
    return structuredSightings(parse(markup.text(element)));
  } catch {
    return [];
  }
}
