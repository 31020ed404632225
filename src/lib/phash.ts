/** The side of the square of grey that `phash` reads. */
export const PHASH_SIDE = 32;
const KEPT = 8;

/** Row k of the orthonormal DCT-II, without the constant row 0: what a picture's mean brightness is tells nothing. */
const waves = Array.from({ length: KEPT }, (_, k) =>
  Array.from(
    { length: PHASH_SIDE },
    (_, n) => Math.sqrt(2 / PHASH_SIDE) * Math.cos((Math.PI * (2 * n + 1) * (k + 1)) / (2 * PHASH_SIDE)),
  ),
);

const dot = (wave: readonly number[], value: (n: number) => number) =>
  wave.reduce((sum, weight, n) => sum + weight * value(n), 0);

/** Waves weaker than the rounding of the greys are nothing: a flat picture hashes to zero, not to noise. */
const steady = (strength: number) => (Math.abs(strength) < 1 ? 0 : strength);

/**
 * The 64-bit perceptual hash of a picture from 32 × 32 grey values (0–255, row by row), as 16 hex digits: the 8 × 8
 * lowest waves of its discrete cosine transform, each a bit that says whether it is stronger than the median.
 * Source: C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1.
 */
export function phash(grey: Uint8Array): string {
  if (grey.length !== PHASH_SIDE ** 2) throw new Error(`phash wants ${PHASH_SIDE ** 2} greys, not ${grey.length}`);
  const columns = waves.map((wave) =>
    Array.from({ length: PHASH_SIDE }, (_, x) => dot(wave, (y) => grey[y * PHASH_SIDE + x] ?? 0)),
  );
  const strengths = columns.flatMap((column) => waves.map((wave) => steady(dot(wave, (x) => column[x] ?? 0))));
  const middle = median(strengths);
  const bits = strengths.map((strength) => (strength > middle ? '1' : '0')).join('');
  return BigInt(`0b${bits}`).toString(16).padStart(16, '0');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

/** How many of the 64 bits of two hashes differ. */
export function phashDistance(one: string, other: string): number {
  let different = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  for (; different; different &= different - 1n) count++;
  return count;
}
