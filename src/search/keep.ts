import { blockTokens, isBlock } from './blocks.ts';
import { dialectOf, query, type Db } from '../db/index.ts';
import { documentOf, type Findable } from './document.ts';
import { countWords, type Counted } from './words.ts';
import { GAP } from './tokens.ts';

/** Images whose words are brought up to date in one transaction. */
export const AT_ONCE = 50;

const NEWEST = 'SELECT image_id FROM search_dirty ORDER BY image_id DESC LIMIT ?';
const takeDirty = query<{ image_id: number }>({
  sqlite: `DELETE FROM search_dirty WHERE image_id IN (${NEWEST}) RETURNING image_id`,
  // A mark that is being set belongs to a change that cannot be seen yet: it waits for its commit.
  postgres: `DELETE FROM search_dirty WHERE image_id = ANY (ARRAY (${NEWEST} FOR UPDATE SKIP LOCKED)) RETURNING image_id`,
});
const newestComments = query<{ body: string }>('SELECT body FROM comments WHERE image_id = ? ORDER BY id DESC LIMIT ?');

/**
 * Brings the newest marked images up to date in the search; answers how many. Whatever changes an image has marked it in
 * its own transaction, by triggers of the database, so that nothing is forgotten.
 */
export function bringUpToDate(db: Db): Promise<number> {
  return db.transaction(async (trx) => {
    const ids = (await takeDirty.all(trx, [AT_ONCE])).map(({ image_id }) => Number(image_id));
    if (ids.length === 0) return 0;
    const before = await oldDocs(trx, ids);
    const after = new Map((await findable(trx, ids)).map((image) => [image.id, asDoc(image)]));
    const gone = [...before.keys()].filter((id) => !after.has(id));
    if (gone.length > 0) await trx('search_docs').whereIn('image_id', gone).delete();
    for (const [id, doc] of after) if (!isSame(doc, before.get(id))) await keepDoc(trx, id, doc);
    await countWords(trx, [...before.values()], [...after.values()]);
    return ids.length;
  });
}

interface Doc extends Counted {
  /** In order, with repetitions and gaps; empty for what was read back from PostgreSQL, which keeps none. */
  text: string;
}

const asDoc = (image: Findable): Doc => {
  const tokens = documentOf(image);
  return { reach: image.reach, tokens: new Set(tokens.filter((token) => token !== GAP)), text: tokens.join(' ') };
};

const isSame = (doc: Doc, before: Doc | undefined) => before?.text === doc.text && before.reach === doc.reach;

async function oldDocs(trx: Db, ids: readonly number[]): Promise<Map<number, Doc>> {
  const body = dialectOf(trx) === 'sqlite' ? 'body' : `array_to_string(tsvector_to_array(body), ' ') AS body`;
  const rows: { image_id: number; reach: number; body: string }[] = await trx('search_docs')
    .whereIn('image_id', ids)
    .select('image_id', 'reach', trx.raw(body));
  return new Map(
    rows.map(({ image_id, reach, body: text }) => {
      const tokens = new Set(text.split(' ').filter((token) => token !== '' && token !== GAP && !isBlock(token)));
      return [Number(image_id), { reach, tokens, text: dialectOf(trx) === 'sqlite' ? text.trim() : '' }];
    }),
  );
}

async function keepDoc(trx: Db, id: number, { reach, text }: Doc) {
  // SQLite keeps blanks around each token, so that one can be looked for in the text itself.
  const body =
    dialectOf(trx) === 'sqlite'
      ? ` ${text} `
      : trx.raw('CAST(? AS tsvector)', [asVector(`${text} ${blockTokens(id).join(' ')}`)]);
  await trx('search_docs').insert({ image_id: id, reach, body }).onConflict('image_id').merge();
}

/** PostgreSQL counts no place beyond this one. */
const LAST_PLACE = 16_383;

/** Tokens and their places as PostgreSQL writes them. A gap takes a place and leaves no token. */
export const asVector = (text: string): string =>
  text
    .split(' ')
    .map((token, at) => (token === GAP ? '' : `${quoted(token)}:${Math.min(at + 1, LAST_PLACE)}`))
    .join(' ');

export const quoted = (token: string): string => `'${token.replace(/['\\]/g, '$&$&')}'`;

/** Comments beyond the newest so many are not searched. */
const COMMENTS = 100;

async function findable(trx: Db, ids: readonly number[]): Promise<Findable[]> {
  const rows = await trx('images').whereIn('id', ids).whereNull('binned_at').orderBy('id');
  const tags: { image_id: number; id: number; name: string }[] = await trx('image_tags as it')
    .join('tags as t', 't.id', 'it.tag_id')
    .whereIn('it.image_id', ids)
    .orderBy('t.name_key')
    .select('it.image_id', 't.id', 't.name');
  const found: Findable[] = [];
  for (const { id, owner_id, show_name, created_at, ...row } of rows) {
    const comments = await newestComments.all(trx, [id, COMMENTS]);
    found.push({
      ...row,
      id: Number(id),
      ownerId: Number(owner_id),
      showName: Boolean(show_name),
      createdAt: Number(created_at),
      tags: tags
        .filter(({ image_id }) => Number(image_id) === Number(id))
        .map((tag) => ({ ...tag, id: Number(tag.id) })),
      comments: comments.map(({ body }) => body),
    });
  }
  return found;
}
