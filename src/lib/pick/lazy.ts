import type { Markup } from './markup.ts';
import type { Variant } from './srcset.ts';
import { parseSrcset } from './srcset.ts';

/** What scripts that load images late call the address they are going to use; what comes first is trusted most. */
const LAZY = [
  'data-hi-res-src',
  'data-zoom-image',
  'data-large_image',
  'data-orig-file',
  'data-full',
  'data-image',
  'data-url',
  'data-lazy',
  'data-lazyload',
  'data-echo',
  'data-ll-src',
  'data-actualsrc',
  'data-lazy-src',
  'data-original',
  'data-src',
];
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset', 'data-original-set', 'data-ll-srcset', 'data-bgset'];
const LAZY_BACKGROUNDS = ['data-bg', 'data-background', 'data-background-image', 'data-bg-src', 'data-bgset'];
/** What the site could not keep anyway. */
const FOREIGN_TYPE = /^image\/(?:svg|jxl|heic|heif|jp2)/i;

/** `data-lazy="true"` and the like are no addresses. */
const looksLikeAddress = (text: string): boolean => /[./]/.test(text) && !/[\s{}]/.test(text);

/** The element itself and, inside a `<picture>`, its sources; the element last, since it is the most trusted. */
function sourcesOf<Element>(markup: Markup<Element>, image: Element): Element[] {
  const parent = markup.parent(image);
  const sources: Element[] = [];
  if (parent && markup.name(parent) === 'picture')
    for (const source of markup.children(parent))
      if (markup.name(source) === 'source' && !FOREIGN_TYPE.test(markup.attribute(source, 'type')))
        sources.push(source);
  sources.push(image);
  return sources;
}

/** The files that the browser chooses from for an `<img>`. */
export function browserVariants<Element>(markup: Markup<Element>, image: Element): Variant[] {
  const variants: Variant[] = [];
  for (const source of sourcesOf(markup, image)) variants.push(...parseSrcset(markup.attribute(source, 'srcset')));
  return variants;
}

/** The files that a script of the page is going to put in the place of what an `<img>` shows now. */
export function lazyVariants<Element>(markup: Markup<Element>, image: Element): Variant[] {
  const variants: Variant[] = [];
  for (let at = LAZY.length - 1; at >= 0; at -= 1) {
    const url = markup.attribute(image, LAZY[at] ?? '');
    if (url && looksLikeAddress(url)) variants.push({ url, width: 0, density: 0 });
  }
  for (const source of sourcesOf(markup, image))
    for (const name of LAZY_SETS) variants.push(...parseSrcset(markup.attribute(source, name)));
  return variants;
}

/** The background that a script is going to paint behind any other element; empty without one. */
export function lazyBackground<Element>(markup: Markup<Element>, element: Element): string {
  for (const name of LAZY_BACKGROUNDS) {
    const text = /^(?:url\(["']?)?([^\s"')]+)/i.exec(markup.attribute(element, name))?.[1] ?? '';
    if (/^https?:|[/.].*\.(?:jpe?g|png|gif|webp|avif)/i.test(text)) return text;
  }
  return '';
}
