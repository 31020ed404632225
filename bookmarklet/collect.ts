import type { Sighting } from '../src/lib/pick/candidates.ts';
import { NOTHING_SEEN } from '../src/lib/pick/candidates.ts';
import { isImageFile } from '../src/lib/pick/address.ts';
import type { Variant } from '../src/lib/pick/srcset.ts';
import { parseBackground, parseSrcset } from '../src/lib/pick/srcset.ts';
import type { Page } from './realm.ts';

/** What scripts that load images late call the address they are going to use, by how often it is seen. */
const LAZY = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-url', 'data-full', 'data-hi-res-src'];
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset', 'data-original-set'];
/** What the site could not keep anyway. */
const FOREIGN_TYPE = /^image\/(?:svg|jxl|heic|heif|jp2)/i;

/** Something the page has loaded, that a tile may be drawn from: an image, or the CSS of a background. */
export type Drawable = HTMLImageElement | string;

export interface Collected {
  sightings: Sighting[];
  /** By `Sighting.drawn`. */
  drawn: Drawable[];
}

/** Every picture that the page shows, is going to show, paints behind something, links to or names in its head. */
export function collect(page: Page): Collected {
  const collected: Collected = { sightings: [], drawn: [] };
  for (const image of page.all('img')) collected.sightings.push(imageSighting(page, image, collected.drawn));
  addBackgrounds(page, collected);
  addLinks(page, collected.sightings);
  addHead(page, collected.sightings);
  return collected;
}

function imageSighting(page: Page, image: Element, drawn: Drawable[]): Sighting {
  const read = <Value>(property: string): Value => page.read<Value>('HTMLImageElement', property, image);
  const source = page.attribute(image, 'src');
  const width = read<boolean>('complete') ? read<number>('naturalWidth') : 0;
  const height = width && read<number>('naturalHeight');
  const variants = browserVariants(page, image);
  // The browser counts `src` among the files of a srcset, as the one for ordinary screens.
  if (source && variants.length > 0) variants.unshift({ url: source, width: 0, density: 1 });
  const isWorthDrawing = width > 15 && height > 15;
  return {
    ...NOTHING_SEEN,
    shown: read<string>('currentSrc') || source,
    width,
    height,
    declaredWidth: toNumber(page.attribute(image, 'width')),
    declaredHeight: toNumber(page.attribute(image, 'height')),
    variants,
    lazy: lazyVariants(page, image),
    link: linkAround(page, image),
    alt: page.attribute(image, 'alt'),
    title: page.attribute(image, 'title'),
    nopin: page.attribute(image, 'data-pin-nopin') !== '' || hasAttribute(page, image, 'nopin'),
    drawn: isWorthDrawing ? drawn.push(image as HTMLImageElement) - 1 : -1,
  };
}

const toNumber = (text: string): number => (/^\d{1,6}(?:px)?$/.test(text) ? parseInt(text, 10) : 0);

const hasAttribute = (page: Page, element: Element, name: string): boolean =>
  page.natives.Element.prototype.hasAttribute.call(element, name);

const parentOf = (page: Page, element: Element): Element | null =>
  page.read<Element | null>('Node', 'parentElement', element);

/** The element itself and, inside a `<picture>`, its sources; the element last, since it is the most trusted. */
function sourcesOf(page: Page, image: Element): Element[] {
  const parent = parentOf(page, image);
  const sources: Element[] = [];
  if (parent && parent.nodeName.toLowerCase() === 'picture') {
    for (const source of page.natives.Array.from(page.read<HTMLCollection>('Element', 'children', parent))) {
      if (source.nodeName.toLowerCase() === 'source' && !FOREIGN_TYPE.test(page.attribute(source, 'type')))
        sources.push(source);
    }
  }
  sources.push(image);
  return sources;
}

function browserVariants(page: Page, image: Element): Variant[] {
  const variants: Variant[] = [];
  for (const source of sourcesOf(page, image)) variants.push(...parseSrcset(page.attribute(source, 'srcset')));
  return variants;
}

