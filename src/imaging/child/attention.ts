import { brightness, cellsOf, eachColour } from './cells.ts';
import type { Bitmap } from './pixels.ts';

/** Cells on the short side; a panorama gets as many of the same size on its long one, and not without end. */
const SHORT = 24;
const MOST = 768;

/** How much less a crop at the picture's end is worth than one in its middle that holds the same. */
const AT_THE_END = 0.1;

/**
 * Where to cut: 0 for the left or upper end, 1 for the other, on the axis that has room; `share` is how much of the width
 * and of the height the crop keeps. What matters is what differs from the picture as a whole, in colour and brightness
 * (R. Achanta and others, "Frequency-tuned Salient Region Detection", 2009), what has edges, and what may be skin.
 */
export function focus(picture: Bitmap, share: { width: number; height: number }): { x: number; y: number } {
  if (share.width >= 1 && share.height >= 1) return { x: 0.5, y: 0.5 };
  const { columns, rows, weights } = salience(picture);
  const down = (column: number) => sum(rows, (row) => weights[row * columns + column]!);
  const along = (row: number) => sum(columns, (column) => weights[row * columns + column]!);
  return {
    x: place(
      Float64Array.from({ length: columns }, (_, n) => down(n)),
      share.width,
    ),
    y: place(
      Float64Array.from({ length: rows }, (_, n) => along(n)),
      share.height,
    ),
  };
}

const sum = (count: number, value: (n: number) => number) => {
  let total = 0;
  for (let n = 0; n < count; n++) total += value(n);
  return total;
};

/** Slides a window of that share over the line, and answers where it holds most. */
function place(line: Float64Array, share: number): number {
  const size = line.length * Math.min(1, share);
  const room = line.length - size;
  if (room <= 0) return 0.5;
  const steps = Math.max(1, Math.round(room * 2));
  let best = { at: 0.5, held: -1 };
  for (let step = 0; step <= steps; step++) {
    const at = step / steps;
    const held = heldBy(line, at * room, size) * (1 - AT_THE_END * Math.abs(2 * at - 1));
    if (held > best.held) best = { at, held };
  }
  return best.at;
}

/** What a window holds; its middle counts fully, its edge not at all, so that what matters comes to stand in the middle. */
const heldBy = (line: Float64Array, from: number, size: number) =>
  sum(line.length, (n) => {
    const off = (n + 0.5 - from) / size - 0.5;
    return Math.abs(off) < 0.5 ? line[n]! * (1 - 4 * off * off) : 0;
  });

/** How much each cell of a grid over the picture draws the eye. */
function salience(picture: Bitmap) {
  const short = Math.min(picture.width, picture.height);
  const cellsAlong = (side: number) => Math.min(MOST, Math.max(1, Math.round((SHORT * side) / short)));
  const cells = cellsOf(picture, cellsAlong(picture.width), cellsAlong(picture.height));
  const { columns, rows } = cells;
  const count = columns * rows;
  const [light, blueness, redness] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  eachColour(cells, 255, (red, green, blue, cell) => {
    const bright = brightness(red, green, blue);
    light[cell] = bright;
    blueness[cell] = (blue - bright) * 0.564;
    redness[cell] = (red - bright) * 0.713;
  });
  const usual = [light, blueness, redness].map((values) => sum(count, (n) => values[n]!) / count);
  const weights = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    const [l, b, r] = [light[n]!, blueness[n]!, redness[n]!];
    const differs = (l - usual[0]!) ** 2 / 4 + (b - usual[1]!) ** 2 + (r - usual[2]!) ** 2;
    weights[n] = differs / 32 + edge(light, columns, rows, n) + (isSkin(l, b, r) ? 20 : 0);
  }
  return { columns, rows, weights };
}

/** How far a cell is from what its neighbours would make one think. */
function edge(light: Float64Array, columns: number, rows: number, n: number): number {
  const [x, y] = [n % columns, Math.floor(n / columns)];
  const at = (dx: number, dy: number) =>
    light[Math.min(rows - 1, Math.max(0, y + dy)) * columns + Math.min(columns - 1, Math.max(0, x + dx))]!;
  return Math.abs(4 * light[n]! - at(-1, 0) - at(1, 0) - at(0, -1) - at(0, 1)) / 4;
}

/** D. Chai and K. N. Ngan, "Face Segmentation Using Skin-Color Map", 1999: the same for all complexions. */
const isSkin = (light: number, blueness: number, redness: number) =>
  light > 40 && blueness >= -51 && blueness <= -1 && redness >= 5 && redness <= 45;
