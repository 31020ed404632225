import { knownOrientation, swapsSides, turnFrames } from '../../src/lib/orientation.ts';

/** Two frames of three by two pixels, as EXIF's orientation says that they are stored; upright they read 1 2 3, 4 5 6. */
const STORED: Readonly<Record<number, readonly number[]>> = {
  1: [1, 2, 3, 4, 5, 6],
  2: [3, 2, 1, 6, 5, 4],
  3: [6, 5, 4, 3, 2, 1],
  4: [4, 5, 6, 1, 2, 3],
  5: [1, 4, 2, 5, 3, 6],
  6: [3, 6, 2, 5, 1, 4],
  7: [6, 3, 5, 2, 4, 1],
  8: [4, 1, 5, 2, 6, 3],
};

describe('frames that a camera stored on their side', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %d: each is turned by itself', (orientation) => {
    const stored = STORED[orientation] ?? [];
    const pixels = Uint32Array.from([...stored, ...stored.map((value) => value + 10)]);
    const [width, height] = swapsSides(orientation) ? [2, 3] : [3, 2];
    turnFrames(pixels, width, height, orientation);
    expect([...pixels]).toEqual([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]);
  });

  test('an orientation that there is not is upright', () => {
    expect([undefined, 0, 1, 9, 65_535, 6].map(knownOrientation)).toEqual([1, 1, 1, 1, 1, 6]);
  });
});
