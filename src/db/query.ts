import { createHash } from 'node:crypto';
import type pg from 'pg';
import type sqlite3 from 'sqlite3';
import { dialectOf, type Db } from './dialect.ts';
import { numbered, runNamed } from './postgres.ts';
import { inTurn, isWriting, runPrepared } from './sqlite.ts';

/** One text for both databases, or one for each where they differ. Values go in for `?`, never into the text. */
export type QueryText = string | { readonly sqlite: string; readonly postgres: string };

export interface Query<Row> {
  all(db: Db, values: readonly unknown[]): Promise<Row[]>;
  first(db: Db, values: readonly unknown[]): Promise<Row | undefined>;
}

/**
 * A query that is compiled once per connection instead of built and compiled at every call: for the hot ways. It runs
 * inside the transaction when `db` is one. How long a page is stands in its text where that matters: see `bySize`.
 */
export function query<Row>(text: QueryText): Query<Row> {
  const sqlite = typeof text === 'string' ? text : text.sqlite;
  const postgres = numbered(typeof text === 'string' ? text : text.postgres);
  const name = createHash('sha256').update(postgres).digest('hex').slice(0, 32);

  const writing = isWriting(sqlite);

  const all = (db: Db, values: readonly unknown[]): Promise<Row[]> =>
    writing && dialectOf(db) === 'sqlite' ? inTurn(db.client, () => run(db, values)) : run(db, values);

  async function run(db: Db, values: readonly unknown[]): Promise<Row[]> {
    const dialect = dialectOf(db);
    const connection: unknown = await db.client.acquireConnection();
    try {
      db.client.emit('query', { sql: dialect === 'sqlite' ? sqlite : postgres, bindings: values });
      const rows =
        dialect === 'sqlite'
          ? await runPrepared(connection as sqlite3.Database, sqlite, values)
          : await runNamed(connection as pg.Client, name, postgres, values);
      return rows as Row[];
    } finally {
      await db.client.releaseConnection(connection);
    }
  }

  return { all, first: async (db, values) => (await all(db, values))[0] };
}
