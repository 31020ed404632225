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

/**
 * Keeps `list_counts` in step with a change of one image, inside its transaction: `before` is null for a new one, `after`
 * for one that is gone. Rows are written in one order everywhere, so that two changes never wait for each other crosswise.
 */
export async function recount(trx: Db, before: Placed | null, after: Placed | null) {
  const left = new Set(before ? listsOf(before) : []);
  const joined = new Set(after ? listsOf(after) : []);
  const id = (after ?? before)?.id ?? 0;
  const steps = [
    ...[...joined].filter((list) => !left.has(list)).map((list) => ({ list, n: 1 })),
    ...[...left].filter((list) => !joined.has(list)).map((list) => ({ list, n: -1 })),
  ].sort((a, b) => (a.list < b.list ? -1 : 1));
  const rows = steps.flatMap(({ list, n }) =>
    [SMALL, BIG, ALL].map((shift) => ({ list, shift, bucket: bucketOf(id, shift), n })),
  );
  if (rows.length === 0) return;
  await trx('list_counts')
    .insert(rows)
    .onConflict(['list', 'shift', 'bucket'])
    .merge({ n: trx.raw('list_counts.n + excluded.n') });
}
