import type { Knex } from 'knex';

/** The database, or a transaction: whoever gets one never needs to know which. */
export type Db = Knex;
export type Dialect = 'sqlite' | 'postgres';

export const dialectOf = (db: Db): Dialect => (db.client.config.client === 'pg' ? 'postgres' : 'sqlite');

/** Rows of a subquery as JSON, `[[a, b], …]`, inside a larger one: one query instead of one more for what belongs to each row. */
export const jsonRows = (columns: string, from: string) => ({
  sqlite: `(SELECT json_group_array(json_array(${columns})) FROM ${from})`,
  postgres: `(SELECT coalesce(json_agg(json_build_array(${columns})), '[]') FROM ${from})`,
});

/** What `jsonRows` found: SQLite hands over a text of JSON, PostgreSQL what it says. */
export const readRows = <Row>(found: unknown): Row[] =>
  (typeof found === 'string' ? JSON.parse(found) : found) as Row[];
