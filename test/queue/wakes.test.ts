import { createCounts } from '../../src/lib/counts.ts';
import { readRedis } from '../../src/lib/redis-settings.ts';
import { Settings } from '../../src/lib/settings.ts';
import { createWakes, enqueue, type Worker } from '../../src/queue/index.ts';
import { openLinks, closeLinks } from '../../src/redis/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { REDIS, startRedis, type Redis } from '../support/redis.ts';
import { eventually } from '../support/chromium.ts';
import { gate, memoryLog, rows, workshop } from './bench.ts';

const until = (isSo: () => boolean) => eventually('it comes true', async () => isSo(), 60_000);

/** Those who send and those who are woken each have connections of their own, as in processes of their own. */
function inProcesses(url: () => string) {
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });
  return () => {
    const [log, counts, closing] = [memoryLog(), createCounts(), new AbortController()];
    const links = openLinks({ queue: readRedis(new Settings({ QUEUE_URL: url() }), 'QUEUE_URL'), cache: null }, log);
    if (!links.queue) throw new Error('no server');
    const wakes = createWakes(links.queue, counts, log);
    opened.push(async () => {
      closing.abort();
      await wakes.close();
      closeLinks(links);
    });
    const listen = (worker: Worker) => wakes.listen(worker, closing.signal);
    const isReady = () => links.queue?.isReady() ?? false;
    return { ...wakes, listen, log, counts, isReady, of: (what: string) => counts.all().get(what) ?? 0 };
  };
}

(REDIS ? describe : describe.skip)('workers that are woken through Redis (needs redis-server)', () => {
  let redis: Redis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.end());

  eachDatabase((open) => {
    const begin = inProcesses(() => redis.url);
    const shop = workshop();

    test('a worker that would not look for an hour does a job as soon as another process tells', async () => {
      const db = await open();
      const done: unknown[] = [];
      const [web, machine] = [begin(), begin()];
      const worker = shop.start(db, { count: async ({ payload }) => void done.push(payload['n']) });
      machine.listen(worker);
      await worker.idle();
      for (let n = 0; n < 5; n++) {
        await enqueue(db, 'count', { n });
        web.send();
        await until(() => done.length === n + 1);
      }
      expect(done).toEqual([0, 1, 2, 3, 4]);
      expect(await rows(db)).toEqual([]);
    });

    test('forty jobs are spread over two workers, and each is done once', async () => {
      const db = await open({ connections: 4 });
      const done: { n: unknown; by: string }[] = [];
      const web = begin();
      for (const by of ['one', 'other']) {
        const count = async ({ payload }: { payload: Record<string, unknown> }) =>
          void done.push({ n: payload['n'], by });
        const worker = shop.start(db, { count });
        await worker.idle();
        begin().listen(worker);
      }
      for (let n = 0; n < 40; n++) {
        await enqueue(db, 'count', { n });
        web.send();
        if (n % 2 === 0) await until(() => done.length > n - 6);
      }
      await until(() => done.length >= 40);
      expect(done.map(({ n }) => Number(n)).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
      expect(new Set(done.map(({ by }) => by)).size).toBe(2);
    });

    test('one that has its hands full leaves the wake to another', async () => {
      const db = await open({ connections: 4 });
      const { opened, open: letGo } = gate();
      const [web, full] = [begin(), begin()];
      const busy = shop.start(db, { hang: () => opened });
      await enqueue(db, 'hang', {});
      busy.wake();
      await until(() => busy.isFull());
      full.listen(busy);
      web.send();
      await until(() => full.of('received') === 1);
      let done = 0;
      const idle = shop.start(db, { count: async () => void done++ });
      await idle.idle();
      begin().listen(idle);
      for (let n = 1; n <= 4; n++) {
        await enqueue(db, 'count', {});
        web.send();
        await until(() => done === n);
      }
      expect(full.of('received')).toBe(1);
      letGo();
      await busy.idle();
    });

    const jobsDone = async (pollMs = 20) => {
      const db = await open();
      const done: unknown[] = [];
      const [web, machine] = [begin(), begin()];
      const worker = shop.start(db, { count: async ({ payload }) => void done.push(payload['n']) }, { pollMs });
      await worker.idle();
      machine.listen(worker);
      const tell = async (n: number) => {
        await enqueue(db, 'count', { n });
        web.send();
      };
      return { web, machine, done, tell };
    };

    test('a Redis that was emptied, killed or started anew loses no job, and is told of once', async () => {
      const { web, machine, done, tell } = await jobsDone();
      await tell(0);
      await redis.client.flushall();
      await tell(1);
      await until(() => done.length === 2);
      await redis.stop('SIGKILL');
      for (let n = 2; n < 20; n++) await tell(n);
      await until(() => done.length === 20);
      expect(web.isReady()).toBe(false);
      await redis.start();
      await until(() => web.isReady() && machine.isReady());
      await tell(20);
      await until(() => done.length === 21);
      expect(new Set(done).size).toBe(21);
      const told = [...web.log.entries].filter(({ level }) => level === 'warn' || level === 'error');
      expect(told.map(({ text }) => text)).toEqual(['Redis does not answer; workers look for jobs by themselves']);
      expect(told[0]?.facts).toMatchObject({ setting: 'QUEUE_URL', server: `redis://127.0.0.1:${redis.port}/0` });
      expect(web.log.entries.map(({ text }) => text)).toContain('Redis answers again');
    });

    test('back from the dead, it wakes workers again that would not look by themselves', async () => {
      const { web, machine, done, tell } = await jobsDone(3_600_000);
      await redis.stop('SIGKILL');
      await until(() => !web.isReady() && !machine.isReady());
      await redis.start();
      // Told when it is back, or kept until it is.
      await tell(1);
      await until(() => done.length === 1);
      await redis.client.flushall();
      await tell(2);
      await until(() => done.length === 2);
    });

    test('while it hangs nobody waits for it, and what was told meanwhile is told together', async () => {
      const { web, done, tell } = await jobsDone();
      await tell(0);
      await until(() => done.length === 1);
      redis.hang();
      try {
        for (let n = 1; n < 200; n++) await tell(n);
        await until(() => done.length === 200);
      } finally {
        redis.goOn();
      }
      const before = web.of('sent');
      await tell(200);
      await until(() => done.length === 201 && web.of('sent') > before);
      expect(web.of('sent')).toBeLessThan(60);
    });
  });

  const alone = inProcesses(() => redis.url);

  test('where nobody listens a few wakes wait, however many are sent', async () => {
    await redis.client.flushall();
    const web = alone();
    for (let n = 0; n < 100; n++) {
      web.send();
      await until(() => web.of('sent') > n);
    }
    expect(await redis.client.llen('bowerbird:wakes:wait')).toBe(16);
  });
});
