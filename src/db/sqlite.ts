import SqliteClient from 'knex/lib/dialects/sqlite3/index.js';
import SqliteTransaction from 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js';
import type { Knex } from 'knex';
import type sqlite3 from 'sqlite3';

/**
 * A transaction that reads and then writes takes the write lock at once. With SQLite's deferred default two such
 * transactions each hold a read lock that the other waits for, and one of them fails with SQLITE_BUSY.
 */
class ImmediateTransaction extends SqliteTransaction {
  begin(connection: unknown) {
    return this.query(connection, 'BEGIN IMMEDIATE;');
  }
}

class ImmediateSqlite extends SqliteClient {
  override transaction(...args: unknown[]) {
    return new ImmediateTransaction(this, ...args) as never;
  }
}

/** Power loss takes nothing that was committed: WAL with `synchronous=FULL` syncs at every commit. */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 10000;
  PRAGMA foreign_keys = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16000;`;

export interface SqliteSettings {
  file: string;
  connections: number;
  acquireTimeoutMs: number;
}

export function sqliteConfig({ file, connections, acquireTimeoutMs }: SqliteSettings): Knex.Config {
  return {
    client: ImmediateSqlite,
    connection: { filename: file },
    useNullAsDefault: true,
    acquireConnectionTimeout: acquireTimeoutMs,
    // An error names its statement, never the values in it: they would end up in the log.
    compileSqlOnError: false,
    pool: {
      min: 1,
      max: connections,
      afterCreate: (connection: sqlite3.Database, done: (error: Error | null) => void) =>
        connection.exec(PRAGMAS, done),
    },
  };
}

const prepared = new WeakMap<sqlite3.Database, Map<string, sqlite3.Statement>>();

/** Runs a statement that is compiled once per connection: a third of the cost of a query that is compiled each time. */
export async function runPrepared(
  connection: sqlite3.Database,
  text: string,
  values: readonly unknown[],
): Promise<unknown[]> {
  let statements = prepared.get(connection);
  if (!statements) prepared.set(connection, (statements = new Map()));
  let statement = statements.get(text);
  if (!statement) statements.set(text, (statement = await prepare(connection, text)));
  return allRows(statement, values);
}

const allRows = (statement: sqlite3.Statement, values: readonly unknown[]): Promise<unknown[]> =>
  new Promise((resolve, reject) => {
    statement.all(values, (error: Error | null, rows: unknown[]) => (error ? reject(error) : resolve(rows)));
  });

function prepare(connection: sqlite3.Database, text: string): Promise<sqlite3.Statement> {
  return new Promise((resolve, reject) => {
    const statement = connection.prepare(text, (error: Error | null) => (error ? reject(error) : resolve(statement)));
  });
}
