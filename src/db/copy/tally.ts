import { createHash } from 'node:crypto';

/** Values in the order of a table's columns, alike for both databases. */
export type CopiedRow = readonly (string | number | boolean | null)[];

/** How many rows, and a sum of their hashes in which their order does not count. */
export interface Tally {
  rows: number;
  sum: string;
}

/** Counts rows and adds their hashes up: two tables with the same tally hold the same rows. No two rows of ours are alike. */
export function createTally() {
  const sum = Buffer.alloc(32);
  let rows = 0;
  return {
    add(row: CopiedRow) {
      const hash = createHash('sha256').update(JSON.stringify(row)).digest();
      for (let n = 0; n < hash.length; n++) sum[n] = (sum[n] ?? 0) ^ (hash[n] ?? 0);
      rows++;
    },
    result: (): Tally => ({ rows, sum: sum.toString('hex') }),
  };
}

export const sameTally = (a: Tally | undefined, b: Tally | undefined): boolean =>
  a !== undefined && b !== undefined && a.rows === b.rows && a.sum === b.sum;
