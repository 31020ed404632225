import { dialectOf, type Db } from '../dialect.ts';
import { columnList, quoted, tablesOf, type Table } from './tables.ts';
import { createTally, type CopiedRow, type Tally } from './tally.ts';

const AT_ONCE = 500;

type Found = Record<string, string | number | boolean | null>;

/** A database as it was at one moment, however long it is read. */
export interface Snapshot {
  db: Db;
  release(): Promise<void>;
}

/**
 * Begins to read a database as it is now; who writes goes on, and nothing of it is seen. The database has to be open with one
 * connection, which is the snapshot's until it is released.
 */
export async function takeSnapshot(db: Db): Promise<Snapshot> {
  if (dialectOf(db) === 'postgres') {
    const trx = await db.transaction(undefined, { isolationLevel: 'repeatable read', readOnly: true });
    return { db: trx, release: async () => void (await trx.commit()) };
  }
  await db.raw('BEGIN');
  // SQLite's snapshot begins with the first look.
  await db.raw('SELECT count(*) FROM sqlite_master');
  return { db, release: async () => void (await db.raw('COMMIT')) };
}

/** Lets everybody who writes wait until the work is done; who reads goes on. What the work changes is committed when it ends well. */
export async function holdWriters<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  const names = (await tablesOf(db)).map(({ name }) => quoted(name)).join(', ');
  return db.transaction(async (trx) => {
    // On SQLite every transaction has the one lock there is.
    if (dialectOf(db) === 'postgres') await trx.raw(`LOCK TABLE ${names} IN SHARE ROW EXCLUSIVE MODE`);
    return work(trx);
  });
}

/** All rows of a table, some hundreds at a time, within a snapshot or a transaction. */
export async function* readTable(db: Db, table: Table): AsyncGenerator<CopiedRow[]> {
  const batches = dialectOf(db) === 'sqlite' ? bySqlite(db, table) : byCursor(db, table);
  for await (const rows of batches) yield rows.map((row) => rowOf(table, row));
}

async function* bySqlite(db: Db, table: Table): AsyncGenerator<Found[]> {
  const text = `SELECT rowid AS "row at", ${columnList(table)} FROM ${quoted(table.name)} WHERE rowid > ? ORDER BY rowid LIMIT ?`;
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = (await db.raw(text, [after, AT_ONCE])) as Found[];
    if (rows.length > 0) yield rows;
    if (rows.length < AT_ONCE) return;
    after = Number(rows.at(-1)?.['row at']);
  }
}

async function* byCursor(db: Db, table: Table): AsyncGenerator<Found[]> {
  await db.raw(`DECLARE copied NO SCROLL CURSOR FOR SELECT ${columnList(table)} FROM ${quoted(table.name)}`);
  for (;;) {
    const { rows } = (await db.raw(`FETCH ${AT_ONCE} FROM copied`)) as { rows: Found[] };
    if (rows.length > 0) yield rows;
    if (rows.length < AT_ONCE) break;
  }
  await db.raw('CLOSE copied');
}

const rowOf = ({ columns, booleans }: Table, row: Found): CopiedRow =>
  columns.map((column) => {
    const value = row[column] ?? null;
    if (booleans.has(column) && value !== null) return Boolean(value);
    // PostgreSQL has no text with a NUL in it.
    return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value;
  });

/** Counts a table as it stands, and adds it up. */
export async function tallyOf(db: Db, table: Table): Promise<Tally> {
  const tally = createTally();
  for await (const rows of readTable(db, table)) for (const row of rows) tally.add(row);
  return tally.result();
}

/** The highest number that each table has ever given to a row: none is given twice, also where its row is gone. */
export async function readSequences(db: Db, tables: readonly Table[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { name, columns } of tables) {
    if (!columns.includes('id')) continue;
    const last = dialectOf(db) === 'sqlite' ? await sqliteLast(db, name) : await postgresLast(db, name);
    if (last !== null) found[name] = last;
  }
  return found;
}

async function sqliteLast(db: Db, name: string): Promise<number | null> {
  const row = await db('sqlite_sequence').where({ name }).first('seq');
  return row ? Number(row.seq) : null;
}

async function postgresLast(db: Db, name: string): Promise<number | null> {
  const sequence = await sequenceOf(db, name);
  if (!sequence) return null;
  const { rows } = await db.raw(`SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM ${sequence}`);
  return Number(rows[0].last);
}

/** The sequence that gives a table its numbers, quoted where it has to be. */
export async function sequenceOf(db: Db, name: string): Promise<string | null> {
  const { rows } = await db.raw(`SELECT pg_get_serial_sequence(?, 'id') AS name`, [quoted(name)]);
  return rows[0].name;
}
