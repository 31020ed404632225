import type { Db } from './dialect.ts';

/** Sizes of the buckets as powers of two: 256 numbers, 65,536 numbers, and all of them. */
export const SMALL = 8;
export const BIG = 16;
export const ALL = 62;

/** One thing more (1) or fewer (-1) in a list, at a place in its order. */
export interface Count {
  list: string;
  /** The number that the list is ordered by. */
  at: number;
  n: number;
}

const bucketOf = (at: number, shift: number) => (shift === ALL ? 0 : Math.floor(at / 2 ** shift));

/** More rows than any statement of ours writes at once. */
const AT_ONCE = 100;

/**
 * Keeps `list_counts` in step with what joins and leaves lists, inside the transaction that changes them. Rows are written
 * in one order everywhere, so that two changes never wait for each other crosswise.
 */
export async function countInLists(trx: Db, counts: Iterable<Count>): Promise<void> {
  const sums = new Map<string, { list: string; shift: number; bucket: number; n: number }>();
  for (const { list, at, n } of counts)
    for (const shift of [SMALL, BIG, ALL]) {
      const bucket = bucketOf(at, shift);
      const key = `${list} ${String(shift).padStart(2, '0')} ${String(bucket).padStart(16, '0')}`;
      const sum = sums.get(key);
      if (sum) sum.n += n;
      else sums.set(key, { list, shift, bucket, n });
    }
  const rows = [...sums]
    .filter(([, { n }]) => n !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
  for (let first = 0; first < rows.length; first += AT_ONCE)
    await trx('list_counts')
      .insert(rows.slice(first, first + AT_ONCE))
      .onConflict(['list', 'shift', 'bucket'])
      .merge({ n: trx.raw('list_counts.n + excluded.n') });
}
