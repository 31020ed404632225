import { query, type Db, type Query } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { readCursor, writeCursor } from '../../lib/cursor.ts';
import type { Reader } from '../visible.ts';
import { foldTag } from './names.ts';

/** A tag as a reader may see it: `images` counts what they find by it. */
export interface Tag {
  id: number;
  name: string;
  images: number;
}

export interface TagPage {
  tags: Tag[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
}

/** How many tags a page of a list has. */
const SIZE = 100;

const HIDDEN = '(SELECT a.hidden FROM account_tags a WHERE a.account_id = CAST(? AS bigint) AND a.tag_id = t.id)';
const FOR_MEMBERS = `t.members + coalesce(${HIDDEN}, 0)`;

/** Where the list goes on: behind the tag of that number. */
const BEHIND = `coalesce((SELECT p.name_key FROM tags p WHERE p.id = ?), '')`;

// Written out, not given as values, so that they match the partial indexes.
const listed = {
  members: query<Tag>(`SELECT t.id, t.name, ${FOR_MEMBERS} AS images FROM tags t
    WHERE t.members > 0 AND t.name_key > ${BEHIND} AND t.name_key >= ? ORDER BY t.name_key LIMIT ?`),
  visitors: query<Tag>(`SELECT t.id, t.name, t.everyone AS images FROM tags t
    WHERE t.everyone > 0 AND t.name_key > ${BEHIND} AND t.name_key >= ? ORDER BY t.name_key LIMIT ?`),
  own: query<Tag>(`SELECT t.id, t.name, a.images FROM account_tags a JOIN tags t ON t.id = a.tag_id
    WHERE a.account_id = ? AND a.name_key > ${BEHIND} AND a.name_key >= ? ORDER BY a.name_key LIMIT ?`),
};

/** Where a part of a list begins: behind what was read before, or at a name. */
export interface TagsWanted {
  after: string | null;
  from?: string;
}

/** Tags by which the reader finds what members share (visitors: what is public), by name: the same for every member. */
export const readTagList = (db: Db, { id }: Reader, wanted: TagsWanted): Promise<TagPage> =>
  id === null ? pageOf(db, listed.visitors, [], wanted) : pageOf(db, listed.members, [id], wanted);

/** The tags of a member's own images, by name. */
export const readOwnTags = (db: Db, accountId: number, wanted: TagsWanted): Promise<TagPage> =>
  pageOf(db, listed.own, [accountId], wanted);

async function pageOf(db: Db, list: Query<Tag>, values: readonly unknown[], { after, from = '' }: TagsWanted) {
  const rows = (await list.all(db, [...values, placeOf(after), foldTag(from), SIZE + 1])).map(asTag);
  const tags = rows.slice(0, SIZE);
  const last = tags.at(-1);
  return { tags, next: rows.length > SIZE && last ? writeCursor([last.id]) : null };
}

function placeOf(after: string | null): number {
  if (after === null) return 0;
  const [id] = readCursor(after, 1) ?? [];
  if (id === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  return id;
}

const asTag = ({ id, name, images }: Tag): Tag => ({ id: Number(id), name, images: Number(images) });

/** The tag of a name, or that which it is another spelling of. */
const NAMED = `t.id = coalesce((SELECT s.tag_id FROM tag_aliases s WHERE s.name_key = ?), (SELECT n.id FROM tags n WHERE n.name_key = ?))`;
const byName = {
  members: query<Tag>(`SELECT t.id, t.name, ${FOR_MEMBERS} AS images FROM tags t WHERE ${NAMED}`),
  visitors: query<Tag>(`SELECT t.id, t.name, t.everyone AS images FROM tags t WHERE ${NAMED}`),
};

/** The tag that a name leads to, when the reader finds anything by it; null when not, as where there is none. */
export async function findTag(db: Db, { id }: Reader, name: string): Promise<Tag | null> {
  const key = foldTag(name);
  const row = await (id === null ? byName.visitors.first(db, [key, key]) : byName.members.first(db, [id, key, key]));
  return row && Number(row.images) > 0 ? asTag(row) : null;
}

/** So many of those that begin so are looked at; of these the most used come first. */
const LOOKED_AT = 200;

const completed = {
  own: query<{ name: string }>(`SELECT name FROM (
    SELECT t.name, a.images, a.name_key FROM account_tags a JOIN tags t ON t.id = a.tag_id
    WHERE a.account_id = ? AND a.name_key >= ? AND a.name_key < ? ORDER BY a.name_key LIMIT ${LOOKED_AT}) f
    ORDER BY images DESC, name_key LIMIT ?`),
  shared: query<{ name: string }>(`SELECT name FROM (
    SELECT t.name, t.members, t.name_key FROM tags t
    WHERE t.members > 0 AND t.name_key >= ? AND t.name_key < ? ORDER BY t.name_key LIMIT ${LOOKED_AT}) f
    ORDER BY members DESC, name_key LIMIT ?`),
};

/** Tags that begin as what a member has typed: their own first, then those that members share. */
export async function completeTag(db: Db, accountId: number, typed: string, most = 8): Promise<string[]> {
  const key = foldTag(typed);
  const range = [key, `${key}\u{10ffff}`];
  const own = (await completed.own.all(db, [accountId, ...range, most])).map(({ name }) => name);
  if (own.length === most || key === '') return own;
  const shared = (await completed.shared.all(db, [...range, most])).map(({ name }) => name);
  return [...new Set([...own, ...shared])].slice(0, most);
}
