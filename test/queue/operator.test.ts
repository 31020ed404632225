import type { Db } from '../../src/db/index.ts';
import { notFound } from '../../src/errors.ts';
import { enqueue, listJobs, queueDepth, retryJob } from '../../src/queue/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { rows, until, workshop } from './bench.ts';

eachDatabase((open) => {
  const shop = workshop();

  /** One job of each state, the running one in a worker that hangs. */
  async function plant(db: Db) {
    const refuse = async () => {
      throw notFound();
    };
    await enqueue(db, 'dead', { n: 1 }, { runAt: 0 });
    await shop.start(db, { dead: refuse }).idle();
    await enqueue(db, 'running', {}, { runAt: 0 });
    await enqueue(db, 'waiting', {}, { runAt: shop.clock.now - 5000 });
    await enqueue(db, 'waiting', {}, { runAt: shop.clock.now - 1000 });
    await enqueue(db, 'later', {}, { runAt: shop.clock.now + 1000 });
    shop.start(db, { running: () => new Promise<void>(() => {}) });
    await until(async () => (await rows(db)).some((row) => row.lease_token));
  }

  test('an empty queue is empty', async () => {
    expect(await queueDepth(await open())).toEqual({ waiting: 0, later: 0, running: 0, dead: 0, oldestMs: 0 });
  });

  test('the operator sees how much there is to do, and for how long the oldest has waited', async () => {
    const db = await open();
    await plant(db);
    const depth = { waiting: 2, later: 1, running: 1, dead: 1, oldestMs: 5000 };
    expect(await queueDepth(db, shop.clock.now)).toEqual(depth);
  });

  test('the operator lists jobs page by page, or those of one state', async () => {
    const db = await open();
    await plant(db);
    const { now } = shop.clock;
    const states = (await listJobs(db, { now })).map(({ state }) => state);
    expect(states).toEqual(['dead', 'running', 'waiting', 'waiting', 'later']);
    const [first, second] = await listJobs(db, { now, limit: 2 });
    expect((await listJobs(db, { now, limit: 2, after: second?.id ?? 0 })).map(({ kind }) => kind)).toEqual([
      'waiting',
      'waiting',
    ]);
    expect(await listJobs(db, { now, state: 'dead' })).toEqual([first]);
    expect(first).toMatchObject({ kind: 'dead', payload: '{"n":1}', attempts: 1, failedAt: now });
    expect(first?.lastError).toContain('There is nothing at this address.');
  });

  test('a dead letter that is tried again is due at once, with all its attempts', async () => {
    const db = await open();
    await plant(db);
    const [dead] = await listJobs(db, { state: 'dead' });
    expect(await retryJob(db, dead?.id ?? 0)).toBe(true);
    const attempts: number[] = [];
    await shop.start(db, { dead: async (job) => void attempts.push(job.attempts) }).idle();
    expect(attempts).toEqual([1]);
  });

  test('a dead letter is tried again beside the same work that was asked for since', async () => {
    const db = await open();
    const refuse = async () => {
      throw notFound();
    };
    await enqueue(db, 'fetch', {}, { key: '7' });
    await shop.start(db, { fetch: refuse }).idle();
    await enqueue(db, 'fetch', {}, { key: '7' });
    const [dead] = await rows(db);
    expect(await retryJob(db, dead?.id ?? 0)).toBe(true);
    expect((await rows(db)).map(({ unique_key }) => unique_key)).toEqual([null, '7']);
  });

  test('what runs, or does not exist, cannot be tried again', async () => {
    const db = await open();
    await plant(db);
    const [running] = await listJobs(db, { state: 'running', now: shop.clock.now });
    expect(await retryJob(db, running?.id ?? 0)).toBe(false);
    expect(await retryJob(db, 999)).toBe(false);
  });
});
