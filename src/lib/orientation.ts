/** Where a pixel of the upright picture stands in the stored one, whose sides are `width` and `height`. */
type Place = (x: number, y: number, width: number, height: number) => readonly [x: number, y: number];

/** By the number that EXIF gives each way of holding a camera. */
const PLACES: Readonly<Record<number, Place>> = {
  2: (x, y, width) => [width - 1 - x, y],
  3: (x, y, width, height) => [width - 1 - x, height - 1 - y],
  4: (x, y, _, height) => [x, height - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, height) => [y, height - 1 - x],
  7: (x, y, width, height) => [width - 1 - y, height - 1 - x],
  8: (x, y, width) => [width - 1 - y, x],
};

/** Whether upright is as wide as the stored picture is high. */
export const swapsSides = (orientation: number): boolean => orientation >= 5 && orientation <= 8;

/** An orientation that there is; 1, which is upright, where EXIF says another or none. */
export const knownOrientation = (orientation: number | undefined): number =>
  orientation !== undefined && orientation in PLACES ? orientation : 1;

/**
 * Turns frames that stand one below the other, each by itself, in place: an animation fills much of what there is of memory.
 * `width` and `height` are those of a stored frame; each element of `pixels` is a pixel.
 * Source: CIPA DC-008 (EXIF 2.32), 4.6.4, Orientation.
 */
export function turnFrames(pixels: Uint32Array, width: number, height: number, orientation: number): void {
  const place = PLACES[orientation];
  if (!place) return;
  const [wide, high] = swapsSides(orientation) ? [height, width] : [width, height];
  const upright = new Uint32Array(width * height);
  for (let frame = 0; frame < pixels.length; frame += upright.length) {
    for (let y = 0, to = 0; y < high; y++)
      for (let x = 0; x < wide; x++, to++) {
        const [fromX, fromY] = place(x, y, width, height);
        upright[to] = pixels[frame + fromY * width + fromX]!;
      }
    pixels.set(upright, frame);
  }
}
