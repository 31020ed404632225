import type { Dialect } from '../db/index.ts';
import { selectImages, type Reader } from '../images/index.ts';
import { CHECKS } from './find.ts';
import { asCondition, asTsquery, type Formula } from './formula.ts';

export const BEGINS = '(CAST(? AS bigint), CAST(? AS bigint))';

/** The images of some numbers, in the order of those. */
export const imagesOf = (ids: string, dialect: Dialect): string =>
  selectImages(`JOIN (${ids}) p ON p.id = i.id ORDER BY p.k DESC, p.id DESC`, 'p.k AS k, p.id AS id,')[dialect];

/** A page that is gone through for, as SQL; where `found` does not fill it, its last row is the place where looking ended. */
export interface Walk {
  sql: string;
  /** What goes in for its `?`. */
  values(place: readonly unknown[], checks: readonly unknown[], most: number): unknown[];
}

/** By which column, as far as whom an image must reach, and through how many at the most. */
export interface Going {
  column: string;
  reach: string;
  through: number;
}

/** How one goes: by which column, from what is given as a place downwards. */
const way = (column: string, reach: string) => ({
  key: `i.${column} AS k, i.id`,
  next: `${reach} AND (i.${column}, i.id) < ${BEGINS}`,
  inOrder: `ORDER BY i.${column} DESC, i.id DESC LIMIT`,
});

const page = (dialect: Dialect, end: string) =>
  `SELECT * FROM (${imagesOf('SELECT k, id FROM found', dialect)}) p UNION ALL SELECT k, id, CAST(NULL AS text) FROM (${end}) e`;

/** Where all fit, the page is full or the last one: there is no need of an end. */
export function walkInSqlite({ column, reach, through }: Going, { words, following, values: own }: Condition): Walk {
  const { key, next, inOrder } = way(column, reach);
  const from = `FROM images i ${words === null ? '' : 'CROSS JOIN search_docs d'} WHERE ${next}`;
  const fits = `AND ${CHECKS} ${following} ${words === null ? '' : `AND d.image_id = i.id AND ${words}`} ${inOrder} ?`;
  if (words === null && following === '')
    return {
      sql: imagesOf(`SELECT ${key} ${from} ${fits}`, 'sqlite'),
      values: (place, checks, most) => [...place, ...checks, most],
    };
  const within = `AND (i.${column}, i.id) >= (coalesce((SELECT k FROM bound), -1), coalesce((SELECT id FROM bound), 0))`;
  return {
    sql: `WITH bound AS MATERIALIZED (SELECT ${key} FROM images i WHERE ${next} ${inOrder} 1 OFFSET ${through - 1}),
      found AS MATERIALIZED (SELECT ${key} ${from} ${within} ${fits})
      ${page('sqlite', 'SELECT k, id FROM bound WHERE (SELECT count(*) FROM found) < ?')}`,
    values: (place, checks, most) => [...place, ...place, ...checks, ...own, most, most],
  };
}

/** One image after the other, as they come; OFFSET 0 keeps the planner from beginning with the words. */
export function walkInPostgres({ column, reach, through }: Going, { words, following, values: own }: Condition): Walk {
  const { key, next, inOrder } = way(column, reach);
  const documents = 'CROSS JOIN LATERAL (SELECT d.body FROM search_docs d WHERE d.image_id = i.id OFFSET 0) d';
  const [beside, fits] = words === null ? ['', ''] : [documents, `AND ${words}`];
  return {
    sql: `WITH found AS MATERIALIZED (SELECT ${key} FROM (SELECT i.* FROM images i WHERE ${next} ${inOrder} ${through}) i
        ${beside} WHERE ${CHECKS} ${following} ${fits} LIMIT ?)
      ${page('postgres', `SELECT ${key} FROM images i WHERE ${next} AND (SELECT count(*) FROM found) < ? ${inOrder} 1 OFFSET ${through - 1}`)}`,
    values: (place, checks, most) => [...place, ...checks, ...own, most, ...place, most],
  };
}

/** What an image that one comes to has to be, beside CHECKS. */
interface Condition {
  /** Of its words `d`; null where they need not be read. */
  words: string | null;
  /** Of whose it is: begins with AND, or is empty. */
  following: string;
  values: readonly unknown[];
}

const FOLLOWED =
  'AND i.show_name AND EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = ? AND f.account_id = i.owner_id)';

/** Whether a formula asks for anything. */
export const isSome = (formula: Formula) => formula.kind !== 'and' || formula.parts.length > 0;

export function conditionOf(
  dialect: Dialect,
  reader: Reader,
  { facets, following }: { facets: Formula; following: boolean },
): Condition {
  const whose = following ? { following: FOLLOWED, values: [reader.id ?? 0] } : { following: '', values: [] };
  if (!isSome(facets)) return { words: null, ...whose };
  if (dialect === 'postgres')
    return { ...whose, words: 'd.body @@ CAST(? AS tsquery)', values: [...whose.values, asTsquery(facets)] };
  const { sql, values } = asCondition(facets);
  return { ...whose, words: sql, values: [...whose.values, ...values] };
}
