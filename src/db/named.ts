import { dialectOf, type Db } from './dialect.ts';
import type { Part } from './one-query.ts';
import { query, type QueryText } from './query.ts';

export type Values = Readonly<Record<string, string | number | null>>;

/** As `Query`, with values by name. */
export interface NamedQuery<Row> {
  all(db: Db, values: Values): Promise<Row[]>;
  first(db: Db, values: Values): Promise<Row | undefined>;
}

const NAME = /@(\w+)/g;

/** A query that is compiled once, as `query`, with `@name` for its values: for those that need one in several places. */
export function named<Row>(text: QueryText): NamedQuery<Row> {
  const texts = typeof text === 'string' ? { sqlite: text, postgres: text } : text;
  const names = { sqlite: namesIn(texts.sqlite), postgres: namesIn(texts.postgres) };
  const plain = query<Row>({
    sqlite: texts.sqlite.replace(NAME, '?'),
    postgres: texts.postgres.replace(NAME, '?'),
  });
  const all = (db: Db, values: Values) => plain.all(db, inOrder(names[dialectOf(db)], values));
  return { all, first: async (db, values) => (await all(db, values))[0] };
}

const namesIn = (text: string): string[] => [...text.matchAll(NAME)].map(([, name]) => name ?? '');

/** A name that was given no value is a mistake of ours, and would otherwise be NULL without a word. */
function inOrder(names: readonly string[], values: Values) {
  return names.map((name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a query has no value for @${name}`);
    return value;
  });
}

/** A part of a larger query with `@name` for its values. */
export function namedPart<Args extends readonly unknown[], Found>(part: {
  text: { sqlite: string; postgres: string };
  values(...args: Args): Values;
  read(found: unknown): Found;
}): Part<Args, Found> {
  const { sqlite, postgres } = part.text;
  const names = namesIn(sqlite);
  if (names.join() !== namesIn(postgres).join())
    throw new Error('the two texts of a part name its values in two orders');
  return {
    text: { sqlite: sqlite.replace(NAME, '?'), postgres: postgres.replace(NAME, '?') },
    values: (...args) => inOrder(names, part.values(...args)),
    read: part.read,
  };
}
