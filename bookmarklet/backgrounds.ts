import { lazyBackground } from '../src/lib/pick/lazy.ts';
import type { Markup } from '../src/lib/pick/markup.ts';
import type { Sighting } from '../src/lib/pick/sighting.ts';
import { NOTHING_SEEN } from '../src/lib/pick/sighting.ts';
import { parseBackground } from '../src/lib/pick/srcset.ts';
import type { Drawable } from './loaded.ts';
import type { Page } from './realm.ts';

/** What is painted smaller than this both ways is a button or a bullet, cut from a sprite. */
const ICON = 64;
/** Elements that paint nothing, or nothing before and after themselves. */
const SILENT =
  /^(?:script|style|meta|link|title|head|base|noscript|template|source|br|path|g|use|defs|option|param|track)$/;
const SINGLE = /^(?:img|input|iframe|frame|video|canvas|svg|image|object|embed|area|textarea|select|hr|picture)$/;

/** What is painted behind an element, and before and after its text. */
export function backgroundsOf(page: Page, markup: Markup<Element>, element: Element, drawn: Drawable[]): Sighting[] {
  const name = markup.name(element);
  if (SILENT.test(name)) return [];
  const found: Sighting[] = [];
  const late = name === 'img' ? '' : lazyBackground(markup, element);
  if (late) found.push({ ...NOTHING_SEEN, kind: 'background', shown: late });
  addPainted(page, element, '', found, drawn);
  if (SINGLE.test(name)) return found;
  addPainted(page, element, '::before', found, drawn);
  addPainted(page, element, '::after', found, drawn);
  return found;
}

function addPainted(page: Page, element: Element, pseudo: string, found: Sighting[], drawn: Drawable[]): void {
  const style = page.style(element, pseudo);
  const value = (property: string): string => page.value(style, property);
  const content = value('content');
  if (pseudo && content === 'none') return;
  const painted = [value('background-image')];
  if (content.includes('url(')) painted.push(content);
  for (const text of painted) {
    if (!text.includes('url(')) continue;
    if (isIcon(page, element, pseudo, value)) return;
    addLayers(text, page.attribute(element, 'aria-label') || page.attribute(element, 'title'), found, drawn);
  }
}

/** A sprite is moved up or left by pixels until the wanted part of it shows. */
function isIcon(page: Page, element: Element, pseudo: string, value: (property: string) => string): boolean {
  const isMoved = /^-\d[\d.]*px|\s-\d[\d.]*px/.test(value('background-position'));
  const size = pseudo ? { width: parseFloat(value('width')), height: parseFloat(value('height')) } : page.box(element);
  if (size.width > 0 && size.height > 0 && size.width < ICON && size.height < ICON) return true;
  return isMoved && value('background-size').startsWith('auto') && size.width < 2 * ICON;
}

function addLayers(text: string, alt: string, found: Sighting[], drawn: Drawable[]): void {
  for (const layer of parseBackground(text)) {
    const shown = layer[0]?.url ?? '';
    const isDrawn = layer.length === 1 && isLoaded(shown);
    found.push({
      ...NOTHING_SEEN,
      kind: 'background',
      shown,
      variants: layer.length > 1 ? layer : [],
      alt,
      drawn: isDrawn ? drawn.push(`url(${quote(shown)})`) - 1 : -1,
    });
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
