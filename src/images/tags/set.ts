import { jsonRows, query, readRows, type Db, type Part } from '../../db/index.ts';
import type { Placed } from '../counts.ts';
import { shownByTag, type TagMove } from './counts.ts';
import { tagIds } from './names.ts';

/**
 * Makes `names` the tags of an image that is held; a name that is another's alias becomes that tag. Answers what moved: the
 * caller counts it, together with what else it changes.
 */
export async function setTags(trx: Db, image: Placed, names: readonly string[], now = Date.now()): Promise<TagMove[]> {
  const before: number[] = (await trx('image_tags').where({ image_id: image.id }).pluck('tag_id')).map(Number);
  const after = new Set(names.length === 0 ? [] : (await tagIds(trx, names, now)).values());
  const gone = before.filter((id) => !after.has(id));
  const come = [...after].filter((id) => !before.includes(id));
  const shown = shownByTag(image);
  if (gone.length > 0) await trx('image_tags').where({ image_id: image.id }).whereIn('tag_id', gone).delete();
  if (come.length > 0)
    await trx('image_tags').insert(
      come.map((tag_id) => ({ image_id: image.id, tag_id, owner_id: image.ownerId, shown })),
    );
  const move = (n: 1 | -1) => (tagId: number) => ({ tagId, imageId: image.id, ownerId: image.ownerId, shown, n });
  return [...gone.map(move(-1)), ...come.map(move(1))];
}

const byImage = query<{ name: string }>(
  'SELECT t.name FROM image_tags it JOIN tags t ON t.id = it.tag_id WHERE it.image_id = ? ORDER BY t.name_key',
);

export const tagsOf = async (db: Db, imageId: number): Promise<string[]> =>
  (await byImage.all(db, [imageId])).map(({ name }) => name);

/** The same, for a place in a larger query. */
export const tagsPart: Part<[unknown, number], string[]> = {
  text: jsonRows('t.name_key, t.name', 'image_tags it JOIN tags t ON t.id = it.tag_id WHERE it.image_id = ?'),
  values: (_reader, imageId) => [imageId],
  read: (found) =>
    readRows<[string, string]>(found)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, name]) => name),
};
