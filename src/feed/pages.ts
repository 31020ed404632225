import { query, type Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { ALL, asSeenBy, BIG, SMALL, type Image, type Reader } from '../images/index.ts';
import { readCursor, writeCursor } from '../lib/cursor.ts';
import type { List } from './lists.ts';

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

/**
 * In which small bucket row number `?` of a list stands, and how many rows lie before that bucket: adds up the big
 * buckets, then the small ones of one big bucket. No row of the list itself is counted or passed over.
 */
const findPlace = query<{ bucket: number; before: number }>(`
  WITH big AS (SELECT bucket, n, SUM(n) OVER (ORDER BY bucket DESC) AS upto FROM list_counts WHERE list = ? AND shift = ${BIG}),
  b AS (SELECT bucket, upto - n AS before FROM big WHERE upto > ? ORDER BY bucket DESC LIMIT 1),
  small AS (
    SELECT c.bucket, c.n, b.before + SUM(c.n) OVER (ORDER BY c.bucket DESC) AS upto
    FROM list_counts c, b
    WHERE c.list = ? AND c.shift = ${SMALL} AND c.bucket >= b.bucket * ${2 ** (BIG - SMALL)} AND c.bucket < (b.bucket + 1) * ${2 ** (BIG - SMALL)})
  SELECT bucket, upto - n AS before FROM small WHERE upto > ? ORDER BY bucket DESC LIMIT 1`);

/** One more than the largest number an image can have. */
const TOP = Number.MAX_SAFE_INTEGER;

/**
 * A page of a list in two queries: one for its place, one for its rows with the list's length; the first page, and what
 * comes `after`, in one. It costs the same on every page.
 */
export async function readPage(db: Db, reader: Reader, list: List, wanted: Wanted): Promise<ImagePage> {
  return wanted.after !== null
    ? readAfter(db, reader, list, wanted.after)
    : readNumbered(db, reader, list, wanted.page);
}

async function readAfter(db: Db, reader: Reader, list: List, after: string): Promise<ImagePage> {
  const [id] = readCursor(after, 1) ?? [];
  if (id === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  const found = await rowsBelow(db, reader, list, id, 0);
  // Nothing comes after the end, though the list may be long.
  const total = found.images.length > 0 ? found.total : await countOf(db, list);
  return { ...found, page: null, total, pages: pagesOf(list, total) };
}

async function readNumbered(db: Db, reader: Reader, list: List, text: string | null): Promise<ImagePage> {
  const page = pageNumber(text);
  const place = page === 1 ? { top: TOP, skip: 0 } : await placeOf(db, list, (page - 1) * list.size);
  if (!place) {
    const total = await countOf(db, list);
    return { images: [], next: null, page, total, pages: pagesOf(list, total) };
  }
  const found = await rowsBelow(db, reader, list, place.top, place.skip);
  return { ...found, page, pages: pagesOf(list, found.total) };
}

/** A page's number from the address: 1 when unsaid, 404 when it is no positive number. */
export function pageNumber(text: string | null): number {
  if (text === null) return 1;
  const page = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (page < 1) throw notFound();
  return page;
}

/** From which number downwards, and after how many rows, a list's row number `row` is found; null beyond its end. */
async function placeOf(db: Db, { name }: List, row: number): Promise<{ top: number; skip: number } | null> {
  const place = await findPlace.first(db, [name, row, name, row]);
  return place ? { top: (Number(place.bucket) + 1) * 2 ** SMALL, skip: row - Number(place.before) } : null;
}

const findTotal = query<{ n: number }>(`SELECT n FROM list_counts WHERE list = ? AND shift = ${ALL} AND bucket = 0`);

/** How many images a list has, by the kept count. */
export const countOf = async (db: Db, { name }: List): Promise<number> =>
  Number((await findTotal.first(db, [name]))?.n ?? 0);

const pagesOf = (list: List, total: number) => Math.max(1, Math.ceil(total / list.size));

async function rowsBelow(db: Db, reader: Reader, list: List, top: number, skip: number) {
  const rows = await list.rows.all(db, [list.name, ...list.values, top, list.size + 1, skip]);
  const images = rows.slice(0, list.size).map((row) => asSeenBy(reader, row));
  const last = images.at(-1);
  const next = rows.length > list.size && last ? writeCursor([last.id]) : null;
  return { images, next, total: Number(rows[0]?.total ?? 0) };
}
