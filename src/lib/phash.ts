/** The side of the square of grey that `phash` reads. */
export const PHASH_SIDE = 32;
const KEPT = 8;

/** Row k of the orthonormal DCT-II, without the constant row 0: what a picture's mean brightness is tells nothing. */
const waves = Array.from({ length: KEPT }, (_, k) =>
  Float64Array.from(
    { length: PHASH_SIDE },
    (_, n) => Math.sqrt(2 / PHASH_SIDE) * Math.cos((Math.PI * (2 * n + 1) * (k + 1)) / (2 * PHASH_SIDE)),
  ),
);

/** How much of a wave there is in the values that begin at `at` and stand `apart`. */
function dot(wave: Float64Array, values: ArrayLike<number>, at: number, apart: number): number {
  let sum = 0;
  for (let n = 0; n < PHASH_SIDE; n++) sum += (wave[n] ?? 0) * (values[at + n * apart] ?? 0);
  return sum;
}

/** Weaker waves are what compression leaves behind: they say nothing, and a flat picture hashes to zero. */
const NOISE = 4;

/**
 * The 64-bit perceptual hash of a picture from 32 × 32 grey values (0–255, row by row), as 16 hex digits: the 8 × 8
 * lowest waves of its discrete cosine transform, each a bit that says whether it is there, and not upside down.
 * After C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1, but that
 * the waves are compared with nought and not with their median, by which a watermark in a corner would turn all bits.
 */
export function phash(grey: ArrayLike<number>): string {
  if (grey.length !== PHASH_SIDE ** 2) throw new Error(`phash wants ${PHASH_SIDE ** 2} greys, not ${grey.length}`);
  const columns = waves.map((wave) =>
    Float64Array.from({ length: PHASH_SIDE }, (_, x) => dot(wave, grey, x, PHASH_SIDE)),
  );
  const bits = columns.flatMap((column) => waves.map((wave) => (dot(wave, column, 0, 1) >= NOISE ? '1' : '0')));
  return BigInt(`0b${bits.join('')}`)
    .toString(16)
    .padStart(16, '0');
}

/** How many of the 64 bits of two hashes differ. */
export function phashDistance(one: string, other: string): number {
  let different = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  for (; different; different &= different - 1n) count++;
  return count;
}
