import { CELL, cellsOf, eachColour } from './cells.ts';
import { lookAt } from './pixels.ts';
import type { Bitmap } from './pixels.ts';

const PLACEHOLDER_BYTES = 200;
const SIDE = 16;

/** A blur of at most 200 bytes to show until a tier has loaded: the best quality that fits, then without alpha. */
export async function placeholder(small: Bitmap): Promise<Buffer> {
  for (const channels of small.channels === 4 ? ([4, 3] as const) : ([3] as const)) {
    const tiny = shrunk(small, channels);
    for (const quality of [50, 25, 10, 1]) {
      const bytes = await lookAt(tiny).webp({ quality, alphaQuality: quality, effort: 4 }).toBuffer();
      if (bytes.length <= PLACEHOLDER_BYTES) return bytes;
    }
  }
  throw new TypeError('no placeholder fits');
}

/** Sixteen pixels on the longer side; without alpha on white. */
function shrunk({ width, height, ...picture }: Bitmap, channels: 3 | 4): Bitmap {
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const cells = cellsOf({ width, height, ...picture }, columns, rows);
  const data = Buffer.alloc(columns * rows * channels);
  if (channels === 3) eachColour(cells, 255, (red, green, blue, cell) => data.set([red, green, blue], cell * channels));
  else
    for (let at = 0; at < data.length; at += CELL) {
      const [red, green, blue, alpha] = cells.values.subarray(at, at + CELL) as unknown as [
        number,
        number,
        number,
        number,
      ];
      const whole = alpha > 0 ? 255 / alpha : 0;
      data.set([red * whole, green * whole, blue * whole, alpha].map(Math.round), at);
    }
  return { data, width: columns, height: rows, channels };
}
