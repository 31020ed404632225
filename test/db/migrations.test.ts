import { migrate, openDb, rollback, tablesOf, type Db } from '../../src/db/index.ts';
import { WrongSetting } from '../../src/lib/settings.ts';
import { eachDatabase, freshDatabase } from '../support/databases.ts';

/** Every table and column that there is. */
async function shapeOf(db: Db): Promise<Record<string, string[]>> {
  const sqlite = db.client.config.client !== 'pg';
  const names: string[] = sqlite
    ? await db('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite%').pluck('name')
    : await db('pg_tables').where({ schemaname: 'public' }).pluck('tablename');
  const tables = names.filter((name) => !name.startsWith('migrations')).sort();
  const shapes = await Promise.all(tables.map(async (name) => [name, Object.keys(await db(name).columnInfo()).sort()]));
  return Object.fromEntries(shapes) as Record<string, string[]>;
}

eachDatabase((open, dialect) => {
  test('every step can be taken back, and taken again', async () => {
    const db = await open();
    const whole = await shapeOf(db);
    expect(Object.keys(whole)).toEqual(expect.arrayContaining(['accounts', 'images', 'jobs', 'sessions']));
    await rollback(db, true);
    expect(await shapeOf(db)).toEqual({});
    await migrate(db);
    expect(await shapeOf(db)).toEqual(whole);
  });

  test('every table can be copied into the other database: it has the same columns there, of kinds that both know', async () => {
    const [here, there] = await Promise.all([open(), freshDatabase(dialect === 'sqlite' ? 'postgres' : 'sqlite')]);
    const other = openDb({ url: there.url });
    try {
      expect(await tablesOf(here)).toEqual(await tablesOf(other));
    } finally {
      await other.destroy();
      await there.drop();
    }
  });

  test('a start that finds nothing to do changes nothing', async () => {
    const db = await open();
    const before = await db('migrations').orderBy('id');
    await migrate(db);
    expect(await db('migrations').orderBy('id')).toEqual(before);
  });

  test('processes that start at the same time do not trip over one another', async () => {
    const { url, drop } = await freshDatabase(dialect);
    const dbs = [openDb({ url }), openDb({ url }), openDb({ url })];
    try {
      await Promise.all(dbs.map((db) => migrate(db)));
      expect(await dbs[0]?.('accounts')).toEqual([]);
    } finally {
      for (const db of dbs) await db.destroy();
      await drop();
    }
  });

  test('a schema that a newer release has changed is one sentence, and is left as it is', async () => {
    const db = await open();
    await db('migrations').insert({ name: '999_from_the_future', batch: 99, migration_time: new Date() });
    const error = await migrate(db).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WrongSetting);
    expect((error as Error).message).toBe(
      'DATABASE_URL leads to a database that a newer release of Bowerbird has changed (999_from_the_future): please start that release.',
    );
    expect(await db('migrations').where({ name: '999_from_the_future' })).toHaveLength(1);
  });
});
