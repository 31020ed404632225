import { query, type Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { asSeenBy, selectImages, type Image, type ImageRow } from '../../images/index.ts';
import { readCursor, writeCursor } from '../../lib/cursor.ts';
import { ownFound } from '../../search/index.ts';
import { MOST } from './begin.ts';

/** Out of which of one's own lists images are chosen. */
export type From =
  { list: 'own' | 'private' | 'bin' } | { list: 'board'; board: number } | { list: 'search'; q: string };

/** A part of a list that is chosen from. */
export interface Choosable {
  images: Image[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
}

/** How many stand on a page: more than elsewhere, so that a few pages hold what one wants. */
const SIZE = 48;
const TOP = Number.MAX_SAFE_INTEGER;

const WHERE = {
  own: 'i.owner_id = ? AND i.binned_at IS NULL',
  private: "i.owner_id = ? AND i.binned_at IS NULL AND i.visibility = 'private'",
  bin: 'i.owner_id = ? AND i.binned_at IS NOT NULL',
} as const;
const ON_BOARD = `${WHERE.own} AND EXISTS (SELECT 1 FROM board_images b WHERE b.board_id = ? AND b.image_id = i.id)`;

const WAYS = { ...WHERE, board: ON_BOARD };
const byKey = (where: string) =>
  query<ImageRow>(selectImages(`WHERE ${where} AND i.id < ? ORDER BY i.id DESC LIMIT ?`));
const pages = { own: byKey(WAYS.own), private: byKey(WAYS.private), bin: byKey(WAYS.bin), board: byKey(WAYS.board) };
const ids = (where: string) =>
  query<{ id: number }>(`SELECT i.id FROM images i WHERE ${where} ORDER BY i.id DESC LIMIT ?`);
const all = { own: ids(WAYS.own), private: ids(WAYS.private), bin: ids(WAYS.bin), board: ids(WAYS.board) };

const valuesOf = (ownerId: number, from: Exclude<From, { list: 'search' }>) =>
  from.list === 'board' ? [ownerId, from.board] : [ownerId];

/** A page of what can be chosen: the member's own images of that list, newest first. */
export async function choosable(db: Db, ownerId: number, from: From, after: string | null): Promise<Choosable> {
  if (from.list === 'search') return ownFound(db, ownerId, from.q, after, SIZE);
  const rows = await pages[from.list].all(db, [...valuesOf(ownerId, from), placeOf(after), SIZE + 1]);
  const images = rows.slice(0, SIZE).map((row) => asSeenBy({ id: ownerId }, row));
  const last = images.at(-1);
  return { images, next: rows.length > SIZE && last ? writeCursor([last.id]) : null };
}

function placeOf(after: string | null): number {
  if (after === null) return TOP;
  const [place] = readCursor(after, 1) ?? [];
  if (place === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  return place;
}

/** So many are found at a time. */
const AT_ONCE = 500;

/** The numbers of all that can be chosen there, at most one more than may be. */
export async function idsOf(db: Db, ownerId: number, from: From): Promise<number[]> {
  if (from.list !== 'search') {
    const rows = await all[from.list].all(db, [...valuesOf(ownerId, from), MOST + 1]);
    return rows.map(({ id }) => Number(id));
  }
  const found: number[] = [];
  for (let after: string | null = null; found.length <= MOST;) {
    const part = await ownFound(db, ownerId, from.q, after, AT_ONCE);
    found.push(...part.images.map(({ id }) => id));
    if (part.next === null) break;
    after = part.next;
  }
  return found;
}
