import { dialectOf, query, type Db, type Dialect, type Query } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { asSeenBy, type ImageRow, type Reader } from '../images/index.ts';
import { readCursor, writeCursor } from '../lib/cursor.ts';
import { CHECKS, checkValues, type Finding, type Found } from './find.ts';
import { asFts5, asTsquery, mostOf, type Formula } from './formula.ts';
import { BEGINS, conditionOf, imagesOf, isSome, walkInPostgres, walkInSqlite } from './walk.ts';
import type { Wanted } from './wanted.ts';

/** The column that an order goes by, largest first; of equals the newest. */
const COLUMNS = { liked: 'likes', viewed: 'views' } as const;
export type ByNumber = keyof typeof COLUMNS;

/** What is to be put in order. */
export interface Ordered {
  order: ByNumber;
  /** What is wanted, all of it. */
  wanted: Wanted;
  /** The same without whom it reaches and whom the reader follows: rows of `images` and `follows` say that sooner. */
  facets: Formula;
  following: boolean;
}

/** How far is looked. */
export interface Bounds {
  /** Where no more than this fit, all are taken from the index of words and sorted. */
  few: number;
  /** Else the images are gone through in the order that is wanted; so many for one page, and its next one goes on from there. */
  through: number;
}

/** Sorting so many costs about what going through a million images does until a page is full of what so many of them fit. */
const BOUNDS: Bounds = { few: 4000, through: 20_000 };

/** A row of an image, or where looking was broken off. */
interface Row {
  image: string | null;
  k: number;
  id: number;
}

/** All that fit, sorted. Values: what fits, where the page begins, CHECKS, how many. */
function sorted(column: string, dialect: Dialect): string {
  const [from, fits] =
    dialect === 'sqlite'
      ? ['search_index x CROSS JOIN images i', 'i.id = x.rowid AND x.search_index MATCH ?']
      : ['search_docs d CROSS JOIN images i', 'i.id = d.image_id AND d.body @@ CAST(? AS tsquery)'];
  return imagesOf(
    `SELECT i.${column} AS k, i.id FROM ${from} WHERE ${fits} AND (i.${column}, i.id) < ${BEGINS} AND ${CHECKS}
      ORDER BY i.${column} DESC, i.id DESC LIMIT ?`,
    dialect,
  );
}

const queries = new Map<string, Query<Row>>();

/** One a shape of what is asked for, of which there are few. */
function compiled(sql: string): Query<Row> {
  const made = queries.get(sql) ?? query<Row>(sql);
  queries.set(sql, made);
  return made;
}

const numberOf = (order: ByNumber) => Object.keys(COLUMNS).indexOf(order);

/** Where a page begins. An order's own number stands in its cursors: the place of one is none in another. */
function placeOf(after: string | null, order: ByNumber): readonly number[] {
  if (after === null) return [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const [which, k, id] = readCursor(after, 3) ?? [];
  if (which !== numberOf(order) || k === undefined || id === undefined)
    throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  return [k, id];
}

/** Neither database promises the order of what it joins. */
const byPlace = (one: Row, other: Row) => Number(other.k) - Number(one.k) || Number(other.id) - Number(one.id);

/**
 * A part of what is wanted, most liked or most viewed first: one query of a bounded cost. So where little fits a page may be
 * short, or even empty, while `next` goes on.
 */
export async function findOrdered(
  db: Db,
  reader: Reader,
  ordered: Ordered,
  { after, most, countOf }: Finding,
  { few, through }: Bounds = BOUNDS,
): Promise<Found> {
  const { order, wanted } = ordered;
  const place = placeOf(after, order);
  const checks = checkValues(reader, wanted);
  const isFew = (ordered.following || isSome(ordered.facets)) && mostOf(wanted.base, countOf) <= few;
  const rows = isFew
    ? await fitting(db, ordered, [...place, ...checks, most + 1])
    : await walking(db, reader, ordered, { place, checks, most: most + 1, through });
  const images = rows.filter((row): row is Row & ImageRow => row.image !== null).sort(byPlace);
  const next = images.length > most ? images[most - 1] : rows.find(({ image }) => image === null);
  return {
    images: images.slice(0, most).map((row) => asSeenBy(reader, row)),
    next: next ? writeCursor([numberOf(order), Number(next.k), Number(next.id)]) : null,
  };
}

function fitting(db: Db, { order, wanted }: Ordered, rest: readonly unknown[]): Promise<Row[]> {
  const dialect = dialectOf(db);
  const fits = dialect === 'sqlite' ? asFts5(wanted.base) : asTsquery(wanted.base);
  return compiled(sorted(COLUMNS[order], dialect)).all(db, [fits, ...rest]);
}

interface Stretch {
  place: readonly number[];
  checks: readonly unknown[];
  most: number;
  through: number;
}

function walking(db: Db, reader: Reader, ordered: Ordered, { place, checks, most, through }: Stretch): Promise<Row[]> {
  const dialect = dialectOf(db);
  // Written out, so that it is the condition of an index.
  const reach = reader.id === null ? 'i.reach = 2' : 'i.reach >= 1';
  const walk = dialect === 'sqlite' ? walkInSqlite : walkInPostgres;
  const going = { column: COLUMNS[ordered.order], reach, through };
  const { sql, values } = walk(going, conditionOf(dialect, reader, ordered));
  return compiled(sql).all(db, values(place, checks, most));
}
