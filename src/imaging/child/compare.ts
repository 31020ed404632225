import { brightness, cellsOf, eachColour, NO_MARGINS } from './cells.ts';
import type { Margins } from './cells.ts';
import type { Bitmap } from './pixels.ts';

const SIDE = 32;
const COUNT = SIDE * SIDE;
/** How much may have been cut off at a side. */
const CUTS = [0.01, 0.02, 0.03, 0.04, 0.05];
const SIDES = ['left', 'top', 'right', 'bottom'] as const;
/** So close, nothing was cut off. */
const SAME = 0.1;

/**
 * How far two pictures differ, after one was laid over the other as well as it goes: the sum of what differs over what
 * there is to see in them. A watermark adds little to the first; other words on a page, or another colour of the same
 * thing, are most of the second.
 */
export function difference(first: Bitmap, second: Bitmap): number {
  const [one, other] = [squared(first), squared(second)];
  const plain = between(colours(one), colours(other));
  if (plain < SAME) return plain;
  return Math.min(cropped(one, colours(other), plain), cropped(other, colours(one), plain));
}

/** Where a part may have been cut out of a longer side: from its beginning to its end. */
const PLACES = [0, 0.25, 0.5, 0.75, 1];

/** How far a picture differs from what is left of a whole one that is cut to its proportions, wherever that fits best. */
export function differenceCut(whole: Bitmap, part: Bitmap): number {
  const narrower = (part.width * whole.height) / (part.height * whole.width);
  const off = 1 - Math.min(narrower, 1 / narrower);
  const seen = colours(part);
  const cuts = PLACES.map((place): Margins => {
    const [before, after] = [off * place, off * (1 - place)];
    return narrower < 1 ? { ...NO_MARGINS, left: before, right: after } : { ...NO_MARGINS, top: before, bottom: after };
  });
  return Math.min(...cuts.map((margins) => between(colours(whole, margins), seen)));
}

/** What is laid over another picture many times: 64 × 64 pixels, on middle grey. */
function squared(picture: Bitmap): Bitmap {
  const side = 2 * SIDE;
  const data = Buffer.alloc(side * side * 3);
  eachColour(cellsOf(picture, side, side), 128, (red, green, blue, cell) => {
    data[cell * 3] = red + 0.5;
    data[cell * 3 + 1] = green + 0.5;
    data[cell * 3 + 2] = blue + 0.5;
  });
  return { data, width: side, height: side, channels: 3 };
}

/** The least difference that cutting a little off `whole` can bring: the same all round, then one side after the other. */
function cropped(whole: Bitmap, part: Float64Array, plain: number): number {
  let best = { margins: NO_MARGINS, apart: plain };
  const attempt = (margins: Margins) => {
    const apart = between(colours(whole, margins), part);
    if (apart < best.apart) best = { margins, apart };
  };
  for (const cut of CUTS) attempt({ left: cut, top: cut, right: cut, bottom: cut });
  for (const side of [...SIDES, ...SIDES])
    for (const cut of [0, ...CUTS]) if (cut !== best.margins[side]) attempt({ ...best.margins, [side]: cut });
  return best.apart;
}

/** 32 × 32 colours, red, green and blue of each in turn. */
function colours(picture: Bitmap, margins: Margins = NO_MARGINS): Float64Array {
  const all = new Float64Array(COUNT * 3);
  eachColour(cellsOf(picture, SIDE, SIDE, margins), 0, (red, green, blue, cell) => {
    all[cell * 3] = red;
    all[cell * 3 + 1] = green;
    all[cell * 3 + 2] = blue;
  });
  return all;
}

/** What differs, once the second was made as bright and as contrasty as the first, within reason. */
function between(one: Float64Array, other: Float64Array): number {
  const [first, second] = [lightOf(one), lightOf(other)];
  const gain = clamp(Math.sqrt((first.variance + 1) / (second.variance + 1)), 0.8, 1.25);
  const shift = clamp(first.mean - second.mean * gain, -30, 30);
  let off = 0;
  for (let n = 0; n < one.length; n++) {
    const apart = one[n]! - other[n]! * gain - shift;
    off += apart < 0 ? -apart : apart;
  }
  // Half a step of brightness a cell is what compression does to a picture in which there is nothing to see.
  return off / one.length / ((contentOf(one) + contentOf(other)) / 2 + 0.5);
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

function lightOf(colours: Float64Array): { mean: number; variance: number } {
  let [sum, squares] = [0, 0];
  for (let n = 0; n < colours.length; n += 3) {
    const light = brightness(colours[n]!, colours[n + 1]!, colours[n + 2]!);
    sum += light;
    squares += light * light;
  }
  const mean = sum / COUNT;
  return { mean, variance: Math.max(0, squares / COUNT - mean * mean) };
}

/** How far the colours lie from their mean: what there is to see. */
function contentOf(colours: Float64Array): number {
  let off = 0;
  for (const part of [0, 1, 2]) {
    let sum = 0;
    for (let n = part; n < colours.length; n += 3) sum += colours[n]!;
    const mean = sum / COUNT;
    for (let n = part; n < colours.length; n += 3) off += colours[n]! > mean ? colours[n]! - mean : mean - colours[n]!;
  }
  return off / colours.length;
}
