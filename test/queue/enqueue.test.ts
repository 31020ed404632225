import { enqueue } from '../../src/queue/index.ts';
import { eachDatabase, onDatabase } from '../support/databases.ts';
import { gate, rows, workshop } from './bench.ts';

eachDatabase((open) => {
  const shop = workshop();

  test('a job runs with its payload and is gone afterwards', async () => {
    const db = await open();
    await db.transaction((trx) => enqueue(trx, 'render', { image: 7 }));
    const seen: unknown[] = [];
    await shop.start(db, { render: async (job) => void seen.push([job.kind, job.payload, job.attempts]) }).idle();
    expect(seen).toEqual([['render', { image: 7 }, 1]]);
    expect(await rows(db)).toEqual([]);
  });

  test('a job asked for in a transaction that is rolled back was never asked for', async () => {
    const db = await open();
    const rolledBack = db.transaction(async (trx) => {
      await enqueue(trx, 'render', { image: 7 });
      throw new Error('no image');
    });
    await expect(rolledBack).rejects.toThrow('no image');
    expect(await rows(db)).toEqual([]);
  });

  test('asking twice for work that waits makes one job, and the transaction goes on', async () => {
    const db = await open();
    await db.transaction(async (trx) => {
      await enqueue(trx, 'render', { image: 7 }, { key: '7' });
      await enqueue(trx, 'render', { image: 7 }, { key: '7' });
      await enqueue(trx, 'recount', {}, { key: '7' });
    });
    expect((await rows(db)).map(({ kind }) => kind)).toEqual(['render', 'recount']);
  });

  test('of two times asked for, the earlier one counts', async () => {
    const db = await open();
    for (const runAt of [2000, 1000, 3000]) await enqueue(db, 'sweep', {}, { key: 'sweep', runAt });
    expect((await rows(db)).map((row) => row.run_at)).toEqual([1000]);
  });

  test('a key may be as long as it likes', async () => {
    const db = await open();
    const long = 'k'.repeat(500);
    for (const key of [long, `${long}2`, long]) await enqueue(db, 'fetch', {}, { key });
    expect(await rows(db)).toHaveLength(2);
  });

  test('the same work may be asked for again while it runs, and runs again', async () => {
    const db = await open();
    const { opened, open: letGo } = gate();
    let runs = 0;
    const render = async () => {
      runs += 1;
      if (runs > 1) return;
      await enqueue(db, 'render', {}, { key: '7' });
      letGo();
    };
    await enqueue(db, 'render', {}, { key: '7' });
    const worker = shop.start(db, { render });
    await opened;
    await worker.idle();
    expect(runs).toBe(2);
  });
});

onDatabase('postgres', (open) => {
  const shop = workshop();

  test('work asked for again is not begun before the changes that asked for it are there to see', async () => {
    const db = await open();
    await db.schema.createTable('pictures', (t) => void t.integer('version'));
    await db('pictures').insert({ version: 1 });
    await enqueue(db, 'render', {}, { key: '7' });
    const seen: unknown[] = [];
    const render = async () => void seen.push(await db('pictures').pluck('version'));
    const change = await db.transaction();
    await change('pictures').update({ version: 2 });
    await enqueue(change, 'render', {}, { key: '7' });
    const worker = shop.start(db, { render });
    await worker.idle();
    expect(seen).toEqual([]);
    await change.commit();
    await worker.idle();
    expect(seen).toEqual([[2]]);
  });
});
