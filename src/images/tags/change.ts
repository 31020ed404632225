import { countInLists, type Db } from '../../db/index.ts';
import { enqueue } from '../../queue/index.ts';
import type { Shown } from '../standing.ts';
import { countTags } from './counts.ts';
import { foldTag, tagIds } from './names.ts';

/** Images whose tags are changed in one transaction: nobody else waits for longer. */
const AT_ONCE = 500;

/** Takes a tag from images, those of one owner or all, and gives them another one instead. */
export interface Retagging {
  /** Whose images; null for everyone's. */
  owner: number | null;
  /** The number of the tag that goes. */
  from: number;
  /** The name of the one that they get; null for none. */
  to: string | null;
}

/**
 * Renames or removes a tag on a member's own images. As many as fit in one step are done at once, and a job does the rest.
 * Another tag of that name is the same from then on. Answers how many images have been changed, or null when they never had it.
 */
export async function changeOwnTag(db: Db, accountId: number, name: string, to: string | null): Promise<number | null> {
  const tag = await db('account_tags')
    .where({ account_id: accountId, name_key: foldTag(name) })
    .first('tag_id', 'images');
  if (!tag) return null;
  const work: Retagging = { owner: accountId, from: Number(tag.tag_id), to };
  if (await retagSome(db, work)) await enqueueRetagging(db, work);
  return Number(tag.images);
}

/** A job that goes on until no image has the tag. */
export const enqueueRetagging = (db: Db, { owner, from, to }: Retagging) =>
  enqueue(db, 'retag', { owner, from, to }, { key: `${owner ?? ''}:${from}:${to ?? ''}` });

/** All of it, in small steps. */
export async function retag(db: Db, work: Retagging): Promise<void> {
  while (await retagSome(db, work));
}

interface Row {
  image_id: number;
  owner_id: number;
  shown: Shown;
}

/** One step; answers whether there may be more. */
export async function retagSome(db: Db, { owner, from, to }: Retagging, now = Date.now()): Promise<boolean> {
  return db.transaction(async (trx) => {
    const having = () =>
      trx('image_tags')
        .where({ tag_id: from })
        .modify((q) => void (owner === null ? q : q.where({ owner_id: owner })));
    const ids = (await having().orderBy('image_id').limit(AT_ONCE).pluck('image_id')).map(Number);
    if (ids.length === 0) return false;
    // The images first, as everywhere: whoever changes one meanwhile waits, or we see what they did.
    await trx('images').whereIn('id', ids).orderBy('id').forUpdate().select('id');
    const target = to === null ? null : ((await tagIds(trx, [to], now)).get(foldTag(to)) ?? null);
    if (target === from) return false;
    const rows: Row[] = await having().whereIn('image_id', ids).select('image_id', 'owner_id', 'shown');
    await having().whereIn('image_id', ids).delete();
    const come = target === null ? [] : await putOn(trx, target, rows);
    const move = (tagId: number, n: 1 | -1) => (row: Row) => ({
      tagId,
      imageId: Number(row.image_id),
      ownerId: Number(row.owner_id),
      shown: row.shown,
      n,
    });
    const moves = [...rows.map(move(from, -1)), ...(target === null ? [] : come.map(move(target, 1)))];
    await countInLists(trx, await countTags(trx, moves));
    return ids.length === AT_ONCE;
  });
}

/** Gives images a tag; answers those that did not have it. */
async function putOn(trx: Db, tagId: number, rows: readonly Row[]): Promise<Row[]> {
  const ids = rows.map(({ image_id }) => image_id);
  const there: number[] = await trx('image_tags').where({ tag_id: tagId }).whereIn('image_id', ids).pluck('image_id');
  const has = new Set(there.map(Number));
  const come = rows.filter(({ image_id }) => !has.has(Number(image_id)));
  if (come.length > 0) await trx('image_tags').insert(come.map((row) => ({ ...row, tag_id: tagId })));
  return come;
}
