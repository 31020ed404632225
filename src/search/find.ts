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
import { blocksBelow } from './blocks.ts';
import { and, asFts5, asTsquery, hasPrefix, mostOf, type Formula } from './formula.ts';
import type { Wanted } from './wanted.ts';

/** A part of what was found. Nothing is counted: how many there are would have to be found out first. */
export interface Found {
  images: Image[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
}

/** Found images are as good as their class, and the newest of a class comes first. */
type Row = ImageRow & { class: number; id: number };

/** What a document does not say, or did not say in time. */
export const CHECKS = `${VISIBLE} AND i.created_at >= ? AND i.created_at < ?
  AND CASE WHEN i.width > i.height THEN i.width ELSE i.height END >= CAST(? AS bigint)
  AND CASE WHEN i.width > i.height THEN i.width ELSE i.height END < CAST(? AS bigint)
  AND (CAST(? AS integer) = 0 OR NOT EXISTS (SELECT 1 FROM search_dirty q WHERE q.image_id = i.id))`;

export const checkValues = (reader: Reader, { saved, size, byName }: Wanted) => [
  ...visibleValues(reader),
  ...saved,
  ...size,
  byName ? 1 : 0,
];

/** How one class is found, in the order of numbers, newest first. */
interface Way {
  sql: string;
  /** What goes in for its `?`, with the values of CHECKS and how many are wanted. */
  values(found: Sought, checks: readonly unknown[], most: number): unknown[];
}

interface Sought {
  formula: Formula;
  below: number;
  top: number;
  /** At most so many can fit. */
  most: number;
}

/** FTS5 goes through what fits in the order of numbers, and is asked for no more than is shown. */
const inOrder: Way = {
  sql: `SELECT x.rowid AS id FROM search_index x CROSS JOIN images i ON i.id = x.rowid
    WHERE x.search_index MATCH ? AND x.rowid < ? AND ${CHECKS} ORDER BY x.rowid DESC LIMIT ?`,
  values: ({ formula, below }, checks, most) => [asFts5(formula), below, ...checks, most],
};

/** One run of numbers after the other. `+ 0` and OFFSET 0 keep the planner from going through the numbers instead. */
const inBlocks: Way = {
  sql: `SELECT f.id FROM unnest(CAST(? AS text[]), CAST(? AS bigint[])) AS b (query, below) CROSS JOIN LATERAL (
      SELECT i.id FROM (SELECT image_id FROM search_docs WHERE body @@ CAST(b.query AS tsquery) AND image_id + 0 < b.below OFFSET 0) d
      JOIN images i ON i.id = d.image_id WHERE ${CHECKS} ORDER BY i.id DESC LIMIT ?) f LIMIT ?`,
  values: ({ formula, ...where }, checks, most) => {
    const blocks = blocksBelow(formula, where);
    return [blocks.map(({ query }) => query), blocks.map(({ below }) => below), ...checks, most, most];
  },
};

/** So many of the newest are looked through. */
const LOOKED_THROUGH = 20_000;
const newest = `SELECT image_id, body FROM search_docs WHERE image_id < ? ORDER BY image_id DESC`;
const found = `AND ${CHECKS} ORDER BY d.image_id DESC LIMIT ?`;

/**
 * A beginning that many words have: PostgreSQL would first put together where all of them are. The newest documents are
 * looked through, which soon fills a page; where it does not, few fit, and they are taken from the index after all.
 */
const inNumbers: Way = {
  sql: `(SELECT d.image_id AS id FROM (${newest} LIMIT ${LOOKED_THROUGH}) d JOIN images i ON i.id = d.image_id
      WHERE d.body @@ CAST(? AS tsquery) ${found})
    UNION ALL (SELECT d.image_id FROM (SELECT image_id FROM search_docs WHERE body @@ CAST(? AS tsquery)
        AND image_id + 0 <= coalesce((SELECT image_id FROM (${newest} OFFSET ${LOOKED_THROUGH} LIMIT 1) e), 0) OFFSET 0) d
      JOIN images i ON i.id = d.image_id WHERE true ${found})`,
  values({ formula, below }, checks, most) {
    const query = asTsquery(formula);
    return [below, query, ...checks, most, query, below, ...checks, most];
  },
};

const WAYS = { inOrder, inBlocks, inNumbers } as const;
type WayName = keyof typeof WAYS;

const wayOf = (dialect: Dialect, formula: Formula): WayName =>
  dialect === 'sqlite' ? 'inOrder' : hasPrefix(formula) ? 'inNumbers' : 'inBlocks';

const queries = new Map<string, Query<Row>>();

/** All classes in one query, the best first, each looked into only when those before it are too few. */
function queryOf(classes: readonly { rank: number; way: WayName }[]): Query<Row> {
  const key = classes.map(({ rank, way }) => `${rank} ${way}`).join(' ');
  let made = queries.get(key);
  if (made) return made;
  const parts = classes.map(({ rank, way }) => `SELECT ${rank} AS class, id FROM (${WAYS[way].sql}) c${rank}`);
  made = query<Row>(
    selectImages(
      `JOIN (${parts.join(' UNION ALL ')} LIMIT ?) p ON p.id = i.id ORDER BY p.class DESC, p.id DESC`,
      'p.class, p.id,',
    ),
  );
  queries.set(key, made);
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

/** Where to begin, and what is known of how much there is. */
export interface Finding {
  after: string | null;
  most: number;
  top: number;
  countOf(token: string): number;
}

/** A part of what a search wants, the best first: one query, which costs the same wherever it is in the list. */
export async function find(
  db: Db,
  reader: Reader,
  wanted: Wanted,
  { after, most, top, countOf }: Finding,
): Promise<Found> {
  const { base, classes } = wanted;
  const formulas = classes.length > 0 ? classes.map((part) => and([base, part])) : [base];
  const place = placeOf(after, formulas.length - 1);
  const sought = formulas
    .map((formula, at) => ({ formula, rank: formulas.length - 1 - at, way: wayOf(dialectOf(db), formula) }))
    .filter(({ rank }) => rank <= place.class);
  const checks = checkValues(reader, wanted);
  const values = sought.flatMap(({ formula, rank, way }) => {
    const below = rank === place.class ? place.below : TOP;
    return WAYS[way].values({ formula, below, top, most: mostOf(formula, countOf) }, checks, most + 1);
  });
  const rows = await queryOf(sought).all(db, [...values, most + 1]);
  const last = rows[most - 1];
  return {
    images: rows.slice(0, most).map((row) => asSeenBy(reader, row)),
    next: rows.length > most && last ? writeCursor([Number(last.class), Number(last.id)]) : null,
  };
}
