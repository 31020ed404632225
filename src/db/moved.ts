import { quoted, type Table } from './copy/index.ts';
import { dialectOf, type Db } from './dialect.ts';

/** What a database says that has moved, in the name of its triggers and in its errors. */
const MARK = 'moved_away';
/** As PostgreSQL says that it takes nobody just now: whoever tries to write is told to come back. */
const NOT_NOW = '57P03';

/**
 * Lets a database that was copied into another take no more writes, by whichever process: what a site that still runs on it
 * would write there would be lost.
 */
export async function markMoved(trx: Db, tables: readonly Table[]): Promise<void> {
  const sqlite = dialectOf(trx) === 'sqlite';
  if (!sqlite)
    await trx.raw(`CREATE FUNCTION ${MARK}() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '${MARK}' USING ERRCODE = '${NOT_NOW}'; END $$`);
  for (const { name } of tables)
    for (const statement of sqlite ? sqliteMarks(name) : [postgresMark(name)]) await trx.raw(statement);
}

const sqliteMarks = (table: string): string[] =>
  ['INSERT', 'UPDATE', 'DELETE'].map(
    (what) => `CREATE TRIGGER "${MARK}_${table}_${what.toLowerCase()}" BEFORE ${what} ON ${quoted(table)}
      BEGIN SELECT RAISE(ABORT, '${MARK}'); END`,
  );

const postgresMark = (table: string): string =>
  `CREATE TRIGGER ${MARK} BEFORE INSERT OR UPDATE OR DELETE ON ${quoted(table)} FOR EACH STATEMENT EXECUTE FUNCTION ${MARK}()`;

export const hasMoved = async (db: Db): Promise<boolean> => (await marksOf(db)).length > 0;

async function marksOf(db: Db): Promise<string[]> {
  if (dialectOf(db) === 'sqlite')
    return db('sqlite_master').where({ type: 'trigger' }).where('name', 'like', `${MARK}%`).pluck('name');
  return db('pg_proc')
    .where({ proname: MARK })
    .whereRaw('pronamespace = current_schema()::regnamespace')
    .pluck('proname');
}

/** Lets it take writes again; answers whether it had moved. */
export async function unmarkMoved(db: Db): Promise<boolean> {
  return db.transaction(async (trx) => {
    const marks = await marksOf(trx);
    for (const name of marks)
      await trx.raw(dialectOf(trx) === 'sqlite' ? `DROP TRIGGER ${quoted(name)}` : `DROP FUNCTION ${name}() CASCADE`);
    return marks.length > 0;
  });
}

/** Whether a write failed because the database has moved: asked by shape, since jest's errors come from another realm. */
export const saysMoved = (error: unknown): boolean =>
  String((error as { message?: unknown } | null)?.message ?? '').endsWith(MARK);
