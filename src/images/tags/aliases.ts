import { query, type Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { enqueueRetagging, retag, type Retagging } from './change.ts';
import { foldTag, tagIds } from './names.ts';

/** Another spelling of a tag, for the whole site. */
export interface Alias {
  name: string;
  tag: string;
}

export interface AliasPage {
  aliases: Alias[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
}

const SIZE = 100;

const listed = query<Alias>(`SELECT s.name_key AS name, t.name AS tag FROM tag_aliases s JOIN tags t ON t.id = s.tag_id
  WHERE s.name_key > ? ORDER BY s.name_key LIMIT ?`);

/** Every alias, by name; `after` is the name of the last one that was read. */
export async function readAliases(db: Db, after: string | null): Promise<AliasPage> {
  const rows = await listed.all(db, [after ?? '', SIZE + 1]);
  const aliases = rows.slice(0, SIZE);
  return { aliases, next: rows.length > SIZE ? (aliases.at(-1)?.name ?? null) : null };
}

/**
 * Makes a name lead to another tag. Who saves with it gets that one from now on, and a job changes what has been saved with it.
 * @throws Refusal 422 where both are one already
 */
export async function makeAlias(db: Db, name: string, tag: string, now = Date.now()): Promise<void> {
  const key = foldTag(name);
  if (key === foldTag(tag)) throw new Refusal(422, 'invalid', 'alias.same', { field: 'tag' });
  await db.transaction(async (trx) => {
    const target = (await tagIds(trx, [tag], now)).get(foldTag(tag));
    const old = await trx('tags').where({ name_key: key }).first('id');
    if (old && Number(old.id) === target) throw new Refusal(422, 'invalid', 'alias.turned', { field: 'tag' });
    if (old) await trx('tag_aliases').where({ tag_id: old.id }).update({ tag_id: target });
    await trx('tag_aliases').insert({ name_key: key, tag_id: target }).onConflict('name_key').merge();
    if (old) await enqueueRetagging(trx, { owner: null, from: Number(old.id), to: tag });
  });
}

/** From now on the name is a tag of its own again; what has been saved stays as it is. Answers whether it was an alias. */
export const dropAlias = async (db: Db, name: string): Promise<boolean> =>
  (await db('tag_aliases')
    .where({ name_key: foldTag(name) })
    .delete()) > 0;

/** The job of both: changes the tags of images until none is left to change, and takes the tag out of the site that became an alias. */
export async function finishRetagging(db: Db, work: Retagging): Promise<void> {
  await retag(db, work);
  if (work.owner === null) while (!(await dropTag(db, work.from))) await retag(db, work);
}

/** Takes out a tag that became another's alias; answers whether nothing is left to do. */
const dropTag = (db: Db, id: number): Promise<boolean> =>
  db.transaction(async (trx) => {
    // Held: whoever is giving it to an image just now has done so, or finds that it is gone.
    const tag = await trx('tags').where({ id }).forUpdate().first('name_key');
    if (!tag || !(await trx('tag_aliases').where({ name_key: tag.name_key }).first('tag_id'))) return true;
    if (await trx('image_tags').where({ tag_id: id }).first('image_id')) return false;
    await trx('tags').where({ id }).delete();
    await trx('list_counts').whereLike('list', `tag:${id}:%`).delete();
    return true;
  });
