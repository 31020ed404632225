import type { Db } from '../../src/db/index.ts';
import { enqueue } from '../../src/queue/index.ts';
import { claimer } from '../../src/queue/lease.ts';
import { eachDatabase } from '../support/databases.ts';
import { gate, rows, until, workshop } from './bench.ts';

const enqueueFifty = (db: Db) =>
  db.transaction(async (trx) => {
    for (let n = 0; n < 50; n += 1) await enqueue(trx, 'count', { n });
  });

eachDatabase((open) => {
  const shop = workshop();

  test('of fifty claims at once no two get the same job', async () => {
    const db = await open({ connections: 4 });
    await enqueueFifty(db);
    const claim = claimer(['count'], 1, 30_000, undefined);
    const claimed = await Promise.all(Array.from({ length: 50 }, () => claim(db, [])));
    const ids = claimed.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // On PostgreSQL a claim may pass by what another is just claiming; what it left is there for the next.
    const left = await Promise.all(Array.from({ length: 50 - ids.length }, () => claim(db, [])));
    expect(new Set([...ids, ...left.flat().map(({ id }) => id)]).size).toBe(50);
  });

  test('five workers do fifty jobs, each of them once', async () => {
    const db = await open({ connections: 4 });
    await enqueueFifty(db);
    const done: unknown[] = [];
    const count = async ({ payload }: { payload: Record<string, unknown> }) => void done.push(payload['n']);
    const workers = Array.from({ length: 5 }, () => shop.start(db, { count }, { concurrency: 3 }));
    await Promise.all(workers.map((worker) => worker.idle()));
    expect(done.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(await rows(db)).toEqual([]);
  });

  test('what is urgent comes first, then what is due longest', async () => {
    const db = await open();
    await enqueue(db, 'say', { word: 'third' }, { runAt: 2000 });
    await enqueue(db, 'say', { word: 'second' }, { runAt: 1000 });
    await enqueue(db, 'say', { word: 'first' }, { runAt: 3000, priority: 10 });
    const said: unknown[] = [];
    await shop.start(db, { say: async ({ payload }) => void said.push(payload['word']) }).idle();
    expect(said).toEqual(['first', 'second', 'third']);
  });

  test('a job waits for its time', async () => {
    const db = await open();
    await enqueue(db, 'remind', {}, { runAt: shop.clock.now + 1000 });
    let runs = 0;
    const worker = shop.start(db, { remind: async () => void (runs += 1) });
    await worker.idle();
    expect(runs).toBe(0);
    shop.clock.pass(1000);
    await worker.idle();
    expect(runs).toBe(1);
  });

  test('no more jobs run at once than it was told', async () => {
    const db = await open();
    for (let n = 0; n < 5; n += 1) await enqueue(db, 'wait', {});
    const { opened, open: letGo } = gate();
    let runs = 0;
    const wait = async () => {
      runs += 1;
      await opened;
    };
    const worker = shop.start(db, { wait }, { concurrency: 2 });
    await until(() => runs === 2);
    worker.wake();
    expect((await rows(db)).filter((row) => row.lease_token).length).toBe(2);
    letGo();
    await worker.idle();
    expect(runs).toBe(5);
  });

  test('a kind it does not know is left to a newer process, untouched', async () => {
    const db = await open();
    await enqueue(db, 'invented-next-year', {});
    await shop.start(db, { render: async () => {} }).idle();
    expect(await rows(db)).toMatchObject([{ attempts: 0, lease_token: null, failed_at: null }]);
  });

  test('it finds a job by itself, without being woken', async () => {
    const db = await open();
    let runs = 0;
    const worker = shop.start(db, { render: async () => void (runs += 1) }, { pollMs: 10 });
    await worker.idle();
    await enqueue(db, 'render', {});
    await until(() => runs === 1);
  });

  test('while the database is away it waits, says so once, and goes on afterwards', async () => {
    const db = await open();
    await enqueue(db, 'render', {});
    await db.schema.renameTable('jobs', 'away');
    let runs = 0;
    let looks = 0;
    const now = () => {
      looks += 1;
      return shop.clock.now;
    };
    const worker = shop.start(db, { render: async () => void (runs += 1) }, { pollMs: 10, now });
    await until(() => looks > 3);
    await db.schema.renameTable('away', 'jobs');
    await worker.idle();
    expect(runs).toBe(1);
    expect(shop.logged('error')).toHaveLength(1);
  });

  test('stopping waits for what runs, and begins nothing more', async () => {
    const db = await open();
    for (let n = 0; n < 2; n += 1) await enqueue(db, 'wait', {});
    const { opened, open: letGo } = gate();
    let runs = 0;
    const wait = async () => {
      runs += 1;
      await opened;
    };
    const worker = shop.start(db, { wait });
    await until(() => runs === 1);
    let stopped = false;
    const stopping = worker.stop(10_000).then(() => (stopped = true));
    expect((await rows(db)).length).toBe(2);
    expect(stopped).toBe(false);
    letGo();
    await stopping;
    expect(runs).toBe(1);
    expect(await rows(db)).toMatchObject([{ attempts: 0, lease_token: null }]);
  });

  test('stopping gives back at once what was claimed and not begun', async () => {
    const db = await open();
    await enqueue(db, 'render', {}, { key: '7' });
    let runs = 0;
    const worker = shop.start(db, { render: async () => void (runs += 1) });
    await worker.stop(10_000);
    expect(runs).toBe(0);
    expect(await rows(db)).toMatchObject([{ attempts: 0, lease_token: null, lease_until: null, unique_key: '7' }]);
  });

  test('stopping does not wait longer than its grace for a job that hangs', async () => {
    const db = await open();
    await enqueue(db, 'hang', {});
    let runs = 0;
    const hang = () => new Promise<void>(() => void (runs += 1));
    const worker = shop.start(db, { hang });
    await until(() => runs === 1);
    await worker.stop(1);
    expect(shop.logged('warn').map(({ text }) => text)).toEqual(['stopped while jobs run']);
  });
});
