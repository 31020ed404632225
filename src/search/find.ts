import { query, type Db, type Dialect, type Query, dialectOf } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import {
  asSeenBy,
  selectImages,
  VISIBLE,
  visibleValues,
  type Image,
  type ImageRow,
  type Reader,
} from '../images/index.ts';
import { readCursor, writeCursor } from '../lib/cursor.ts';
import { and, asFts5, asTsquery, mostOf, type Formula } from './formula.ts';
import type { Wanted } from './wanted.ts';

/** A part of what was found. Nothing is counted: how many there are would have to be found out first. */
export interface Found {
  images: Image[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
}

/** Found images are as good as their class, and the newest of a class comes first. */
type Row = ImageRow & { class: number; id: number };

/** With fewer that can fit all of them are taken from the index and put in order; of more the newest are looked through. */
export const FEW = 4000;
/** So many are looked through at most, before all that fit are taken from the index after all. */
export const LOOKED_THROUGH = 20_000;

/** What a document does not say, or did not say in time. */
const CHECKS = `${VISIBLE} AND i.created_at >= ? AND i.created_at < ?
  AND CASE WHEN i.width > i.height THEN i.width ELSE i.height END >= CAST(? AS bigint)
  AND CASE WHEN i.width > i.height THEN i.width ELSE i.height END < CAST(? AS bigint)
  AND (CAST(? AS integer) = 0 OR NOT EXISTS (SELECT 1 FROM search_dirty q WHERE q.image_id = i.id))`;

export const checkValues = (reader: Reader, { saved, size, byName }: Wanted) => [
  ...visibleValues(reader),
  ...saved,
  ...size,
  byName ? 1 : 0,
];

/** How one class is found: what goes in for its `?` are the formula, `id` below which, CHECKS and how many, as `values` says. */
interface Way {
  sql: string;
  values(formula: string, below: number, checks: readonly unknown[], most: number): unknown[];
}

const found = (from: string, id: string) => `SELECT ${id} AS id FROM ${from} AND ${CHECKS} ORDER BY ${id} DESC LIMIT ?`;

/** FTS5 gives what fits in the order of numbers, newest first, and is asked for no more than is shown. */
const inOrder: Way = {
  sql: found(
    'search_index x CROSS JOIN images i ON i.id = x.rowid WHERE x.search_index MATCH ? AND x.rowid < ?',
    'x.rowid',
  ),
  values: (formula, below, checks, most) => [formula, below, ...checks, most],
};

const gathered = (below: string) =>
  found(
    `(SELECT image_id FROM search_docs WHERE body @@ CAST(? AS tsquery) AND image_id < ${below} OFFSET 0) d
      JOIN images i ON i.id = d.image_id WHERE true`,
    'i.id',
  );

/** PostgreSQL's index has no order: few are all taken and sorted. */
const few: Way = {
  sql: gathered('?'),
  values: (formula, below, checks, most) => [formula, below, ...checks, most],
};

const newest = `SELECT image_id, body FROM search_docs WHERE image_id < ? ORDER BY image_id DESC`;
/** Of many the newest are looked through. Words that are common, but never together, end that: then what fits is few. */
const many: Way = {
  sql: `SELECT id FROM (
    (${found(
      `(${newest} LIMIT ${LOOKED_THROUGH}) d JOIN images i ON i.id = d.image_id WHERE d.body @@ CAST(? AS tsquery)`,
      'd.image_id',
    )})
    UNION ALL (${gathered(`coalesce((SELECT image_id FROM (${newest} OFFSET ${LOOKED_THROUGH - 1} LIMIT 1) e), 0)`)})
  ) both LIMIT ?`,
  values: (formula, below, checks, most) => [below, formula, ...checks, most, formula, below, ...checks, most, most],
};

const ways = new Map<string, Query<Row>>();

/** All classes in one query, each looked into only when those before it are too few. */
function queryOf(dialect: Dialect, classes: readonly { rank: number; way: Way }[]): Query<Row> {
  const key = classes.map(({ rank, way }) => `${rank}${way === many ? 'many' : 'few'}`).join(' ');
  let made = ways.get(`${dialect} ${key}`);
  if (made) return made;
  const parts = classes.map(({ rank, way }) => `SELECT ${rank} AS class, id FROM (${way.sql}) c${rank}`);
  const text = selectImages(
    `JOIN (${parts.join(' UNION ALL ')} LIMIT ?) p ON p.id = i.id ORDER BY p.class DESC, p.id DESC`,
    'p.class, p.id,',
  );
  made = query<Row>(text);
  ways.set(`${dialect} ${key}`, made);
  return made;
}

const TOP = Number.MAX_SAFE_INTEGER;

/** Where a page begins: everything below this class, and of the class itself what is below the number. */
interface Place {
  class: number;
  below: number;
}

function placeOf(after: string | null, first: number): Place {
  if (after === null) return { class: first, below: TOP };
  const [rank, below] = readCursor(after, 2) ?? [];
  if (rank === undefined || below === undefined || rank > first)
    throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  return { class: rank, below };
}

/** A part of what a search wants, the best first: one query, which costs the same wherever it is in the list. */
export async function find(
  db: Db,
  reader: Reader,
  wanted: Wanted,
  { after, most, countOf }: { after: string | null; most: number; countOf: (token: string) => number },
): Promise<Found> {
  const dialect = dialectOf(db);
  const formulas: readonly Formula[] =
    wanted.classes.length > 0 ? wanted.classes.map((part) => and([wanted.base, part])) : [wanted.base];
  const place = placeOf(after, formulas.length - 1);
  const checks = checkValues(reader, wanted);
  const classes = formulas
    .map((formula, at) => ({ formula, rank: formulas.length - 1 - at }))
    .filter(({ rank }) => rank <= place.class)
    .map(({ formula, rank }) => ({ rank, ...wayOf(dialect, formula, countOf) }));
  const values = classes.flatMap(({ rank, way, formula }) =>
    way.values(formula, rank === place.class ? place.below : TOP, checks, most + 1),
  );
  const rows = await queryOf(dialect, classes).all(db, [...values, most + 1]);
  const last = rows[most - 1];
  return {
    images: rows.slice(0, most).map((row) => asSeenBy(reader, row)),
    next: rows.length > most && last ? writeCursor([Number(last.class), Number(last.id)]) : null,
  };
}

function wayOf(dialect: Dialect, formula: Formula, countOf: (token: string) => number) {
  if (dialect === 'sqlite') return { way: inOrder, formula: asFts5(formula) };
  const way = mostOf(formula, countOf) <= FEW ? few : many;
  return { way, formula: asTsquery(formula) };
}
