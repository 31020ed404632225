import type { Candidate } from '../src/lib/pick/candidates.ts';
import type { Drawable } from './collect.ts';
import type { Page } from './realm.ts';
import { WORDS } from './words.ts';

export interface Tile extends Candidate {
  /** Where the pick leads: a page of Bowerbird with everything in its fragment. */
  href: string;
  /** What the page has loaded of it, to draw from. */
  image: Drawable | undefined;
}

const BOX = 360;

/** Makes an element of the untouched realm; see realm.ts. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  page: Page,
  tag: Tag,
  ...inside: (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const element = page.workshop.createElement(tag);
  element.append(...inside);
  return element;
}

/** One picture as a real link, with its name and size; `draw` fills in the picture when the tile comes into view. */
export function makeTile(page: Page, tile: Tile): { item: HTMLLIElement; draw: () => void } {
  const box = make(page, 'i');
  if (!tile.image) box.append(make(page, 'span', shortAddress(tile.url)));
  box.ariaHidden = 'true';
  const name = tile.alt || tile.title || decodeName(tile.name) || WORDS.untitled;
  const link = make(page, 'a', box, make(page, 'b', name), make(page, 'small', sizeWords(tile)));
  link.href = tile.href;
  link.target = '_blank';
  link.rel = 'noopener';
  // The page's address travels in the fragment alone, so that it stays out of logs.
  link.referrerPolicy = 'no-referrer';
  link.title = name;
  const draw = (): void => {
    if (typeof tile.image === 'string') box.style.background = `center/contain no-repeat ${tile.image}`;
    else if (tile.image) box.append(drawing(page, tile.image) ?? make(page, 'span', shortAddress(tile.url)));
  };
  return { item: make(page, 'li', link), draw };
}

const shortAddress = (url: string): string => (url.length > 120 ? `${url.slice(0, 119)}…` : url);

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function sizeWords({ width, height }: Candidate): string {
  if (!width) return WORDS.unknownSize;
  return height ? WORDS.size(width, height) : WORDS.wide(width);
}

/**
 * A copy of the loaded image on a canvas: drawing asks nobody for anything, and no policy forbids it, where an `<img>`
 * with the same address might do both.
 */
function drawing(page: Page, image: HTMLImageElement): HTMLCanvasElement | null {
  const width = page.read<number>('HTMLImageElement', 'naturalWidth', image);
  const height = page.read<number>('HTMLImageElement', 'naturalHeight', image);
  const scale = Math.min(1, BOX / width, BOX / height);
  const canvas = make(page, 'canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  try {
    const pen = canvas.getContext('2d');
    if (!pen) return null;
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } catch {
    return null;
  }
}
