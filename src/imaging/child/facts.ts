import { PICTURE_TYPES } from '../../lib/sniff.ts';
import { LOOK_SIDE, lookOf } from '../../lib/look.ts';
import { phash, PHASH_SIDE } from '../../lib/phash.ts';
import { qualityOf } from '../../lib/tiers.ts';
import type { Facts } from '../protocol.ts';
import { brightness, cellsOf, eachColour } from './cells.ts';
import type { Cells } from './cells.ts';
import { placeholder } from './placeholder.ts';
import type { Pixels } from './pixels.ts';
import type { Source } from './source.ts';

/** What is to be known of a picture. */
export async function factsOf(source: Source, { channels, small }: Pixels): Promise<Facts> {
  const { format, width, height, frames, animated } = source;
  const cells = cellsOf(small, PHASH_SIDE, PHASH_SIDE);
  return {
    format,
    type: PICTURE_TYPES[format],
    width,
    height,
    frames,
    animated,
    alpha: channels === 4,
    still_of: source.stillOf,
    quality: qualityOf(width, height),
    phash: hashOf(cells),
    colour: dominantColour(cells),
    look: [...lookOf(coloursOf(cellsOf(small, LOOK_SIDE, LOOK_SIDE)))],
    authorship: source.authorship,
    placeholder: (await placeholder(small)).toString('base64'),
  };
}

/** Red, green and blue of each cell, on white. */
function coloursOf(cells: Cells): Float64Array {
  const colours = new Float64Array(3 * cells.columns * cells.rows);
  eachColour(cells, 255, (red, green, blue, cell) => colours.set([red, green, blue], 3 * cell));
  return colours;
}

/** The perceptual hash. Transparency becomes middle grey, on which a black and a white drawing can be told from nothing. */
export function hashOf(cells: Cells): string {
  const greys = new Float64Array(cells.columns * cells.rows);
  eachColour(cells, 128, (red, green, blue, cell) => (greys[cell] = brightness(red, green, blue)));
  return phash(greys);
}

/** Eighths of each axis of the colour cube: finer ones would split a sky or a wall among many. */
const EIGHTH = 32;

/** The mean of the colours in the fullest of 8 × 8 × 8 parts of the colour cube, on white; strong colours count up to twice. */
function dominantColour(cells: Cells): string {
  const parts = new Map<number, { weight: number; red: number; green: number; blue: number }>();
  let fullest = { weight: 0, red: 0, green: 0, blue: 0 };
  eachColour(cells, 255, (red, green, blue) => {
    const number = (Math.floor(red / EIGHTH) * 8 + Math.floor(green / EIGHTH)) * 8 + Math.floor(blue / EIGHTH);
    const part = parts.get(number) ?? { weight: 0, red: 0, green: 0, blue: 0 };
    parts.set(number, part);
    const weight = 1 + (Math.max(red, green, blue) - Math.min(red, green, blue)) / 255;
    part.weight += weight;
    part.red += red * weight;
    part.green += green * weight;
    part.blue += blue * weight;
    if (part.weight > fullest.weight) fullest = part;
  });
  const { weight, red, green, blue } = fullest;
  const hex = (sum: number) =>
    Math.min(255, Math.round(sum / weight))
      .toString(16)
      .padStart(2, '0');
  return `#${hex(red)}${hex(green)}${hex(blue)}`;
}
