import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knex from 'knex';
import type { Db } from './dialect.ts';
import { WrongSetting } from '../lib/settings.ts';
import { migrations } from './migrations.ts';
import { hasMoved } from './moved.ts';
import { postgresConfig } from './postgres.ts';
import { sqliteConfig } from './sqlite.ts';

export { takeAlone, type Alone } from './alone.ts';
export * from './copy/index.ts';
export { ALL, BIG, countInLists, SMALL, type Count } from './counted.ts';
export {
  countedQueries,
  pageNumber,
  placeOf,
  namedPage,
  readCounted,
  rowPlace,
  totalOf,
  type CountedList,
  type ListPart,
  type Wanted,
} from './counted-pages.ts';
export { dialectOf, jsonRows, readRows, type Db, type Dialect } from './dialect.ts';
export { hasMoved, markMoved, saysMoved, unmarkMoved } from './moved.ts';
export { bySize } from './by-size.ts';
export { refuseDamaged } from './damage.ts';
export { onDiskFailure } from './sqlite.ts';
export { named, namedPart, type NamedQuery, type Values } from './named.ts';
export { oneQuery, type Part } from './one-query.ts';
export { openPlain, type PlainFile } from './plain.ts';
export { saysReadOnly, takesNothing } from './unwritable.ts';
export { createVersions, VERSION, type Versions } from './version.ts';
export { query, type Query, type QueryText } from './query.ts';

export interface DatabaseSettings {
  /** `sqlite:/path/to/file` or `postgres://…` */
  url: string;
  /** How many connections at most; SQLite 4, PostgreSQL 10 when left out. */
  connections?: number;
  /** How long a query waits for a connection, in milliseconds; 10,000 when left out. */
  acquireTimeoutMs?: number;
}

/** Opens the database; nothing is read or made before the first query. `db.destroy()` closes it. */
export function openDb({ url, connections, acquireTimeoutMs = 10_000 }: DatabaseSettings): Db {
  if (!url.startsWith('sqlite:'))
    return knex(postgresConfig({ url, connections: connections ?? 10, acquireTimeoutMs }));
  const file = url.slice('sqlite:'.length);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return knex(sqliteConfig({ file, connections: connections ?? 4, acquireTimeoutMs }));
}

/**
 * Brings the schema up to date; several processes may call it at once.
 * @throws WrongSetting when a newer release than this one has changed the schema, or the database has moved
 */
export async function migrate(db: Db): Promise<void> {
  await refuseNewer(db);
  if (await hasMoved(db)) throw new WrongSetting('setting.moved', {});
  await db.migrate.latest({ migrationSource: migrations, tableName: 'migrations' });
}

async function refuseNewer(db: Db) {
  const { newer } = await schemaState(db);
  if (newer) throw new WrongSetting('setting.newer_schema', { step: newer });
}

/** How many steps the schema lacks, and the newest that this release does not know. */
export async function schemaState(db: Db): Promise<{ missing: number; newer: string | null }> {
  const known = (await migrations.getMigrations([])).map((step) => migrations.getMigrationName(step));
  if (!(await db.schema.hasTable('migrations'))) return { missing: known.length, newer: null };
  const done: string[] = await db('migrations').orderBy('name', 'desc').pluck('name');
  const newer = done.find((name) => !known.includes(name)) ?? null;
  return { missing: known.filter((name) => !done.includes(name)).length, newer };
}

/** The steps that the schema has taken, in order. */
export const stepsOf = (db: Db): Promise<string[]> => db('migrations').orderBy('name').pluck('name');

/** Those of some steps that this release does not know. */
export const unknownSteps = async (steps: readonly string[]): Promise<string[]> => {
  const known = new Set((await migrations.getMigrations([])).map((step) => migrations.getMigrationName(step)));
  return steps.filter((name) => !known.has(name));
};

/** Gives an empty database the schema that it had after exactly these steps: rows of an older release fit into that alone. */
export async function migrateTo(db: Db, steps: readonly string[]): Promise<void> {
  if ((await stepsOf(db)).join() === steps.join()) return;
  await rollback(db, true);
  const some = {
    ...migrations,
    getMigrations: async () => (await migrations.getMigrations([])).filter(([name]) => steps.includes(name)),
  };
  await db.migrate.latest({ migrationSource: some, tableName: 'migrations' });
}

/** Takes the newest migration back, or all of them. */
export async function rollback(db: Db, all = false): Promise<void> {
  await db.migrate.rollback({ migrationSource: migrations, tableName: 'migrations' }, all);
}
