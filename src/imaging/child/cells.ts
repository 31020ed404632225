import type { Bitmap } from './pixels.ts';

/** A picture as a coarse grid, row by row: four numbers a cell, red, green, blue and alpha (0–255), times alpha. */
export interface Cells {
  columns: number;
  rows: number;
  values: Float64Array;
}

export const CELL = 4;

const { ceil, floor, max, min } = Math;

/** How much is left out at each side, as a share of the width or the height. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const NO_MARGINS: Margins = { left: 0, right: 0, top: 0, bottom: 0 };

/** The mean of what lies under each cell of a grid laid over the picture; pixels on a border count for both by their parts. */
export function cellsOf(picture: Bitmap, columns: number, rows: number, margins = NO_MARGINS): Cells {
  const values = new Float64Array(columns * rows * CELL);
  const strip = new Float64Array(columns * CELL);
  const left = margins.left * picture.width;
  const wide = (picture.width * (1 - margins.left - margins.right)) / columns;
  const tall = (picture.height * (1 - margins.top - margins.bottom)) / rows;
  for (let row = 0; row < rows; row++) {
    const from = margins.top * picture.height + row * tall;
    const to = from + tall;
    for (let y = floor(from); y < min(picture.height, ceil(to)); y++) {
      sumRow(picture, y, left, wide, strip);
      const weight = (min(to, y + 1) - max(from, y)) / tall;
      for (let n = 0; n < strip.length; n++) values[row * strip.length + n]! += strip[n]! * weight;
    }
  }
  return { columns, rows, values };
}

/** One row of pixels, brought together in cells. This is what takes the time: plain loops. */
function sumRow({ data, width, channels }: Bitmap, y: number, left: number, wide: number, strip: Float64Array) {
  for (let cell = 0; cell < strip.length; cell += CELL) {
    const from = left + (cell / CELL) * wide;
    const to = from + wide;
    const end = min(width, ceil(to));
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let x = floor(from); x < end; x++) {
      const at = (y * width + x) * channels;
      const shows = channels === 4 ? data[at + 3]! : 255;
      const weight = (((to < x + 1 ? to : x + 1) - (from > x ? from : x)) * shows) / 255;
      red += data[at]! * weight;
      green += data[at + 1]! * weight;
      blue += data[at + 2]! * weight;
      alpha += weight;
    }
    strip[cell] = red / wide;
    strip[cell + 1] = green / wide;
    strip[cell + 2] = blue / wide;
    strip[cell + 3] = (alpha * 255) / wide;
  }
}

/** Calls `use` with the colour of each cell, as it looks before a background of one grey. */
export function eachColour(
  { values }: Cells,
  background: number,
  use: (red: number, green: number, blue: number, cell: number) => void,
) {
  for (let at = 0; at < values.length; at += CELL) {
    const behind = background * (1 - values[at + 3]! / 255);
    use(values[at]! + behind, values[at + 1]! + behind, values[at + 2]! + behind, at / CELL);
  }
}

/** How bright a colour of sRGB looks (ITU-R BT.601). */
export const brightness = (red: number, green: number, blue: number) => 0.299 * red + 0.587 * green + 0.114 * blue;
