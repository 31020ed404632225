import type { Bitmap } from './pixels.ts';

/** A picture as a coarse grid, row by row: four numbers a cell, red, green, blue and alpha (0–255), times alpha. */
export interface Cells {
  columns: number;
  rows: number;
  values: Float64Array;
}

export const CELL = 4;

/** The mean of what lies under each cell of a grid laid over the picture; pixels on a border count for both by their parts. */
export function cellsOf(picture: Bitmap, columns: number, rows: number): Cells {
  const values = new Float64Array(columns * rows * CELL);
  const strip = new Float64Array(columns * CELL);
  const tall = picture.height / rows;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * tall, (row + 1) * tall];
    for (let y = Math.floor(from); y < Math.min(picture.height, Math.ceil(to)); y++) {
      sumRow(picture, y, columns, strip);
      const weight = (Math.min(to, y + 1) - Math.max(from, y)) / tall;
      for (let n = 0; n < strip.length; n++) values[row * strip.length + n]! += strip[n]! * weight;
    }
  }
  return { columns, rows, values };
}

/** One row of pixels, brought together in cells. This is what takes the time: plain loops. */
function sumRow({ data, width, channels }: Bitmap, y: number, columns: number, strip: Float64Array) {
  const wide = width / columns;
  for (let column = 0; column < columns; column++) {
    const from = column * wide;
    const to = from + wide;
    const end = Math.min(width, Math.ceil(to));
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let x = Math.floor(from); x < end; x++) {
      const at = (y * width + x) * channels;
      const shows = channels === 4 ? data[at + 3]! : 255;
      const weight = ((Math.min(to, x + 1) - Math.max(from, x)) * shows) / 255;
      red += data[at]! * weight;
      green += data[at + 1]! * weight;
      blue += data[at + 2]! * weight;
      alpha += weight;
    }
    const cell = column * CELL;
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
