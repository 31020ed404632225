import type { Db } from '../db/index.ts';
import { reachOf, type Seen } from './visible.ts';

/** What decides which lists an image stands in. */
export interface Placed extends Seen {
  id: number;
  showName: boolean;
}

/** Lists of images that are kept in the order of their numbers and counted, by name. */
export const listNames = {
  members: 'members',
  everyone: 'everyone',
  own: (ownerId: number) => `own:${ownerId}`,
  private: (ownerId: number) => `private:${ownerId}`,
  bin: (ownerId: number) => `bin:${ownerId}`,
  /** What stands under an owner's name for members, and for everyone. */
  shownToMembers: (ownerId: number) => `shown:${ownerId}:members`,
  shownToAll: (ownerId: number) => `shown:${ownerId}:everyone`,
} as const;

/** Every list that an image stands in. */
export function listsOf(image: Placed): string[] {
  const { ownerId } = image;
  if (image.binned) return [listNames.bin(ownerId)];
  const reach = reachOf(image);
  const lists: string[] = [listNames.own(ownerId)];
  if (image.visibility === 'private') lists.push(listNames.private(ownerId));
  if (reach >= 1) lists.push(listNames.members);
  if (reach === 2) lists.push(listNames.everyone);
  if (reach >= 1 && image.showName) lists.push(listNames.shownToMembers(ownerId));
  if (reach === 2 && image.showName) lists.push(listNames.shownToAll(ownerId));
  return lists;
}

/** Sizes of the buckets as powers of two: 256 numbers, 65,536 numbers, and all of them. */
export const SMALL = 8;
export const BIG = 16;
export const ALL = 62;

const bucketOf = (id: number, shift: number) => (shift === ALL ? 0 : Math.floor(id / 2 ** shift));

/** How an image stood before a change (null: not yet) and stands after it (null: gone). */
export type Change = readonly [before: Placed | null, after: Placed | null];

/** Keeps `list_counts` in step with a change of one image, inside its transaction. */
export const recount = (trx: Db, before: Placed | null, after: Placed | null) => recountAll(trx, [[before, after]]);

/** More rows than any statement of ours writes at once. */
const AT_ONCE = 100;

/**
 * Keeps `list_counts` in step with many changes. Rows are written in one order everywhere, so that two changes never wait
 * for each other crosswise.
 */
export async function recountAll(trx: Db, changes: readonly Change[]) {
  const sums = new Map<string, { list: string; shift: number; bucket: number; n: number }>();
  for (const change of changes)
    for (const row of stepsOf(change)) {
      const key = `${row.list} ${String(row.shift).padStart(2, '0')} ${String(row.bucket).padStart(16, '0')}`;
      const sum = sums.get(key);
      if (sum) sum.n += row.n;
      else sums.set(key, row);
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

function stepsOf([before, after]: Change) {
  const left = new Set(before ? listsOf(before) : []);
  const joined = new Set(after ? listsOf(after) : []);
  const id = (after ?? before)?.id ?? 0;
  const steps = [
    ...[...joined].filter((list) => !left.has(list)).map((list) => ({ list, n: 1 })),
    ...[...left].filter((list) => !joined.has(list)).map((list) => ({ list, n: -1 })),
  ];
  return steps.flatMap(({ list, n }) =>
    [SMALL, BIG, ALL].map((shift) => ({ list, shift, bucket: bucketOf(id, shift), n })),
  );
}
