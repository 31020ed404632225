import { countInLists, type Count, type Db } from '../db/index.ts';
import { chunks } from '../lib/chunks.ts';
import { restand } from './standing.ts';
import { countTags, restandTags, type TagMove } from './tags/counts.ts';
import { maySee, reachOf, type Seen } from './visible.ts';

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
  /** What somebody likes, in the order of their liking it. */
  liked: (accountId: number) => `liked:${accountId}`,
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

/** How an image stood before a change (null: not yet) and stands after it (null: gone). */
export type Change = readonly [before: Placed | null, after: Placed | null];

/** Keeps `list_counts`, and where the image stands, in step with a change of it, inside its transaction. */
export const recount = (trx: Db, before: Placed | null, after: Placed | null, tagged: readonly TagMove[] = []) =>
  recountAll(trx, [[before, after]], tagged);

/** The same for many changes. What goes must still be there, since its likes and places go with its row. */
export const recountAll = async (trx: Db, changes: readonly Change[], tagged: readonly TagMove[] = []) =>
  countInLists(trx, await countsOfChanges(trx, changes, tagged));

/**
 * What changes of images change in lists: in those of images, in what people like, on boards and by tags. `tagged` is what
 * was done to their tags before that.
 */
export const countsOfChanges = async (
  trx: Db,
  changes: readonly Change[],
  tagged: readonly TagMove[] = [],
): Promise<Count[]> => [
  ...(await restand(trx, changes)),
  ...(await countTags(trx, [...tagged, ...(await restandTags(trx, changes))])),
  ...(await likedCounts(trx, changes)),
  ...changes.flatMap(countsOf),
];

/** What a change of an image changes in the lists of images. */
export function countsOf([before, after]: Change): Count[] {
  const left = new Set(before ? listsOf(before) : []);
  const joined = new Set(after ? listsOf(after) : []);
  const at = (after ?? before)?.id ?? 0;
  return [
    ...[...joined].filter((list) => !left.has(list)).map((list) => ({ list, at, n: 1 })),
    ...[...left].filter((list) => !joined.has(list)).map((list) => ({ list, at, n: -1 })),
  ];
}

/** More images than any question of ours names at once. */
const AT_ONCE = 500;

/** What somebody likes counts for them as long as they may see it, and again when they may see it again. */
async function likedCounts(trx: Db, changes: readonly Change[]): Promise<Count[]> {
  const moved = new Map<number, Change>();
  for (const change of changes) {
    const [before, after] = change;
    if (before && sightOf(before) !== sightOf(after)) moved.set(before.id, change);
  }
  const ids = [...moved.keys()];
  const counts: Count[] = [];
  for (const some of chunks(ids, AT_ONCE)) {
    const likes: { id: number; account_id: number; image_id: number }[] = await trx('likes')
      .whereIn('image_id', some)
      .select('id', 'account_id', 'image_id');
    for (const like of likes) counts.push(...likedCount(like, moved.get(Number(like.image_id))));
  }
  return counts;
}

/** Whether others see an image, and whether its owner does. */
const sightOf = (image: Placed | null) => (image ? `${reachOf(image) >= 1} ${image.binned}` : '');

function likedCount(like: { id: number; account_id: number }, change: Change | undefined): Count[] {
  const [was, is] = (change ?? []).map((image) => image !== null && maySee({ id: Number(like.account_id) }, image));
  const list = listNames.liked(Number(like.account_id));
  return was === is ? [] : [{ list, at: Number(like.id), n: is ? 1 : -1 }];
}
