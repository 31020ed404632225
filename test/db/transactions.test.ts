import { query, type Db } from '../../src/db/index.ts';
import { eachDatabase, onDatabase } from '../support/databases.ts';

const numbers = query<{ n: number }>('SELECT n FROM counters WHERE id = ?');
const byText = query<{ id: number }>('SELECT id FROM counters WHERE label = ? ORDER BY id LIMIT ?');

async function counters(db: Db) {
  await db.schema.createTable('counters', (t) => {
    t.integer('id').primary();
    t.integer('n').notNullable();
    t.text('label');
  });
  await db('counters').insert([
    { id: 1, n: 0, label: 'one' },
    { id: 2, n: 0, label: "it's" },
  ]);
}

onDatabase('sqlite', (open) => {
  test('two hundred transactions over four connections, each reading and then writing, lose nothing', async () => {
    const db = await open({ connections: 4 });
    await counters(db);
    const add = () =>
      db.transaction(async (trx) => {
        const row = await numbers.first(trx, [1]);
        await trx('counters')
          .where({ id: 1 })
          .update({ n: (row?.n ?? 0) + 1 });
      });
    await Promise.all(Array.from({ length: 200 }, add));
    expect(await numbers.first(db, [1])).toEqual({ n: 200 });
  });

  test('writers that wait for a long one keep nobody from reading, and come in the order in which they asked', async () => {
    const db = await open({ connections: 2 });
    await counters(db);
    const order: number[] = [];
    let end = () => {};
    const ending = new Promise<void>((resolve) => (end = resolve));
    const long = db.transaction(async (trx) => {
      await trx('counters').where({ id: 1 }).update({ n: 1 });
      await ending;
    });
    const waiting = [3, 4, 5, 6].map(async (id) => {
      await db('counters').insert({ id, n: id });
      order.push(id);
    });
    expect(await numbers.first(db, [1])).toEqual({ n: 0 });
    expect(order).toEqual([]);
    end();
    await Promise.all([long, ...waiting]);
    expect(order).toEqual([3, 4, 5, 6]);
    expect(await numbers.first(db, [1])).toEqual({ n: 1 });
  });

  test('what was committed is on the disk, and foreign keys hold, on every connection', async () => {
    const db = await open({ connections: 4 });
    const ask = () =>
      db.transaction(async (trx) => {
        const [[mode], [sync], [keys]] = [
          await trx.raw('PRAGMA journal_mode'),
          await trx.raw('PRAGMA synchronous'),
          await trx.raw('PRAGMA foreign_keys'),
        ];
        return { ...mode, ...sync, ...keys };
      });
    for (const pragmas of await Promise.all([ask(), ask(), ask(), ask()]))
      expect(pragmas).toEqual({ journal_mode: 'wal', synchronous: 2, foreign_keys: 1 });
  });
});

eachDatabase((open, dialect) => {
  test('a hot query inside a transaction sees what the transaction wrote; outside nobody does before the end', async () => {
    const db = await open({ connections: 2 });
    await counters(db);
    await db.transaction(async (trx) => {
      await trx('counters').where({ id: 1 }).update({ n: 7 });
      expect(await numbers.first(trx, [1])).toEqual({ n: 7 });
      expect(await numbers.first(db, [1])).toEqual({ n: 0 });
    });
    expect(await numbers.first(db, [1])).toEqual({ n: 7 });
  });

  test('what a transaction wrote is gone when it fails, also for hot queries', async () => {
    const db = await open();
    await counters(db);
    const failing = db.transaction(async (trx) => {
      await trx('counters').where({ id: 1 }).update({ n: 7 });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await numbers.first(db, [1])).toEqual({ n: 0 });
  });

  test('values of a hot query are values, whatever they hold', async () => {
    const db = await open();
    await counters(db);
    expect(await byText.all(db, ["it's", 5])).toEqual([{ id: 2 }]);
    expect(await byText.all(db, ["' OR 1=1 --", 5])).toEqual([]);
    expect(await numbers.first(db, [99])).toBeUndefined();
  });

  test('a hot query gives its connection back, also when it fails', async () => {
    const db = await open({ connections: 1 });
    await counters(db);
    const broken = query('SELECT n FROM nowhere WHERE id = ?');
    for (let i = 0; i < 5; i++) await expect(broken.all(db, [1])).rejects.toThrow(/nowhere/);
    expect(await numbers.first(db, [1])).toEqual({ n: 0 });
  });

  test('an error of the database names no value that was in its statement', async () => {
    const db = await open();
    await counters(db);
    const error = await db('counters')
      .insert({ id: 1, n: 1, label: 'a very private title' })
      .catch((caught: unknown) => caught as Error);
    expect(String((error as Error).message)).toMatch(dialect === 'sqlite' ? /UNIQUE/ : /duplicate key/);
    expect((error as Error).message).not.toContain('a very private title');
  });
});
