import { notFound, Refusal } from '../errors.ts';
import { readCursor, writeCursor } from '../lib/cursor.ts';
import { bySize } from './by-size.ts';
import { ALL, BIG, SMALL } from './counted.ts';
import type { Db } from './dialect.ts';
import { query, type Query, type QueryText } from './query.ts';

/** A list in the order of a number, largest first, that is counted in `list_counts`. */
export interface CountedList extends CountedQueries {
  /** Its name in `list_counts`. */
  name: string;
  size: number;
  values: readonly unknown[];
}

export interface CountedQueries {
  /** So many rows from a number downwards: `?` are the list's name, its own values, and the number. */
  rows(most: number): Query<CountedRow>;
  /** So many from row number `?` of the list on: its name, the row, both again, then as `rows` without the number, and the row. */
  from(most: number): Query<CountedRow>;
}

/** A page begins with a row that tells the list's length alone; the others are a text each, with their place in the order. */
type CountedRow = { total: number; place: null; row: null } | { total: null; place: number; row: string };

/**
 * The list's length before the rows of `page`, which come as that orders them: sorting them again, or repeating the length
 * in each, costs as much as finding them.
 */
const withTotal = (page: string, column: string) => `
  SELECT ${totalOf()} AS total,
    CAST(NULL AS bigint) AS place, CAST(NULL AS text) AS row
  UNION ALL SELECT NULL, p.place, p.${column} FROM (${page}) p`;

const WIDER = 2 ** (BIG - SMALL);

/**
 * In which small bucket row number `row` of a list stands (or of several that are read as one), and how many rows lie before
 * that bucket: adds up the big buckets, then the small ones of one big bucket. No row of the list itself is counted, and at
 * most a small bucket's are passed over. Both are SQL; where they are `?`, the values are: name, row, name, row.
 */
export const rowPlace = (lists = '?', row = '?') => `
  WITH big AS (
    SELECT bucket, SUM(n) AS n, CAST(SUM(SUM(n)) OVER (ORDER BY bucket DESC) AS bigint) AS upto
    FROM list_counts WHERE list IN (${lists}) AND shift = ${BIG} GROUP BY bucket),
  b AS (SELECT bucket, upto - n AS before FROM big WHERE upto > ${row} ORDER BY bucket DESC LIMIT 1),
  small AS (
    SELECT c.bucket, SUM(c.n) AS n, b.before + CAST(SUM(SUM(c.n)) OVER (ORDER BY c.bucket DESC) AS bigint) AS upto
    FROM list_counts c, b
    WHERE c.list IN (${lists}) AND c.shift = ${SMALL}
      AND c.bucket >= b.bucket * ${WIDER} AND c.bucket < (b.bucket + 1) * ${WIDER}
    GROUP BY c.bucket, b.before),
  place AS (
    SELECT (bucket + 1) * ${2 ** SMALL} AS top, upto - n AS before FROM small WHERE upto > ${row}
    ORDER BY bucket DESC LIMIT 1)`;

/** How long a list is, or several together, as an expression. */
export const totalOf = (lists = '?') =>
  `coalesce((SELECT SUM(n) FROM list_counts WHERE list IN (${lists}) AND shift = ${ALL} AND bucket = 0), 0)`;

/**
 * The queries of a counted list. `select` makes a SELECT of `place`, which is `key`, and of a text in the column of that
 * name; what it is given ends its WHERE, and orders.
 */
export function countedQueries(
  key: string,
  column: string,
  select: (rest: string) => Exclude<QueryText, string>,
): CountedQueries {
  const make = (rest: string, before = '') => {
    const { sqlite, postgres } = select(rest);
    return query<CountedRow>({
      sqlite: `${before} ${withTotal(sqlite, column)}`,
      postgres: `${before} ${withTotal(postgres, column)}`,
    });
  };
  return {
    rows: bySize((most) => make(`${key} < ? ORDER BY ${key} DESC LIMIT ${most}`)),
    from: bySize((most) =>
      make(
        `${key} < (SELECT top FROM place) ORDER BY ${key} DESC LIMIT ${most} OFFSET coalesce((SELECT CAST(? AS bigint) - before FROM place), 0)`,
        rowPlace(),
      ),
    ),
  };
}

/** Which part of a list is asked for, as the address says it. With both, `after` says where, and `page` what that is called. */
export interface Wanted {
  page: string | null;
  after: string | null;
}

export interface ListPart {
  rows: string[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
  /** Null when it was found by `after` alone. */
  page: number | null;
  pages: number;
  total: number;
}

/** One more than the largest number that anything can have. */
const TOP = Number.MAX_SAFE_INTEGER;

/** A page of a list in one query. It costs the same on every page. */
export async function readCounted(db: Db, list: CountedList, wanted: Wanted): Promise<ListPart> {
  if (wanted.after !== null) return asPart(list, namedPage(wanted), await below(db, list, placeOf(wanted.after)));
  const page = pageNumber(wanted.page);
  return asPart(list, page, page === 1 ? await below(db, list, TOP) : await from(db, list, (page - 1) * list.size));
}

/** Where a page ended that is read on from; a Refusal 422 when it was not we who wrote that. */
export function placeOf(after: string): number {
  const [place] = readCursor(after, 1) ?? [];
  if (place === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  return place;
}

/** Further than any list is long, and still a number that each database can hold. */
const LAST_PAGE = 1e12;

/** A page's number from the address: 1 when unsaid, 404 when it is no positive number. */
export function pageNumber(text: string | null): number {
  if (text === null) return 1;
  if (!/^0*[1-9]\d*$/.test(text)) throw notFound();
  return Math.min(Number(text), LAST_PAGE);
}

/** What a page that is found by its key is called; null when nobody said a number. */
export const namedPage = ({ page }: Wanted): number | null => (page === null ? null : pageNumber(page));

const below = (db: Db, { name, values, size, rows }: CountedList, top: number) =>
  rows(size + 1).all(db, [name, ...values, top]);

const from = (db: Db, { name, values, size, from }: CountedList, row: number) =>
  from(size + 1).all(db, [name, row, name, row, name, ...values, row]);

/** One row more than the page holds tells that there is a next one. */
function asPart({ size }: CountedList, page: number | null, found: readonly CountedRow[]): ListPart {
  const total = Number(found.find(({ row }) => row === null)?.total ?? 0);
  const all = found.flatMap(({ place, row }) => (row === null ? [] : [{ place: Number(place), row }]));
  // Neither database promises the order of what it joins, however it keeps to it.
  all.sort((a, b) => b.place - a.place);
  const shown = all.slice(0, size);
  const last = shown.at(-1);
  const next = all.length > size && last ? writeCursor([last.place]) : null;
  return { rows: shown.map(({ row }) => row), next, page, total, pages: Math.max(1, Math.ceil(total / size)) };
}
