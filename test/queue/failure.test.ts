import { notFound } from '../../src/errors.ts';
import { enqueue, retryDelay } from '../../src/queue/index.ts';
import { diskFull } from '../../src/storage/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { rows, until, workshop } from './bench.ts';

test('each pause is twice the one before, up to the longest, and half of it is left to chance', () => {
  const backoff = { attempts: 9, firstMs: 1000, maxMs: 5000 };
  const between = (attempt: number) => [retryDelay(backoff, attempt, 0), retryDelay(backoff, attempt, 1)];
  expect([1, 2, 3, 4, 100].map(between)).toEqual([
    [500, 1000],
    [1000, 2000],
    [2000, 4000],
    [2500, 5000],
    [2500, 5000],
  ]);
});

eachDatabase((open) => {
  const shop = workshop();
  const backoff = { attempts: 3, firstMs: 1000, maxMs: 1000 };

  test('what failed is tried again after a pause, and no sooner', async () => {
    const db = await open();
    await enqueue(db, 'fetch', {});
    let runs = 0;
    const fetch = async () => {
      runs += 1;
      if (runs === 1) throw new Error('unreachable');
    };
    const worker = shop.start(db, { fetch }, { backoff });
    await worker.idle();
    expect(runs).toBe(1);
    expect((await rows(db))[0]?.last_error).toContain('unreachable');
    expect(shop.logged('warn')).toHaveLength(1);
    shop.clock.pass(1000);
    await worker.idle();
    expect(runs).toBe(2);
    expect(await rows(db)).toEqual([]);
  });

  test('after its last attempt it is a dead letter, said aloud and never begun again', async () => {
    const db = await open();
    await enqueue(db, 'fetch', {}, { key: '7' });
    let runs = 0;
    const fetch = async () => {
      runs += 1;
      throw new Error(`unreachable ${runs}\0`);
    };
    const worker = shop.start(db, { fetch }, { backoff });
    for (let n = 0; n < 5; n += 1) {
      await worker.idle();
      shop.clock.pass(1000);
    }
    expect(runs).toBe(3);
    expect(await rows(db)).toMatchObject([{ attempts: 3, lease_token: null, unique_key: '7' }]);
    const [dead] = await rows(db);
    expect(dead?.failed_at).toBe(shop.clock.now - 3000);
    expect(dead?.last_error).toContain('unreachable 3');
    expect(shop.logged('error').map(({ text }) => text)).toEqual(['job failed for good']);
  });

  test('a full disk is no fault of the job, which is tried again', async () => {
    const db = await open();
    await enqueue(db, 'store', {});
    let room = false;
    const store = async () => {
      if (!room) throw diskFull(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    };
    const worker = shop.start(db, { store }, { backoff });
    await worker.idle();
    expect(await rows(db)).toMatchObject([{ attempts: 1, failed_at: null }]);
    room = true;
    shop.clock.pass(1000);
    await worker.idle();
    expect(await rows(db)).toEqual([]);
  });

  test('a refusal is final at once', async () => {
    const db = await open();
    await enqueue(db, 'fetch', {});
    const fetch = async () => {
      throw notFound();
    };
    await shop.start(db, { fetch }, { backoff }).idle();
    const [dead] = await rows(db);
    expect(dead).toMatchObject({ attempts: 1, failed_at: shop.clock.now });
    expect(dead?.last_error).toContain('There is nothing at this address.');
  });

  test('a payload that is no JSON is a failure like any other', async () => {
    const db = await open();
    await enqueue(db, 'fetch', {});
    await db('jobs').update({ payload: '{' });
    let runs = 0;
    await shop.start(db, { fetch: async () => void (runs += 1) }, { backoff: { ...backoff, attempts: 1 } }).idle();
    expect(runs).toBe(0);
    expect((await rows(db))[0]?.failed_at).toBe(shop.clock.now);
  });

  test('a job that kills its process each time becomes a dead letter, and others pass it by', async () => {
    const db = await open();
    await enqueue(db, 'poison', {}, { priority: 1 });
    let begun = 0;
    const poison = () => new Promise<void>(() => void (begun += 1));
    for (let n = 1; n <= 3; n += 1) {
      const dying = shop.start(db, { poison }, { backoff, leaseMs: 1000 });
      await until(() => begun === n);
      await dying.stop(0);
      shop.clock.pass(1000);
    }
    await enqueue(db, 'render', {});
    let rendered = 0;
    await shop.start(db, { poison, render: async () => void (rendered += 1) }, { backoff }).idle();
    expect([begun, rendered]).toEqual([3, 1]);
    const [dead] = await rows(db);
    expect(dead).toMatchObject({ kind: 'poison', failed_at: shop.clock.now });
    expect(dead?.last_error).toContain('begun 3 times and never finished');
  });

  test('while a failed job waits for its next attempt, asking for the same work does not double it', async () => {
    const db = await open();
    const fetch = async () => {
      throw new Error('storage away');
    };
    const worker = shop.start(db, { fetch }, { backoff: { ...backoff, maxMs: 3_600_000, firstMs: 3_600_000 } });
    await enqueue(db, 'fetch', {}, { key: '7', runAt: shop.clock.now });
    await worker.idle();
    await enqueue(db, 'fetch', {}, { key: '7', runAt: shop.clock.now + 7_200_000 });
    expect(await rows(db)).toMatchObject([{ attempts: 1, unique_key: '7' }]);
  });

  test('a job that fails after the same work was asked for again gets in nobody’s way', async () => {
    const db = await open();
    const fetch = async () => {
      await enqueue(db, 'fetch', {}, { key: '7', runAt: shop.clock.now + 5000 });
      throw new Error('storage away');
    };
    await enqueue(db, 'fetch', {}, { key: '7' });
    await shop.start(db, { fetch }, { backoff }).idle();
    expect(await rows(db)).toMatchObject([
      { attempts: 1, unique_key: null, lease_token: null },
      { attempts: 0, unique_key: '7', lease_token: null },
    ]);
  });

  test('a dead letter does not keep the same work from being asked for', async () => {
    const db = await open();
    const fetch = async () => {
      throw notFound();
    };
    for (let n = 0; n < 2; n += 1) {
      await enqueue(db, 'fetch', {}, { key: '7' });
      await shop.start(db, { fetch }).idle();
    }
    expect((await rows(db)).map((row) => row.failed_at !== null)).toEqual([true, true]);
  });
});
