import { jsonRows, query, readRows, type Db, type Part } from '../db/index.ts';

export const MAX_TAGS = 50;
export const MAX_TAG = 50;

export const foldTag = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Whether a tag is short enough as it is written and as it is compared: folding makes some letters several. */
export const fitsTag = (name: string): boolean => [name, foldTag(name)].every((text) => [...text].length <= MAX_TAG);

/** Names from a field: separated by commas, trimmed, each once. */
export function readTags(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.replace(/\s+/gu, ' ').replace(/^[# ]+| +$/g, ''))
    .filter(Boolean);
  return [...new Map(names.map((name) => [foldTag(name), name])).values()];
}

/** Makes `names` the tags of an image; a name that is another's alias becomes that tag. */
export async function setTags(trx: Db, imageId: number, names: readonly string[], now = Date.now()) {
  await trx('image_tags').where({ image_id: imageId }).delete();
  if (names.length === 0) return;
  const keys = names.map(foldTag);
  const aliases: { name_key: string; tag_id: number }[] = await trx('tag_aliases')
    .whereIn('name_key', keys)
    .select('name_key', 'tag_id');
  const aliased = new Set(aliases.map(({ name_key }) => name_key));
  const own = names.filter((name) => !aliased.has(foldTag(name)));
  // In one order everywhere, so that two saves with the same new tags never wait for each other crosswise.
  const rows = own.map((name) => ({ name, name_key: foldTag(name), created_at: now }));
  if (own.length > 0)
    await trx('tags')
      .insert(rows.sort((a, b) => (a.name_key < b.name_key ? -1 : 1)))
      .onConflict('name_key')
      .ignore();
  const tags: number[] = await trx('tags').whereIn('name_key', own.map(foldTag)).pluck('id');
  const ids = new Set([...tags, ...aliases.map(({ tag_id }) => tag_id)].map(Number));
  await trx('image_tags').insert([...ids].map((tag_id) => ({ image_id: imageId, tag_id })));
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
