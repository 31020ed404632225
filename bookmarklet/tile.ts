import type { Candidate } from '../src/lib/pick/candidates.ts';
import type { Pick } from '../src/lib/pick/fragment.ts';
import type { PictureType } from '../src/lib/pick/type.ts';
import type { Spot } from './collect.ts';
import type { Drawable } from './loaded.ts';
import type { Page } from './realm.ts';
import { WORDS } from './words.ts';

export interface Tile extends Candidate {
  pick: Partial<Pick>;
  type: PictureType;
  /** Where the pick leads: a page of Bowerbird with everything in its fragment. */
  href: string;
  /** The same, with a copy of what the page shows where that may be read. */
  carrying(): string;
  /** What the page has loaded of it, to draw from. */
  image: Drawable | undefined;
  /** Where the page has it. */
  spots: readonly Spot[];
}

/** A tile as it stands in the list. */
export interface Made {
  tile: Tile;
  name: string;
  item: HTMLLIElement;
  link: HTMLAnchorElement;
  box: HTMLInputElement;
  /** Fills in the picture, when the tile comes into view. */
  draw(): void;
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

/** One picture as a real link, with its name and size, and a box to tick. */
export function makeTile(page: Page, tile: Tile): Made {
  const frame = make(page, 'i');
  if (!tile.image) frame.append(make(page, 'span', shortAddress(tile.url)));
  frame.ariaHidden = 'true';
  const name = tile.alt || tile.title || decodeName(tile.name) || WORDS.untitled;
  const link = make(page, 'a', frame, make(page, 'b', name), make(page, 'small', sizeWords(tile)));
  link.href = tile.href;
  link.target = '_blank';
  link.rel = 'noopener';
  // The page's address travels in the fragment alone, so that it stays out of logs.
  link.referrerPolicy = 'no-referrer';
  link.title = name;
  const box = make(page, 'input');
  box.type = 'checkbox';
  // One stop of Tab for a tile; on it, Space ticks the box.
  box.tabIndex = -1;
  box.ariaLabel = WORDS.choose(name);
  const draw = (): void => {
    if (typeof tile.image === 'string') frame.style.background = `center/contain no-repeat ${tile.image}`;
    else if (tile.image) frame.append(drawing(page, tile.image) ?? make(page, 'span', shortAddress(tile.url)));
  };
  return { tile, name, item: make(page, 'li', link, make(page, 'label', box)), link, box, draw };
}

const shortAddress = (url: string): string => (url.length > 120 ? `${url.slice(0, 119)}…` : url);

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function sizeWords({ width, height, leastWidth, leastHeight, nopin }: Candidate): string {
  const least = leastWidth && leastHeight ? WORDS.larger(leastWidth, leastHeight) : WORDS.unknownSize;
  const size = width && height ? WORDS.size(width, height) : width ? WORDS.wide(width) : least;
  return nopin ? `${size}, ${WORDS.nopinTile}` : size;
}

/**
 * A copy of what is loaded on a canvas: drawing asks nobody for anything, and no policy forbids it, where an `<img>`
 * with the same address might do both.
 */
function drawing(page: Page, { source, width, height }: Exclude<Drawable, string>): HTMLCanvasElement | null {
  const scale = Math.min(1, BOX / width, BOX / height);
  const canvas = make(page, 'canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  try {
    const pen = canvas.getContext('2d');
    if (!pen) return null;
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(source, 0, 0, canvas.width, canvas.height);
    return canvas;
  } catch {
    return null; // It has vanished since the click.
  }
}
