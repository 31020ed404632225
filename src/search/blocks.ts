import { asTsquery, type Formula } from './formula.ts';

/**
 * PostgreSQL's index gives what fits in no order. So each document also has tokens for the runs of numbers that its own
 * lies in, of 256, 1,024, 4,096 and so on to about a million, and the index is asked for what fits within one run at a time, the newest first.
 */
const SIZES = [8, 10, 12, 14, 16, 18, 20].map((shift) => 2 ** shift);

const blockToken = (level: number, id: number) => `b${level}:${Math.floor(id / (SIZES[level] ?? 1))}`;

export const blockTokens = (id: number): string[] => SIZES.map((_, level) => blockToken(level, id));

export const isBlock = (token: string): boolean => /^b\d:/.test(token);

/** A run to look into: what must fit, and below which number. */
export interface Block {
  query: string;
  below: number;
}

/** So many of what fits are wanted in a run: enough for a page, not so many that sorting them is work. */
const WANTED = 25;
/** Runs of one size that are looked into before larger ones are: words that are only in old images must not cost a look for each small run. */
const TRIES = 3;

/**
 * The runs to look into, one after the other, until a page is full: of the size that holds about enough, by how many of
 * all fit, and then of ever larger ones. `top` is the largest number there is, `most` how many can fit at the most.
 */
export function blocksBelow(
  formula: Formula,
  { below, top, most }: { below: number; top: number; most: number },
): Block[] {
  const query = asTsquery(formula);
  if (most <= WANTED || top < 2048) return [{ query, below }];
  const share = Math.min(1, most / top);
  let level = SIZES.findIndex((size) => size * share >= WANTED);
  if (level < 0) level = SIZES.length - 1;
  const blocks: Block[] = [];
  for (let edge = Math.min(below, top + 1); edge > 0; level = Math.min(level + 1, SIZES.length - 1))
    for (let n = 0; n < TRIES && edge > 0; n++) {
      const size = SIZES[level] ?? 1;
      const first = Math.floor((edge - 1) / size) * size;
      blocks.push({ query: `${query} & '${blockToken(level, first)}'`, below: edge });
      edge = first;
    }
  return blocks;
}
