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
  return asPage(reader, list, null, await rowsBelow(db, list, id));
}

async function readNumbered(db: Db, reader: Reader, list: List, text: string | null): Promise<ImagePage> {
  const page = pageNumber(text);
  const rows = page === 1 ? await rowsBelow(db, list, TOP) : await rowsFrom(db, list, (page - 1) * list.size);
  return asPage(reader, list, page, rows);
}

/** Further than any list is long, and still a number that each database can hold. */
const LAST_PAGE = 1e12;

/** A page's number from the address: 1 when unsaid, 404 when it is no positive number. */
export function pageNumber(text: string | null): number {
  if (text === null) return 1;
  if (!/^0*[1-9]\d*$/.test(text)) throw notFound();
  return Math.min(Number(text), LAST_PAGE);
}

const findTotal = query<{ n: number }>(`SELECT n FROM list_counts WHERE list = ? AND shift = ${ALL} AND bucket = 0`);

/** How many images a list has, by the kept count. */
export const countOf = async (db: Db, { name }: List): Promise<number> =>
  Number((await findTotal.first(db, [name]))?.n ?? 0);

const rowsBelow = (db: Db, { name, values, size, rows }: List, top: number) =>
  rows.all(db, [name, ...values, top, size + 1]);

const rowsFrom = (db: Db, { name, values, size, from }: List, row: number) =>
  from.all(db, [name, row, name, row, name, ...values, size + 1, row]);

/** One row more than the page holds tells that there is a next one. */
function asPage(reader: Reader, { size }: List, page: number | null, rows: readonly ListRow[]): ImagePage {
  const total = Number(rows.find(({ image }) => image === null)?.total ?? 0);
  const found = rows.flatMap(({ image }) => (image === null ? [] : [asSeenBy(reader, { image })]));
  // Neither database promises the order of what it joins, however it keeps to it.
  found.sort((a, b) => b.id - a.id);
  const images = found.slice(0, size);
  const last = images.at(-1);
  const next = found.length > size && last ? writeCursor([last.id]) : null;
  return { images, next, page, total, pages: Math.max(1, Math.ceil(total / size)) };
}
