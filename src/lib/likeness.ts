import { phashDistance } from './phash.ts';

/** Two pictures whose hashes differ in at most so many of their 64 bits are looked at side by side. */
export const NEAR = 12;
/** So far two pictures may differ (0 to about 1) that are called alike; docs/decisions.md says what was measured. */
export const SAME = 0.25;

/** The four 16-bit quarters of a hash, most significant first. */
export const quarters = (hash: string): number[] =>
  [0, 4, 8, 12].map((start) => parseInt(hash.slice(start, start + 4), 16));

export const NEIGHBOURS = 17;

/**
 * A quarter and those one bit away from it. Two hashes at most 7 bits apart have a quarter that is at most one bit apart, so
 * that the neighbours of each quarter find them all.
 */
export const neighbours = (quarter: number): number[] => [
  quarter,
  ...Array.from({ length: NEIGHBOURS - 1 }, (_, bit) => quarter ^ (1 << bit)),
];

/** Hashes within 4 bits of a blank picture's say nothing: one blank picture looks like any other. */
export const isFlat = (hash: string): boolean =>
  phashDistance(hash, '0'.repeat(16)) <= 4 || phashDistance(hash, 'f'.repeat(16)) <= 4;
