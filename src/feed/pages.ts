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

interface Place {
  total: number | null;
  bucket: number | null;
  before: number | null;
}

/**
 * How long the list is, and in which small bucket its row number `?` stands (with how many rows lie before that bucket):
 * adds up the big buckets, then the small ones of one big bucket. No row of the list itself is counted or passed over.
 */
const findPlace = query<Place>(`
  WITH big AS (SELECT bucket, n, SUM(n) OVER (ORDER BY bucket DESC) AS upto FROM list_counts WHERE list = ? AND shift = ${BIG}),
  b AS (SELECT bucket, upto - n AS before FROM big WHERE upto > ? ORDER BY bucket DESC LIMIT 1),
  small AS (
    SELECT c.bucket, c.n, b.before + SUM(c.n) OVER (ORDER BY c.bucket DESC) AS upto
    FROM list_counts c, b
    WHERE c.list = ? AND c.shift = ${SMALL} AND c.bucket >= b.bucket * ${2 ** (BIG - SMALL)} AND c.bucket < (b.bucket + 1) * ${2 ** (BIG - SMALL)}),
  s AS (SELECT bucket, upto - n AS before FROM small WHERE upto > ? ORDER BY bucket DESC LIMIT 1)
  SELECT t.n AS total, s.bucket AS bucket, s.before AS before
  FROM (SELECT 1 AS one) x
  LEFT JOIN list_counts t ON t.list = ? AND t.shift = ${ALL} AND t.bucket = 0
  LEFT JOIN s ON 1 = 1`);

/** One more than the largest number an image can have. */
const TOP = Number.MAX_SAFE_INTEGER;

/** A page of a list in two queries: one for its place and length, one for its rows. It costs the same on every page. */
export async function readPage(db: Db, reader: Reader, list: List, wanted: Wanted): Promise<ImagePage> {
  return wanted.after !== null
    ? readAfter(db, reader, list, wanted.after)
    : readNumbered(db, reader, list, wanted.page);
}

async function readAfter(db: Db, reader: Reader, list: List, after: string): Promise<ImagePage> {
  const [id] = readCursor(after, 1) ?? [];
  if (id === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  const { total } = await placeOf(db, list, 0);
  return { ...(await rowsBelow(db, reader, list, id, 0)), page: null, ...lengths(list, total) };
}

async function readNumbered(db: Db, reader: Reader, list: List, text: string | null): Promise<ImagePage> {
  const page = pageNumber(text);
  const first = (page - 1) * list.size;
  const { total, bucket, before } = await placeOf(db, list, first);
  if (bucket === null) return { images: [], next: null, page, ...lengths(list, total) };
  const top = page === 1 ? TOP : (bucket + 1) * 2 ** SMALL;
  return { ...(await rowsBelow(db, reader, list, top, first - (before ?? 0))), page, ...lengths(list, total) };
}

/** A page's number from the address: 1 when unsaid, 404 when it is no positive number. */
export function pageNumber(text: string | null): number {
  if (text === null) return 1;
  const page = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (page < 1) throw notFound();
  return page;
}

async function placeOf(db: Db, list: List, row: number) {
  const { name } = list;
  const place = await findPlace.first(db, [name, row, name, row, name]);
  const number = (value: number | null | undefined) => (value === null || value === undefined ? null : Number(value));
  return { total: number(place?.total) ?? 0, bucket: number(place?.bucket), before: number(place?.before) };
}

/** How many images a list has, by the kept count. */
export const countOf = async (db: Db, list: List): Promise<number> => (await placeOf(db, list, 0)).total;

const lengths = (list: List, total: number) => ({ total, pages: Math.max(1, Math.ceil(total / list.size)) });

async function rowsBelow(db: Db, reader: Reader, list: List, top: number, skip: number) {
  const rows = await list.rows.all(db, [...list.values, top, list.size + 1, skip]);
  const images = rows.slice(0, list.size).map((row) => asSeenBy(reader, row));
  const last = images.at(-1);
  return { images, next: rows.length > list.size && last ? writeCursor([last.id]) : null };
}
