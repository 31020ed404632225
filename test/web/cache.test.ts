import { createServer } from 'node:http';
import type { Dialect } from '../../src/db/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startSite } from '../../src/start.ts';
import { memoryLog } from '../queue/bench.ts';
import { eventually } from '../support/chromium.ts';
import { CHEAP } from '../support/hashing.ts';
import { idOf } from '../support/life.ts';
import { plantImages } from '../support/plant.ts';
import { REDIS, startRedis, startSlowWay, type Redis, type SlowWay } from '../support/redis.ts';
import { startTestSite, Visitor, type TestSite } from '../support/site.ts';

const isReady = ({ site }: TestSite) => site.links.cache?.isReady() ?? false;
const soon = (what: string, isSo: () => boolean) => eventually(what, async () => isSo(), 60_000);

(REDIS ? describe : describe.skip)('what processes share through Redis (needs redis-server)', () => {
  let redis: Redis;
  let way: SlowWay;
  beforeAll(async () => {
    redis = await startRedis();
    way = await startSlowWay(redis.port);
  });
  afterAll(async () => {
    await way?.end();
    await redis?.end();
  });

  describe.each<Dialect>(['sqlite', 'postgres'])('limits, on %s', (dialect) => {
    let sites: TestSite[];
    const log = memoryLog();
    beforeAll(async () => {
      const env = { LIMITS: 'on', ROLE: 'web', TRUST_PROXY: '1', CACHE_URL: `redis://127.0.0.1:${way.port}` };
      sites = [await startTestSite(env, dialect, log), await startTestSite(env, dialect)];
    });
    afterAll(async () => {
      for (const site of sites ?? []) await site.end();
    });
    beforeEach(async () => {
      await soon('both have a connection', () => sites.every(isReady));
      await redis.client.flushall();
    });

    /** A form that is never right, so that it is counted and nothing comes of it. */
    const tries = async (site: TestSite | undefined, many: number, from = '192.0.2.1') => {
      const statuses: number[] = [];
      const visitor = site?.visitor();
      for (let n = 0; n < many; n++)
        statuses.push(
          (await visitor?.post('/account/register', {}, { json: true, headers: { 'x-forwarded-for': from } }))
            ?.status ?? 0,
        );
      return statuses;
    };
    const LET_IN = Array.from({ length: 10 }, () => 422);

    test('what was tried at one counts at the other, and no name or address stands in Redis', async () => {
      const [one, other] = sites;
      expect([...(await tries(one, 5)), ...(await tries(other, 5))]).toEqual(LET_IN);
      expect([...(await tries(one, 1)), ...(await tries(other, 1))]).toEqual([429, 429]);
      const keys = await redis.client.keys('*');
      expect(keys).toEqual([expect.stringMatching(/^bowerbird:limit:register:[\da-f]{64}$/)]);
      expect(await redis.client.ttl(keys[0] ?? '')).toBeGreaterThan(0);
    });

    test('who has guessed too often at one waits at the other as well', async () => {
      const [one, other] = sites;
      const form = { login: 'nobody', password: 'not it at all' };
      const visitor = one?.visitor();
      const statuses: number[] = [];
      while (!statuses.includes(429) && statuses.length < 20)
        statuses.push((await visitor?.post('/account/login', form, { json: true }))?.status ?? 0);
      expect(statuses.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => 401));
      const refused = await other?.visitor().post('/account/login', form, { json: true });
      expect([refused?.status, Number(refused?.headers['retry-after']) > 0]).toEqual([429, true]);
    });

    test.each<[string, string, () => unknown, () => unknown]>([
      ['is killed', '192.0.2.10', () => redis.stop('SIGKILL'), () => redis.start()],
      ['hangs', '192.0.2.11', () => redis.hang(), () => redis.goOn()],
      ['answers late', '192.0.2.12', () => way.delay(5000), () => (way.delay(0), way.cut())],
    ])(
      'when it %s they are counted without it: nobody is refused wrongly, and nobody let in too often',
      async (_, from, away, back) => {
        const [one] = sites;
        await away();
        try {
          const statuses = await tries(one, 24, from);
          // What was counted before it was found to be away, and what was counted in its place.
          expect(new Set(statuses)).toEqual(new Set([422, 429]));
          expect(statuses.at(-1)).toBe(429);
          expect(isReady(one as TestSite)).toBe(false);
          expect((await one?.visitor().get('/'))?.status).toBe(200);
        } finally {
          await back();
        }
        await soon('it is noticed that it is back', () => sites.every(isReady));
        await redis.client.flushall();
        expect(await tries(one, 1, from)).toEqual([422]);
      },
    );

    test('all of that was a line in the log, or a few', () => {
      const told = log.entries.filter(({ text }) => text?.startsWith('Redis does not answer'));
      expect(told.length).toBeGreaterThan(0);
      expect(told.length).toBeLessThan(6);
      expect(told[0]?.facts).toMatchObject({ setting: 'CACHE_URL', server: `redis://127.0.0.1:${way.port}/0` });
    });
  });

  describe('pages of visitors, on PostgreSQL', () => {
    let one: TestSite;
    let other: Visitor;
    let end: () => Promise<void>;
    let counted: (what: string) => number;
    let id = 0;

    beforeAll(async () => {
      one = await startTestSite({ ROLE: 'web', CACHE_URL: redis.url, OPEN_GALLERY: 'yes' }, 'postgres');
      const running = await startSite(one.site.config, silentLog, { hashing: CHEAP });
      const server = createServer(running.handler);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      other = new Visitor(server);
      counted = (what) => running.site.counts.pages.all().get(what) ?? 0;
      end = async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await running.close();
      };
      const olga = await one.member('olga');
      [id = 0] = await plantImages(one.site.db, [
        {
          ownerId: await idOf(one.site.db, olga),
          visibility: 'public',
          more: { title: 'Zetaheron', slug: 'zetaheron' },
        },
      ]);
      await soon('both have a connection', () => isReady(one) && (running.site.links.cache?.isReady() ?? false));
    });
    afterAll(async () => {
      await end?.();
      await one?.end();
    });

    /** Others work in the same server, so that the version may be another one a moment later. */
    const fromTheFirst = (path: string) =>
      eventually(
        'a page that the first has printed',
        async () => {
          const before = counted('hit');
          await one.visitor().get(path);
          expect((await other.get(path)).text).toContain('Zetaheron');
          return counted('hit') > before;
        },
        60_000,
      );

    test.each(['/', '/images'])(
      '%s is printed by one, and shown by the other with a token of its own',
      async (path) => {
        await fromTheFirst(path);
        const token = (await other.see(path)).$('meta[name=csrf-token]').attr('content') ?? '';
        const wrong = await other.post('/account/login', { login: 'x', password: 'y' }, { token, json: true });
        expect(wrong.status).toBe(401);
      },
    );

    test('what is turned private is gone at once at both', async () => {
      await fromTheFirst('/');
      await one.site.db('images').where({ id }).update({ visibility: 'private' });
      for (const visitor of [one.visitor(), other]) expect((await visitor.get('/')).text).not.toContain('Zetaheron');
      await one.site.db('images').where({ id }).update({ visibility: 'public' });
    });

    test('what somebody else has written there is not shown', async () => {
      await fromTheFirst('/');
      for (const key of await redis.client.keys('bowerbird:page:*')) {
        const [code, body = ''] = ((await redis.client.get(key)) ?? '').split('\n');
        await redis.client.set(key, `${code}\n${body.replaceAll('Zetaheron', 'Somebody else')}`, 'KEEPTTL');
      }
      for (const visitor of [one.visitor(), other])
        expect((await visitor.get('/')).text).not.toContain('Somebody else');
    });

    test('pages with a query, and those of members, are nobody’s to share', async () => {
      await redis.client.flushall();
      const maud = await one.member('maud');
      await maud.get('/');
      await maud.get('/images');
      await one.visitor().get('/images?page=1');
      await one.visitor().get(`/images/${id}/zetaheron`);
      expect(await redis.client.keys('bowerbird:page:*')).toEqual([]);
    });
  });

  test('the operator reads how both servers are; without them the site is ready all the same', async () => {
    const site = await startTestSite({ QUEUE_URL: redis.url, CACHE_URL: redis.url });
    const told = async () => {
      const { status, text } = await site.visitor().get('/readyz');
      const up = (await site.visitor().get('/metrics')).text.match(/^bowerbird_redis_up.*$/gm);
      return [status, ...text.split('\n').filter((line) => /^(wakes|cache)/.test(line)), ...(up ?? [])];
    };
    try {
      await soon('it has both', () => isReady(site) && (site.site.links.queue?.isReady() ?? false));
      const up = ['bowerbird_redis_up{for="queue"} 1', 'bowerbird_redis_up{for="cache"} 1'];
      expect(await told()).toEqual([200, 'wakes\tok', 'cache\tok', ...up]);
      await redis.stop();
      await soon('it has noticed', () => !isReady(site) && !site.site.links.queue?.isReady());
      expect(await told()).toEqual([
        200,
        'wakes\tdoes not answer: workers look for jobs by themselves',
        'cache\tdoes not answer: limits are counted without it, and pages kept by each process',
        ...up.map((line) => line.replace(/1$/, '0')),
      ]);
      const ann = await site.member('ann');
      const { id } = await ann.save({ title: 'Without Redis' });
      await site.settled();
      expect((await ann.image(id)).state).toBe('ready');
    } finally {
      await redis.start();
      await site.end();
    }
  });
});
