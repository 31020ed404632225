import type { Count, Db } from '../../db/index.ts';
import { chunks } from '../../lib/chunks.ts';
import type { Change, Placed } from '../counts.ts';
import { countAt, shownAt, type Shown } from '../standing.ts';

/** An image that joins a tag (1), or leaves it (-1), as it is shown there. */
export interface TagMove {
  tagId: number;
  imageId: number;
  ownerId: number;
  shown: Shown;
  n: 1 | -1;
}

export const tagPlace = (tagId: number) => `tag:${tagId}`;

/** How an image is shown by its tags. Nothing there stands under its owner's name: without it the image reads “Anonymous”. */
export const shownByTag = (image: Placed): Shown => shownAt(image, false);

const AT_ONCE = 500;

/** Keeps how images are shown by their tags in step with what becomes of them; answers what moved, for `countTags`. */
export async function restandTags(trx: Db, changes: readonly Change[]): Promise<TagMove[]> {
  const changed = new Map<number, Change>();
  for (const change of changes) {
    const [before, after] = change;
    if (before && (!after || shownByTag(before) !== shownByTag(after))) changed.set(before.id, change);
  }
  const moves: TagMove[] = [];
  for (const some of chunks([...changed.keys()], AT_ONCE)) {
    const rows: { image_id: number; tag_id: number }[] = await trx('image_tags')
      .whereIn('image_id', some)
      .select('image_id', 'tag_id');
    for (const row of rows) moves.push(...movesOf(Number(row.tag_id), changed.get(Number(row.image_id))));
    for (const [shown, images] of byShown(some, changed))
      await trx('image_tags').whereIn('image_id', images).update({ shown });
  }
  return moves;
}

function movesOf(tagId: number, [before, after]: Change = [null, null]): TagMove[] {
  const move = (image: Placed, n: 1 | -1) => ({
    tagId,
    imageId: image.id,
    ownerId: image.ownerId,
    shown: shownByTag(image),
    n,
  });
  return [...(before ? [move(before, -1)] : []), ...(after ? [move(after, 1)] : [])];
}

/** Images by how they are shown from now on; those that go take their rows with them. */
function byShown(ids: readonly number[], changed: ReadonlyMap<number, Change>): Map<Shown, number[]> {
  const groups = new Map<Shown, number[]>();
  for (const id of ids) {
    const after = changed.get(id)?.[1];
    if (after) groups.set(shownByTag(after), [...(groups.get(shownByTag(after)) ?? []), id]);
  }
  return groups;
}

interface Sum {
  members: number;
  everyone: number;
}

interface OwnSum {
  account_id: number;
  tag_id: number;
  images: number;
  hidden: number;
}

/**
 * Counts what moved: for a tag what members and everyone find, and for each member their own. Answers what that changes in
 * lists. Rows are written in one order everywhere, so that two changes never wait for each other crosswise.
 */
export async function countTags(trx: Db, moves: readonly TagMove[]): Promise<Count[]> {
  const [tags, own] = [new Map<number, Sum>(), new Map<string, OwnSum>()];
  for (const move of moves) add(tags, own, move);
  for (const [id, { members, everyone }] of [...tags].sort(([a], [b]) => a - b))
    if (members !== 0 || everyone !== 0)
      await trx('tags')
        .where({ id })
        .update({ members: trx.raw('members + ?', [members]), everyone: trx.raw('everyone + ?', [everyone]) });
  await countOwn(
    trx,
    [...own.values()].filter(({ images, hidden }) => images !== 0 || hidden !== 0),
  );
  return moves.flatMap(({ tagId, imageId, ownerId, shown, n }) =>
    countAt({ place: tagPlace(tagId), at: imageId, ownerId, shown }, n),
  );
}

function add(tags: Map<number, Sum>, own: Map<string, OwnSum>, { tagId, ownerId, shown, n }: TagMove) {
  const sum = tags.get(tagId) ?? { members: 0, everyone: 0 };
  const mine = own.get(`${ownerId} ${tagId}`) ?? { account_id: ownerId, tag_id: tagId, images: 0, hidden: 0 };
  if (shown >= 1) sum.members += n;
  if (shown === 2) sum.everyone += n;
  if (shown >= 0) mine.images += n;
  if (shown === 0) mine.hidden += n;
  tags.set(tagId, sum);
  own.set(`${ownerId} ${tagId}`, mine);
}

/** Rows in one statement. */
const ROWS = 100;

async function countOwn(trx: Db, sums: OwnSum[]) {
  sums.sort((a, b) => a.account_id - b.account_id || a.tag_id - b.tag_id);
  for (const some of chunks(sums, ROWS)) {
    const names: { id: number; name_key: string }[] = await trx('tags')
      .whereIn(
        'id',
        some.map(({ tag_id }) => tag_id),
      )
      .select('id', 'name_key');
    const keys = new Map(names.map(({ id, name_key }) => [Number(id), name_key]));
    await trx('account_tags')
      .insert(some.map((sum) => ({ ...sum, name_key: keys.get(sum.tag_id) })))
      .onConflict(['account_id', 'tag_id'])
      .merge({
        images: trx.raw('account_tags.images + excluded.images'),
        hidden: trx.raw('account_tags.hidden + excluded.hidden'),
      });
    const fewer = some.filter(({ images }) => images < 0);
    if (fewer.length > 0) await dropEmpty(trx, fewer);
  }
}

/** Takes out what counts nothing any more, of these members and tags. */
const dropEmpty = (trx: Db, sums: readonly OwnSum[]) =>
  trx('account_tags')
    .whereIn('account_id', [...new Set(sums.map(({ account_id }) => account_id))])
    .whereIn('tag_id', [...new Set(sums.map(({ tag_id }) => tag_id))])
    .where('images', '<=', 0)
    .delete();
