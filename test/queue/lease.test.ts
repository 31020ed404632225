import { enqueue } from '../../src/queue/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { gate, rows, until, workshop } from './bench.ts';

const LEASE = 30_000;

eachDatabase((open) => {
  const shop = workshop();
  const hang = () => new Promise<void>(() => {});

  test('a job whose worker died is done by another when its lease is over, not before', async () => {
    const db = await open();
    await enqueue(db, 'render', {}, { key: '7' });
    const dying = shop.start(db, { render: hang }, { leaseMs: LEASE });
    await until(async () => (await rows(db))[0]?.lease_token != null);
    await dying.stop(0);
    const attempts: number[] = [];
    const heir = shop.start(db, { render: async (job) => void attempts.push(job.attempts) }, { leaseMs: LEASE });
    shop.clock.pass(LEASE - 1);
    await heir.idle();
    expect(attempts).toEqual([]);
    shop.clock.pass(1);
    await heir.idle();
    expect(attempts).toEqual([2]);
    expect(await rows(db)).toEqual([]);
  });

  test('a job that takes longer than its lease keeps it by renewal', async () => {
    const db = await open();
    await enqueue(db, 'render', {});
    const { opened, open: letGo } = gate();
    const owner = shop.start(db, { render: () => opened }, { leaseMs: 60 });
    await until(async () => (await rows(db))[0]?.lease_until === shop.clock.now + 60);
    shop.clock.pass(50);
    await until(async () => (await rows(db))[0]?.lease_until === shop.clock.now + 60);
    shop.clock.pass(50);
    let taken = 0;
    await shop.start(db, { render: async () => void (taken += 1) }).idle();
    expect(taken).toBe(0);
    letGo();
    await owner.idle();
    expect(await rows(db)).toEqual([]);
  });

  test('who finishes after losing the lease does not take the job from its new owner', async () => {
    const db = await open();
    await enqueue(db, 'render', {});
    const [slow, quick] = [gate(), gate()];
    const late = shop.start(db, { render: () => slow.opened }, { leaseMs: LEASE });
    await until(async () => (await rows(db))[0]?.lease_token != null);
    shop.clock.pass(LEASE);
    const owner = shop.start(db, { render: () => quick.opened }, { leaseMs: LEASE });
    await until(async () => (await rows(db))[0]?.attempts === 2);
    slow.open();
    await late.idle();
    expect(await rows(db)).toHaveLength(1);
    expect(shop.logged('warn').map(({ text }) => text)).toEqual(['job done after its lease was lost']);
    quick.open();
    await owner.idle();
    expect(await rows(db)).toEqual([]);
  });

  test('a clock that jumps does not make a process begin again what it is running', async () => {
    const db = await open();
    await enqueue(db, 'render', {});
    const { opened, open: letGo } = gate();
    let runs = 0;
    const render = async () => {
      runs += 1;
      await opened;
    };
    const worker = shop.start(db, { render }, { concurrency: 2, leaseMs: LEASE });
    await until(() => runs === 1);
    shop.clock.pass(24 * 3_600_000);
    // A second job shows that it has looked again.
    await enqueue(db, 'render', {});
    worker.wake();
    await until(() => runs === 2);
    expect((await rows(db)).map(({ attempts }) => attempts)).toEqual([1, 1]);
    letGo();
    await worker.idle();
    expect(runs).toBe(2);
  });

  test('the key of a job whose worker died is back when the next attempt fails', async () => {
    const db = await open();
    await enqueue(db, 'render', {}, { key: '7' });
    const dying = shop.start(db, { render: hang }, { leaseMs: LEASE });
    await until(async () => (await rows(db))[0]?.lease_token != null);
    await dying.stop(0);
    shop.clock.pass(LEASE);
    const render = async () => {
      throw new Error('disk away');
    };
    await shop.start(db, { render }).idle();
    expect(await rows(db)).toMatchObject([{ attempts: 2, unique_key: '7', lease_token: null }]);
  });
});
