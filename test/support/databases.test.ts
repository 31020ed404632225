import { dialectOf, type Db } from '../../src/db/index.ts';
import { eachDatabase } from './databases.ts';

eachDatabase((open, dialect) => {
  let kept: Db;
  beforeAll(async () => {
    kept = await open();
    await kept.schema.createTable('kept', (t) => void t.integer('n'));
  });

  test('a test gets the database it asked for, with the schema in it', async () => {
    const db = await open();
    expect(dialectOf(db)).toBe(dialect);
    expect(await db('accounts')).toEqual([]);
  });

  test('what one test writes, the next one does not find', async () => {
    const [first, second] = [await open(), await open()];
    await first.schema.createTable('scribble', (t) => void t.integer('n'));
    expect(await first.schema.hasTable('scribble')).toBe(true);
    expect(await second.schema.hasTable('scribble')).toBe(false);
  });

  test('what was opened before all tests stays open for all of them', async () => {
    expect(await kept.schema.hasTable('kept')).toBe(true);
  });
});
