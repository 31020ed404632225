import type { Db } from '../../db/index.ts';

export const MAX_TAGS = 50;
export const MAX_TAG = 50;

/** Signs that nobody sees and that say nothing: where a line may break, which way a text runs. Joiners make emoji, and stay. */
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]/gu;
/** Whether a sign is drawn as a picture or as a letter: ❤ and ❤️ are one tag. */
const DRAWN = /[\ufe00-\ufe0f]/gu;

/** What two spellings of one tag have in common. */
export const foldTag = (name: string): string =>
  name.normalize('NFKC').replace(UNSEEN, '').replace(DRAWN, '').toLowerCase();

/** Whether a tag is short enough as it is written and as it is compared: folding makes some letters several. */
export const fitsTag = (name: string): boolean => [name, foldTag(name)].every((text) => [...text].length <= MAX_TAG);

/** In an address these would lead to another page. */
const STEPS: ReadonlySet<string> = new Set(['.', '..']);

/** Names from a field: separated by commas, trimmed, each once. */
export function readTags(text: string): string[] {
  const names = text
    .split(/[,\uff0c]/u)
    .map((name) =>
      name
        .replace(UNSEEN, '')
        .replace(/\s+/gu, ' ')
        .replace(/^[# ]+| +$/g, ''),
    )
    .filter((name) => foldTag(name).trim() !== '' && !STEPS.has(foldTag(name)));
  return [...new Map(names.map((name) => [foldTag(name), name])).values()];
}

/** A tag was taken out of the site between two questions more often than this: it is no accident. */
const TRIES = 5;

/**
 * The numbers of tags by their folded names; those that are not there are made, and another spelling of one leads to it. They
 * are held, so that none is taken out of the site before the transaction ends.
 */
export async function tagIds(trx: Db, names: readonly string[], now: number): Promise<Map<string, number>> {
  const keys = names.map(foldTag);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const ids = await aliased(trx, keys);
    const own = names.filter((name) => !ids.has(foldTag(name)));
    for (const [key, id] of await made(trx, own, now)) ids.set(key, id);
    if (keys.every((key) => ids.has(key))) return ids;
  }
  throw new Error('tags go as soon as they are made');
}

async function aliased(trx: Db, keys: readonly string[]): Promise<Map<string, number>> {
  const rows: { name_key: string; tag_id: number }[] = await trx('tag_aliases')
    .whereIn('name_key', keys)
    .select('name_key', 'tag_id');
  return new Map(rows.map(({ name_key, tag_id }) => [name_key, Number(tag_id)]));
}

async function made(trx: Db, names: readonly string[], now: number): Promise<[string, number][]> {
  if (names.length === 0) return [];
  // In one order everywhere, so that two saves with the same new tags never wait for each other crosswise.
  const rows = names.map((name) => ({ name, name_key: foldTag(name), created_at: now }));
  await trx('tags')
    .insert(rows.sort((a, b) => (a.name_key < b.name_key ? -1 : 1)))
    .onConflict('name_key')
    .ignore();
  const keys = names.map(foldTag);
  const tags: { id: number; name_key: string }[] = await trx('tags')
    .whereIn('name_key', keys)
    .orderBy('id')
    .forKeyShare()
    .select('id', 'name_key');
  return tags.map(({ id, name_key }) => [name_key, Number(id)]);
}
