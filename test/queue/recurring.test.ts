import { enqueue, ensureRecurring, recurring } from '../../src/queue/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { rows, workshop } from './bench.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 0, 1, 12);

eachDatabase((open) => {
  const shop = workshop();

  test('however many processes ask for it, one run waits, within one period from now', async () => {
    const db = await open();
    await Promise.all(Array.from({ length: 10 }, () => ensureRecurring(db, 'sweep', HOUR, NOON)));
    const [only, ...more] = await rows(db);
    expect(more).toEqual([]);
    expect(only?.run_at).toBeGreaterThan(NOON);
    expect(only?.run_at).toBeLessThanOrEqual(NOON + HOUR);
  });

  test('a run that is overdue is not put off by a start', async () => {
    const db = await open();
    await ensureRecurring(db, 'sweep', HOUR, NOON);
    const [before] = await rows(db);
    await ensureRecurring(db, 'sweep', HOUR, NOON + 10 * HOUR);
    expect(await rows(db)).toEqual([before]);
  });

  test('a clock that was years ahead for a while does not stop it for years', async () => {
    const db = await open();
    await ensureRecurring(db, 'sweep', HOUR, NOON + 90_000 * HOUR);
    await ensureRecurring(db, 'sweep', HOUR, NOON);
    expect((await rows(db))[0]?.run_at).toBeLessThanOrEqual(NOON + HOUR);
  });

  test('each run puts down the next; runs that were missed are not made up for', async () => {
    const db = await open();
    const earliest = Date.now();
    await ensureRecurring(db, 'sweep', HOUR, earliest - 10 * HOUR);
    let runs = 0;
    await shop.start(db, { sweep: recurring(db, HOUR, async () => void (runs += 1)) }, { now: Date.now }).idle();
    expect(runs).toBe(1);
    const [next] = await rows(db);
    expect(next).toMatchObject({ kind: 'sweep', attempts: 0 });
    expect(next?.run_at).toBeGreaterThan(earliest);
  });

  test('a run that fails for good does not end the chain', async () => {
    const db = await open();
    await enqueue(db, 'sweep', {}, { key: 'recurring' });
    const work = async () => {
      throw new Error('disk away');
    };
    await shop.start(db, { sweep: recurring(db, 24 * HOUR, work) }, { backoff: { attempts: 1 }, now: Date.now }).idle();
    expect((await rows(db)).map((row) => row.failed_at !== null)).toEqual([true, false]);
  });
});
