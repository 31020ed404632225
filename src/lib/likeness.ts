import { phashDistance } from './phash.ts';

/** The four 16-bit quarters of a hash, most significant first. */
export const quarters = (hash: string): number[] =>
  [0, 4, 8, 12].map((start) => parseInt(hash.slice(start, start + 4), 16));

/** Hashes within 4 bits of a blank picture's say nothing: one blank picture looks like any other. */
export const isFlat = (hash: string): boolean =>
  phashDistance(hash, '0'.repeat(16)) <= 4 || phashDistance(hash, 'f'.repeat(16)) <= 4;
