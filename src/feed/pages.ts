import { query, type Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { ALL, asSeenBy, type Image, type Reader } from '../images/index.ts';
import { readCursor, writeCursor } from '../lib/cursor.ts';
import type { List, ListRow } from './lists.ts';

/** Which part of a list is asked for, as the address says it. */
export interface Wanted {
  page: string | null;
  after: string | null;
}

export interface ImagePage {
  images: Image[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
  /** Null when it was found by `after`. */
  page: number | null;
  pages: number;
  total: number;
}

/** One more than the largest number an image can have. */
const TOP = Number.MAX_SAFE_INTEGER;

/** A page of a list in one query, with the list's length in every row. It costs the same on every page. */
export async function readPage(db: Db, reader: Reader, list: List, wanted: Wanted): Promise<ImagePage> {
  return wanted.after !== null
    ? readAfter(db, reader, list, wanted.after)
    : readNumbered(db, reader, list, wanted.page);
}

async function readAfter(db: Db, reader: Reader, list: List, after: string): Promise<ImagePage> {
  const [id] = readCursor(after, 1) ?? [];
  if (id === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  const found = await rowsBelow(db, reader, list, id);
  // Nothing comes after the end, though the list may be long.
  const total = found.images.length > 0 ? found.total : await countOf(db, list);
  return { ...found, page: null, total, pages: pagesOf(list, total) };
}

async function readNumbered(db: Db, reader: Reader, list: List, text: string | null): Promise<ImagePage> {
  const page = pageNumber(text);
  const found =
    page === 1 ? await rowsBelow(db, reader, list, TOP) : await rowsFrom(db, reader, list, (page - 1) * list.size);
  // Past the end there is no row to tell the length.
  const total = found.images.length > 0 || page === 1 ? found.total : await countOf(db, list);
  return { ...found, page, total, pages: pagesOf(list, total) };
}

/** A page's number from the address: 1 when unsaid, 404 when it is no positive number. */
export function pageNumber(text: string | null): number {
  if (text === null) return 1;
  const page = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (page < 1) throw notFound();
  return page;
}

const findTotal = query<{ n: number }>(`SELECT n FROM list_counts WHERE list = ? AND shift = ${ALL} AND bucket = 0`);

/** How many images a list has, by the kept count. */
export const countOf = async (db: Db, { name }: List): Promise<number> =>
  Number((await findTotal.first(db, [name]))?.n ?? 0);

const pagesOf = (list: List, total: number) => Math.max(1, Math.ceil(total / list.size));

async function rowsBelow(db: Db, reader: Reader, list: List, top: number) {
  const { name, values, size, rows } = list;
  return asPage(reader, list, await rows.all(db, [name, ...values, top, size + 1, 0]));
}

async function rowsFrom(db: Db, reader: Reader, list: List, row: number) {
  const { name, values, size, from } = list;
  return asPage(reader, list, await from.all(db, [name, row, name, row, name, ...values, size + 1, row]));
}

/** One row more than the page holds tells that there is a next one. */
function asPage(reader: Reader, { size }: List, rows: ListRow[]) {
  const images = rows.slice(0, size).map((row) => asSeenBy(reader, row));
  const last = images.at(-1);
  const next = rows.length > size && last ? writeCursor([last.id]) : null;
  return { images, next, total: Number(rows[0]?.total ?? 0) };
}
