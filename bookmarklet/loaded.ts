import { MIN_SIDE } from '../src/lib/pick/candidates.ts';
import type { Sighting } from '../src/lib/pick/sighting.ts';
import { NOTHING_SEEN } from '../src/lib/pick/sighting.ts';
import { MAX_DATA_ADDRESS } from '../src/lib/pick/address.ts';
import type { Page } from './realm.ts';

/** Something the page has loaded, that a tile may be drawn from: an element with its size, or the CSS of a background. */
export type Drawable = { source: CanvasImageSource; width: number; height: number } | string;

/** Adds what only the browser knows of an image: which file it took, how large that is, and that it can be drawn. */
export function addLoaded(page: Page, image: Element, sighting: Sighting, drawn: Drawable[], copier: Copier): void {
  const read = <Value>(property: string): Value => page.read<Value>('HTMLImageElement', property, image);
  const width = read<boolean>('complete') ? read<number>('naturalWidth') : 0;
  const height = width && read<number>('naturalHeight');
  sighting.shown = read<string>('currentSrc') || sighting.shown;
  sighting.width = width;
  sighting.height = height;
  if (width < 16 || height < 16) return;
  const source = image as HTMLImageElement;
  if (/^blob:/i.test(sighting.shown)) sighting.shown = copier.copy(source, width, height);
  sighting.drawn = drawn.push({ source, width, height }) - 1;
}

/** A square that the page shows no larger than a line of text is an emoji or a face beside a name, whatever its file is. */
const LINE = 24;

export function isIcon(page: Page, image: Element, { width, height, link, lazy }: Sighting): boolean {
  if (!width || width !== height || link || lazy.length > 0) return false;
  const shown = page.box(image);
  return shown.width > 0 && shown.width <= LINE && shown.height <= LINE;
}

/** A canvas as a picture of its own, where the page may read it. */
export function canvasSighting(page: Page, canvas: Element, drawn: Drawable[], copier: Copier): Sighting[] {
  const width = page.read<number>('HTMLCanvasElement', 'width', canvas);
  const height = page.read<number>('HTMLCanvasElement', 'height', canvas);
  if (width < MIN_SIDE || height < MIN_SIDE) return [];
  const source = canvas as HTMLCanvasElement;
  const shown = copier.copy(source, width, height);
  if (!shown) return [];
  const alt = page.attribute(canvas, 'aria-label');
  return [{ ...NOTHING_SEEN, shown, width, height, alt, drawn: drawn.push({ source, width, height }) - 1 }];
}

/** Copies what no address leads to, as `data:`; empty where that may not be read, is empty, or is too large. */
export interface Copier {
  copy(source: CanvasImageSource, width: number, height: number): string;
}

function emptyCanvas(page: Page, width: number, height: number): HTMLCanvasElement {
  const canvas = page.workshop.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** Writing a file out takes a tenth of a second for a large photograph: so many pixels in all, and no more. */
const PIXELS = 24_000_000;

export function copierFor(page: Page): Copier {
  let left = PIXELS;
  return {
    copy(source, width, height) {
      left -= width * height;
      if (left < 0) return '';
      try {
        const canvas = emptyCanvas(page, width, height);
        const blank = canvas.toDataURL();
        canvas.getContext('2d')?.drawImage(source, 0, 0);
        const exact = canvas.toDataURL();
        if (exact === blank) return '';
        const address = exact.length > MAX_DATA_ADDRESS ? canvas.toDataURL('image/jpeg', 0.92) : exact;
        return address.length > MAX_DATA_ADDRESS ? '' : address;
      } catch {
        return ''; // Drawn from another origin: nobody may read it.
      }
    },
  };
}

/**
 * What is loaded, as `data:`, for a picture that has an address as well: the site may be refused there, where somebody is signed in.
 * Empty where it may not be read, which browsers say before they write anything, or is too large.
 */
export function copyOf(page: Page, image: Drawable | undefined): string {
  if (!image || typeof image === 'string' || image.width * image.height > PIXELS) return '';
  try {
    const canvas = emptyCanvas(page, image.width, image.height);
    canvas.getContext('2d')?.drawImage(image.source, 0, 0);
    const address = canvas.toDataURL('image/webp', 0.92);
    return address.length > MAX_DATA_ADDRESS ? '' : address;
  } catch {
    return ''; // Of another origin, or it has vanished since the click.
  }
}
