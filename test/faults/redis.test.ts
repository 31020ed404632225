import { openDb, type Db } from '../../src/db/index.ts';
import { freshDatabase, type FreshDatabase } from '../support/databases.ts';
import { childrenOf, until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { REDIS, startRedis, type Redis } from '../support/redis.ts';
import { becomeMember, Visitor, type Member } from '../support/site.ts';

const LONG = 60_000;

(REDIS ? describe : describe.skip)('several processes and Redis (needs redis-server)', () => {
  let redis: Redis;
  let database: FreshDatabase;
  let db: Db;
  let site: SiteProcess;
  let ann: Member;

  beforeAll(async () => {
    redis = await startRedis();
    database = await freshDatabase('postgres');
    db = openDb({ url: database.url, connections: 2 });
    const servers = { QUEUE_URL: redis.url, CACHE_URL: redis.url };
    site = await startProcess({ TLS: 'off', PROCESSES: '2', DATABASE_URL: database.url, LIMITS: 'on', ...servers });
    ann = await becomeMember(new Visitor(site.base.replace('https://localhost', 'http://127.0.0.1')), 'ann');
  });
  afterAll(async () => {
    await site?.end();
    await db?.destroy();
    await database?.drop();
    await redis?.end();
  });

  const saved: number[] = [];
  /** One whose connection died with its process is sent again, as people do. */
  const save = (seed: number) =>
    until(
      `image ${seed} is saved`,
      async () => {
        const file = { bytes: await picture({ seed, width: 500, height: 400 }) };
        const answer = await ann
          .post('/images/create', { title: `Number ${seed}` }, { json: true, file })
          .catch(() => null);
        if (answer?.status === 201) saved.push(answer.body.image.id);
        return answer?.status === 201 || answer?.status === 409;
      },
      LONG,
    );
  const allReady = () =>
    until(
      'all have their sizes, each once',
      async () => {
        const ready = await db('images').whereIn('id', saved).where({ state: 'ready' });
        const files: { image_id: number; tier: string }[] = await db('files').whereIn('image_id', saved);
        const names = new Set(files.map(({ image_id, tier }) => `${image_id} ${tier}`));
        return ready.length === saved.length && names.size === files.length;
      },
      LONG,
    );
  const children = () => childrenOf(site.child.pid, 'src/main.js');
  const ready = async () => (await ann.get('/readyz').catch(() => null))?.status === 200;
  const lines = (text: string) =>
    site
      .printed()
      .split('\n')
      .filter((line) => line.includes(text)).length;

  test('gone while people save, nothing is lost, and a process that dies meanwhile is replaced', async () => {
    await save(1);
    await redis.stop('SIGKILL');
    for (let seed = 2; seed <= 5; seed++) await save(seed);
    const before = await children();
    const [pid = 0] = before;
    if (pid > 0) process.kill(pid, 'SIGKILL');
    await until(
      'another takes its place',
      async () => {
        const now = await children();
        return now.length === 3 && !now.includes(pid);
      },
      LONG,
    );
    await until('it is ready without Redis', ready, LONG);
    for (let seed = 6; seed <= 8; seed++) await save(seed);
    await allReady();
    expect(await db('jobs').whereNotNull('failed_at')).toEqual([]);
    // Three processes with two connections each, and one that began anew.
    expect(lines('Redis does not answer')).toBeLessThanOrEqual(12);
  }, 240_000);

  test('back, and emptied while people save, it is used again, and nothing is lost', async () => {
    await redis.start();
    await until(
      'all processes have come back',
      async () => {
        const clients = String(await redis.client.client('LIST'))
          .trim()
          .split('\n');
        return clients.length >= 7;
      },
      LONG,
    );
    for (let seed = 11; seed <= 16; seed++) {
      await save(seed);
      await redis.client.flushall();
    }
    await allReady();
    const keys = async () => (await redis.client.keys('bowerbird:*')).join('\n');
    await save(17);
    await until('limits are counted there again', async () => /bowerbird:limit:save:/.test(await keys()), LONG);
    expect(await keys()).toMatch(/bowerbird:wakes:/);
    expect(saved.length).toBeGreaterThanOrEqual(13);
  }, 240_000);
});
