/** Bits in which two 64-bit hashes (16 hex digits) differ. */
export function distance(a: string, b: string): number {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count++;
  return count;
}

/** The four 16-bit quarters of a hash, most significant first. */
export const quarters = (hash: string): number[] =>
  [0, 4, 8, 12].map((start) => parseInt(hash.slice(start, start + 4), 16));

/** Hashes within 4 bits of a blank picture's say nothing: one blank picture looks like any other. */
export const isFlat = (hash: string): boolean =>
  distance(hash, '0'.repeat(16)) <= 4 || distance(hash, 'f'.repeat(16)) <= 4;
