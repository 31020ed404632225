import { type Db } from './dialect.ts';
import { query, type Query, type QueryText } from './query.ts';

/** A question with one answer, for a place in a larger query: `text` is an expression, and where it finds several things they come as JSON. */
export interface Part<Args extends readonly unknown[], Value> {
  readonly text: QueryText;
  /** What goes in for the `?` of the text. */
  values(...args: Args): readonly unknown[];
  /** Makes sense of what the database answered. */
  read(found: unknown): Value;
}

type Parts<Args extends readonly unknown[], Found extends object> = {
  readonly [Name in keyof Found]: Part<Args, Found[Name]>;
};

/**
 * Asks several questions at once, in one query that is compiled once: a page that shows tags, boards and comments of an
 * image goes to the database once for all of them.
 */
export function oneQuery<Args extends readonly unknown[], Found extends object>(
  parts: Parts<Args, Found>,
): (db: Db, ...args: Args) => Promise<Found> {
  const names = Object.keys(parts) as (keyof Found & string)[];
  const textFor = (dialect: 'sqlite' | 'postgres') => {
    const columns = names.map((name) => {
      const { text } = parts[name];
      return `(${typeof text === 'string' ? text : text[dialect]}) AS "${name}"`;
    });
    return `SELECT ${columns.join(', ')}`;
  };
  const whole: Query<Record<string, unknown>> = query({ sqlite: textFor('sqlite'), postgres: textFor('postgres') });
  return async (db, ...args) => {
    const values = names.flatMap((name) => [...parts[name].values(...args)]);
    const row = (await whole.first(db, values)) ?? {};
    return Object.fromEntries(names.map((name) => [name, parts[name].read(row[name])])) as Found;
  };
}
