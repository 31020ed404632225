// From the commit of a job to the moment its worker begins it: woken through Redis, beside bare BullMQ and a worker that looks by itself.
// `node dist/bench/wakes.js [jobs]`; needs redis-server; exit code 1 where the goal is missed.
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, Worker as Listener } from 'bullmq';
import { migrate, openDb, type Db } from '../src/db/index.ts';
import { createCounts } from '../src/lib/counts.ts';
import { silentLog } from '../src/lib/log.ts';
import { readRedis } from '../src/lib/redis-settings.ts';
import { Settings } from '../src/lib/settings.ts';
import { createWakes, enqueue, startWorker } from '../src/queue/index.ts';
import { closeLinks, openLinks, type Link } from '../src/redis/index.ts';
import { startCluster } from '../test/support/cluster.ts';
import { startRedis, type Redis } from '../test/support/redis.ts';
import { median, percentile, report } from './support/report.ts';

const [jobs = 200] = process.argv.slice(2).map(Number);
/** Those that wait for a worker to look by itself take half a second each. */
const WAITING = Math.ceil(jobs / 10);
/** Of the speed of its two parts by themselves: BullMQ without a database, and a claim without BullMQ. */
const GOAL = 0.5;
/** What has never run runs slower. */
const WARM = 20;

/** What rings when a job begins, and whoever waits for it. */
function createBell() {
  let ring = () => {};
  return { ring: () => ring(), next: () => new Promise<void>((resolve) => (ring = resolve)) };
}

/** Milliseconds until a job begins. `commit` is not counted. */
type Way = () => Promise<number>;
function way(bell: ReturnType<typeof createBell>, commit: () => Promise<void>, tell: () => unknown): Way {
  return async () => {
    const begun = bell.next();
    await commit();
    const since = performance.now();
    void tell();
    await begun;
    return performance.now() - since;
  };
}

const closers: (() => Promise<unknown> | void)[] = [];

function linkTo(redis: Redis): Link {
  const queue = readRedis(new Settings({ QUEUE_URL: redis.url }), 'QUEUE_URL');
  const links = openLinks({ queue, cache: null }, silentLog);
  closers.push(() => closeLinks(links));
  if (!links.queue) throw new Error('no server');
  return links.queue;
}

function bareWay(redis: Redis): Way {
  const bell = createBell();
  const about = { connection: linkTo(redis).client, skipVersionCheck: true };
  const queue = new Queue('bare', about);
  const listener = new Listener('bare', async () => bell.ring(), about);
  closers.push(
    () => listener.close(true),
    () => queue.close(),
  );
  return way(
    bell,
    async () => {},
    () => queue.add('job', {}, { removeOnComplete: true }),
  );
}

/** Those who tell and those who are told have connections of their own, as in processes of their own. */
function ourWays(db: Db, redis: Redis): { woken: Way; local: Way; alone: Way } {
  const bell = createBell();
  const worker = startWorker({ db, handlers: { begin: async () => bell.ring() }, log: silentLog, concurrency: 1 });
  const commit = () => db.transaction((trx) => enqueue(trx, 'begin', {}));
  const over = new AbortController();
  const [near, far] = [linkTo(redis), linkTo(redis)];
  const [wakes, ears] = [createWakes(near, createCounts(), silentLog), createWakes(far, createCounts(), silentLog)];
  ears.listen(worker, over.signal);
  closers.push(
    () => wakes.close(),
    () => ears.close(),
    () => worker.stop(1000),
    () => over.abort(),
  );
  return {
    woken: way(bell, commit, wakes.send),
    local: way(bell, commit, worker.wake.bind(worker)),
    alone: way(bell, commit, () => {}),
  };
}

/** In turn, so that what else happens on the machine befalls all, with pauses between, as people come. */
async function inTurn(many: number, longest: number, ways: readonly Way[]): Promise<number[][]> {
  const taken: number[][] = ways.map(() => []);
  for (let n = 0; n < many; n++)
    for (const [which, way] of ways.entries()) {
      taken[which]?.push(await way());
      await pause(Math.random() * longest);
    }
  return taken;
}

const said = (taken: readonly number[]) => `${median(taken).toFixed(1)} ms, p99 ${percentile(taken, 0.99).toFixed(1)}`;

const redis = await startRedis();
const cluster = await startCluster();
const db = openDb({ url: cluster.url, connections: 4 });
try {
  await migrate(db);
  const bare = bareWay(redis);
  const { woken, local, alone } = ourWays(db, redis);
  await inTurn(WARM, 10, [bare, local, woken]);
  const [ofBare = [], ofLocal = [], ofWoken = []] = await inTurn(jobs, 20, [bare, local, woken]);
  const [ofAlone = []] = await inTurn(WAITING, 2000, [alone]);
  const parts = median(ofBare) + median(ofLocal);
  report(`From commit to worker, ${jobs} jobs; BullMQ alone ${said(ofBare)}; a claim alone ${said(ofLocal)}`, [
    { what: 'woken through Redis', ratio: parts / median(ofWoken), goal: GOAL, figures: said(ofWoken) },
    { what: 'without QUEUE_URL', ratio: parts / median(ofAlone), goal: null, figures: said(ofAlone) },
  ]);
} finally {
  for (const close of closers.reverse()) await close();
  await db.destroy();
  await cluster.stop();
  await redis.end();
}
