import type { EventEmitter } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import SqliteClient from 'knex/lib/dialects/sqlite3/index.js';
import SqliteTransaction from 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js';
import type { Knex } from 'knex';
import type sqlite3 from 'sqlite3';
import type { Db } from './dialect.ts';
import { createTurns, type Turns } from './turns.ts';

const BUSY_MS = 10_000;

/**
 * A transaction that reads and then writes takes the write lock at once. With SQLite's deferred default two such
 * transactions each hold a read lock that the other waits for, and one of them fails with SQLITE_BUSY.
 */
class ImmediateTransaction extends SqliteTransaction {
  override begin(connection: unknown) {
    return this.query(connection, 'BEGIN IMMEDIATE;');
  }

  override acquireConnection(config: unknown, work: (connection: unknown) => Promise<unknown>) {
    return inTurn(this.client, () => super.acquireConnection(config, work));
  }
}

/**
 * Writers of one process wait here for one another, before they have a connection. SQLite's own waiting sleeps, longer each
 * time, in whatever order comes about, and would keep a thread and a connection that somebody could read with.
 */
class ImmediateSqlite extends SqliteClient {
  /** A client inside a transaction is made without it: it has its turn already. */
  readonly writing = createTurns(BUSY_MS);

  override transaction(...args: unknown[]) {
    return new ImmediateTransaction(this, ...args) as never;
  }

  override runner(builder: Built) {
    const runner = super.runner(builder);
    const run = runner.run.bind(runner);
    if (writes(builder)) runner.run = () => inTurn(this, run);
    return runner;
  }
}

/** What knex runs: a statement that was built, or one that was given as text. */
interface Built {
  _method?: string;
  sql?: string;
}

const BUILT_WRITES = new Set(['insert', 'update', 'del', 'counter']);
const WRITING = /^\s*(?:insert|update|delete|replace|with\b[^]*\b(?:insert\s+into|update|delete\s+from))\b/i;

const writes = ({ _method, sql }: Built): boolean =>
  BUILT_WRITES.has(_method ?? '') || (sql !== undefined && WRITING.test(sql));

/** Whether a statement changes rows. */
export const isWriting = (text: string): boolean => WRITING.test(text);

/** Does the work when its turn to write has come; inside a transaction at once. */
export async function inTurn<T>(client: unknown, work: () => Promise<T>): Promise<T> {
  const { writing } = client as { writing?: Turns };
  if (!writing) return work();
  try {
    return await writing.take(work);
  } catch (error) {
    if ((error as Coded).code === 'SQLITE_IOERR') tellDisk(client as ImmediateSqlite, error as Coded);
    throw error;
  }
}

type Coded = Error & { code?: string };

/** SQLite has one word for a disk that fails and for one that the system made read-only, which is still to be read. */
function tellDisk(client: ImmediateSqlite, error: Coded) {
  const { filename } = client.config.connection as Knex.Sqlite3ConnectionConfig;
  const trial = `${filename}.trial`;
  try {
    // Only a write tells: after an error of its own a file system may say that it can be written to.
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (fault) {
    if ((fault as Coded).code === 'EROFS') return void (error.code = 'EROFS');
  }
  client.emit(DISK_FAILED, error);
}

const DISK_FAILED = 'bowerbird-disk-failed';

/**
 * Tells once when the disk did not take what was written. After a sync that failed the system may forget what it could not write, and
 * call the next sync well: what is in memory from then on is not to be relied upon, and a fresh start reads what is on the disk.
 */
export function onDiskFailure(db: Db, heard: (error: Error) => void): void {
  (db.client as EventEmitter).once(DISK_FAILED, heard);
}

/** Power loss takes nothing that was committed: WAL with `synchronous=FULL` syncs at every commit. */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = ${BUSY_MS};
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
    client: ImmediateSqlite as unknown as typeof Knex.Client,
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

/** A connection that only looks whether others have changed anything. */
export interface Watch {
  version(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Opens such a connection with the first question. SQLite counts what others commit (`PRAGMA data_version`), so this one must
 * never write; its statement is read to the end each time, or it would keep an old state of the log alive.
 */
export function openWatch(file: string): Watch {
  let opened: Promise<{ database: sqlite3.Database; statement: sqlite3.Statement }> | null = null;
  const open = async () => {
    const { default: driver } = await import('sqlite3');
    const database = await new Promise<sqlite3.Database>((resolve, reject) => {
      const made = new driver.Database(file, driver.OPEN_READONLY, (error) => (error ? reject(error) : resolve(made)));
    });
    return { database, statement: await prepare(database, 'PRAGMA data_version') };
  };
  return {
    async version() {
      const { statement } = await (opened ??= open());
      const [row] = (await allRows(statement, [])) as { data_version: number }[];
      return String(row?.data_version);
    },
    async close() {
      const { database, statement } = (await opened?.catch(() => null)) ?? {};
      if (!database) return;
      await new Promise((resolve) => statement?.finalize(resolve as () => void));
      await new Promise((resolve) => database.close(resolve));
    },
  };
}
