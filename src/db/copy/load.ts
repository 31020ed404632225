import { dialectOf, type Db } from '../dialect.ts';
import { query, type Query } from '../query.ts';
import { sequenceOf } from './read.ts';
import { columnList, quoted, type Table } from './tables.ts';
import type { CopiedRow } from './tally.ts';

/** Values of one statement: SQLite takes 32,766 at most. */
const VALUES = 10_000;

/**
 * Puts rows into tables in whatever order they come: what refers to what is looked at when the work is over. Within a
 * transaction.
 */
export async function inAnyOrder<T>(trx: Db, work: () => Promise<T>): Promise<T> {
  if (dialectOf(trx) === 'sqlite') {
    // SQLite itself takes this back when the transaction ends.
    await trx.raw('PRAGMA defer_foreign_keys = ON');
    return work();
  }
  const { rows } = await trx.raw(`SELECT conrelid::regclass AS of, quote_ident(conname) AS name FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`);
  const each = async (how: string) => {
    for (const { of, name } of rows) await trx.raw(`ALTER TABLE ${of} ALTER CONSTRAINT ${name} ${how}`);
  };
  await each('DEFERRABLE INITIALLY DEFERRED');
  const done = await work();
  await trx.raw('SET CONSTRAINTS ALL IMMEDIATE');
  await each('NOT DEFERRABLE');
  return done;
}

export async function clearTables(trx: Db, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) await trx.raw(`DELETE FROM ${quoted(name)}`);
}

export async function putRows(trx: Db, table: Table, rows: readonly CopiedRow[]): Promise<void> {
  for (let at = 0; at < rows.length;) {
    const many = SIZES.find((size) => size <= rows.length - at && size * table.columns.length <= VALUES) ?? 1;
    await insertOf(table, many).all(trx, rows.slice(at, at + many).flat());
    at += many;
  }
}

/** A few sizes of statements, so that each is compiled once and not for every last few rows. */
const SIZES = [256, 64, 16, 4, 1];

const inserts = new Map<string, Query<never>>();

function insertOf(table: Table, many: number): Query<never> {
  const places = `(${table.columns.map(() => '?').join(', ')})`;
  const values = Array.from({ length: many }, () => places).join(', ');
  const text = `INSERT INTO ${quoted(table.name)} (${columnList(table)}) VALUES ${values}`;
  const found = inserts.get(text) ?? query<never>(text);
  inserts.set(text, found);
  return found;
}

/** Goes on with numbers where the other database has left off. */
export async function setSequences(trx: Db, last: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, n] of Object.entries(last)) {
    if (dialectOf(trx) === 'sqlite') {
      await trx('sqlite_sequence').where({ name }).delete();
      await trx('sqlite_sequence').insert({ name, seq: n });
      continue;
    }
    const sequence = await sequenceOf(trx, name);
    if (sequence) await trx.raw('SELECT setval(?::regclass, ?, ?)', [sequence, Math.max(n, 1), n > 0]);
  }
}