function lazyVariants(page: Page, image: Element): Variant[] {
  const variants: Variant[] = [];
  for (const name of LAZY) {
    const url = page.attribute(image, name);
    if (looksLikeAddress(url)) variants.unshift({ url, width: 0, density: 0 });
  }
  for (const source of sourcesOf(page, image))
    for (const name of LAZY_SETS) variants.push(...parseSrcset(page.attribute(source, name)));
  return variants;
}

/** `data-lazy="true"` and the like are no addresses. */
const looksLikeAddress = (text: string): boolean => /[./]/.test(text) && !/[\s{}]/.test(text);

function linkAround(page: Page, image: Element): string {
  const link = page.natives.Element.prototype.closest.call(image, 'a[href]');
  const address = link ? page.read<string>('HTMLAnchorElement', 'href', link) : '';
  return isImageFile(address) ? address : '';
}

/** An element with a background that is smaller than this both ways is a button or a bullet, cut from a sprite. */
const ICON = 64;

function addBackgrounds(page: Page, { sightings, drawn }: Collected): void {
  for (const element of page.all('*')) {
    const value = page.style(element).backgroundImage;
    if (!value || value === 'none') continue;
    const { width, height } = page.natives.Element.prototype.getBoundingClientRect.call(element);
    const isShown = width > 0 && height > 0;
    if (isShown && width < ICON && height < ICON) continue;
    for (const layer of parseBackground(value)) {
      const shown = layer[0]?.url ?? '';
      sightings.push({
        ...NOTHING_SEEN,
        shown,
        variants: layer.length > 1 ? layer : [],
        alt: page.attribute(element, 'aria-label'),
        drawn: isShown && layer.length === 1 && isLoaded(shown) ? drawn.push(`url(${quote(shown)})`) - 1 : -1,
      });
    }
  }
}

const quote = (text: string): string => `"${text.replace(/["\\\n]/g, '\\$&')}"`;

/**
 * Whether the page itself has loaded this address, so that to paint it once more asks nobody for anything. Measured in
 * Chromium: a background that is in use is shared, even when its answer said `no-store`.
 */
function isLoaded(address: string): boolean {
  if (address.slice(0, 5) === 'data:') return true;
  try {
    return performance.getEntriesByName(address, 'resource').length > 0;
  } catch {
    return false;
  }
}

function addLinks(page: Page, sightings: Sighting[]): void {
  for (const link of page.all('a[href]')) {
    const shown = page.read<string>('HTMLAnchorElement', 'href', link);
    if (!isImageFile(shown) || page.natives.Element.prototype.querySelector.call(link, 'img')) continue;
    const alt = (page.read<string | null>('Node', 'textContent', link) ?? '').trim();
    sightings.push({ ...NOTHING_SEEN, shown, alt });
  }
}

/** Where a page names its own picture, for those who pass it on. */
const HEAD =
  'meta[property^="og:image"],meta[name^="og:image"],meta[name^="twitter:image"],meta[property^="twitter:image"],' +
  'link[rel~="image_src"]';

function addHead(page: Page, sightings: Sighting[]): void {
  let last: Sighting | undefined;
  for (const element of page.all(HEAD)) {
    const key = page.attribute(element, 'property') || page.attribute(element, 'name');
    const value = page.attribute(element, 'content') || page.attribute(element, 'href');
    if (/:(?:width|height|alt|type)$/.test(key)) {
      if (last) describe(last, key, value);
    } else if (value) sightings.push((last = { ...NOTHING_SEEN, shown: value }));
  }
}

/** `og:image:width` and its kin speak of the image named before them. */
function describe(sighting: Sighting, key: string, value: string): void {
  if (key.endsWith(':width')) sighting.declaredWidth = toNumber(value);
  if (key.endsWith(':height')) sighting.declaredHeight = toNumber(value);
  if (key.endsWith(':alt')) sighting.alt = value;
}
