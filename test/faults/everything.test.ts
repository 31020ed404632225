import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb, type Db } from '../../src/db/index.ts';
import { startCluster, type MortalCluster } from '../support/cluster.ts';
import { until } from '../support/imaging.ts';
import { LONG } from '../support/long.ts';
import { picture } from '../support/pictures.ts';
import { freePort, spawnSite, type StartingSite } from '../support/process.ts';
import { REDIS, startRedis, type Redis } from '../support/redis.ts';
import { becomeMember, Visitor } from '../support/site.ts';
import { startSwift, SWIFT, type Swift } from '../support/swift.ts';

/** Saves around each fault: `npm run faults` takes more. */
const SAVES = LONG ? 12 : 4;
const TIERS = ['high', 'low', 'medium', 'very_high'];

/** A process of the site on a machine of its own: it shares nothing with the others but the servers. */
interface Machine {
  folder: string;
  port: number;
  env: Record<string, string>;
  site: StartingSite;
}

// Redis and an S3 server are no npm packages; `.ci/run` installs them.
(SWIFT && REDIS ? describe : describe.skip)(
  'two web and two worker processes over PostgreSQL, two buckets and Redis',
  () => {
    let cluster: MortalCluster;
    let swift: Swift;
    let redis: Redis;
    let db: Db;
    const machines: Machine[] = [];
    let webs: Machine[];
    let workers: Machine[];
    let ann: Visitor;
    const answered = new Map<number, string>();
    let seed = 0;

    async function open(role: 'web' | 'worker', shared: Record<string, string>): Promise<Machine> {
      const folder = await mkdtemp(join(tmpdir(), `bowerbird-${role}-`));
      const port = await freePort();
      const env = { ...shared, ROLE: role };
      const machine = { folder, port, env, site: spawnSite(folder, port, env) };
      machines.push(machine);
      // A worker greets nobody.
      if (role === 'web') await machine.site.started;
      return machine;
    }
    const beginAgain = async (machine: Machine) => {
      machine.site = spawnSite(machine.folder, machine.port, machine.env);
      if (machine.env['ROLE'] === 'web') await machine.site.started;
    };
    const kill = async ({ site }: Machine) => {
      site.child.kill('SIGKILL');
      await site.gone;
    };

    beforeAll(async () => {
      [cluster, swift, redis] = await Promise.all([
        startCluster({ synchronous_commit: 'on' }),
        startSwift(),
        startRedis(),
      ]);
      for (const name of ['one', 'two']) await swift.bucket(name);
      db = openDb({ url: cluster.url, connections: 2 });
      const shared = {
        TLS: 'off',
        SECRET: 'the same for all of them',
        DATABASE_URL: cluster.url,
        STORAGE: `${swift.storage('one')},${swift.storage('two')}`,
        QUEUE_URL: redis.url,
        CACHE_URL: redis.url,
      };
      webs = [await open('web', shared), await open('web', shared)];
      workers = [await open('worker', shared), await open('worker', shared)];
      ann = await becomeMember(new Visitor(addressOf(webs[0])), 'ann');
    }, 180_000);
    afterAll(async () => {
      await Promise.all(machines.map(kill));
      for (const { folder } of machines) await rm(folder, { recursive: true, force: true });
      await db?.destroy();
      await Promise.all([cluster?.stop(), swift?.end(), redis?.end()]);
    });

    const addressOf = (machine: Machine | undefined) => `http://127.0.0.1:${machine?.port}`;
    /** The same browser at one of the web processes. */
    function at(n: number): Visitor {
      const browser = new Visitor(addressOf(webs[n % webs.length]));
      for (const [name, value] of ann.cookies) browser.cookies.set(name, value);
      return browser;
    }

    /** Saves a picture at one of the two: its number, or why not. */
    async function save(n: number): Promise<number | 'cut'> {
      const bytes = await picture({ width: 900, height: 700, seed: ++seed });
      const title = `Number ${seed}`;
      const answer = await at(n)
        .post('/images/create', { title, once: title }, { json: true, file: { bytes } })
        .catch(() => null);
      if (answer?.status === 201) answered.set(answer.body.image.id, title);
      return answer?.status ?? 'cut';
    }
    const saveSome = async (meanwhile: Record<number, () => Promise<void>> = {}) => {
      const statuses: (number | 'cut')[] = [];
      for (let n = 0; n < SAVES; n++) {
        const saving = save(n);
        await meanwhile[n]?.();
        statuses.push(await saving);
      }
      return statuses;
    };
    const works = () =>
      until('saves to succeed at both', async () => (await save(0)) === 201 && (await save(1)) === 201, 60_000);

    /** All that was answered is there, each size once, with its bytes, at either web process. */
    async function expectWhole() {
      const ids = [...answered.keys()];
      await until(
        'all sizes',
        async () => (await db('images').whereIn('id', ids).where({ state: 'ready' })).length === ids.length,
        90_000,
      );
      const files: { image_id: number; tier: string }[] = await db('files').whereIn('image_id', ids);
      const names = files.map(({ image_id, tier }) => `${image_id} ${tier}`);
      expect([new Set(names).size, names.length]).toEqual([5 * ids.length, 5 * ids.length]);
      for (const [id, title] of answered) {
        const image = await at(id).image(id);
        expect(image.title).toBe(title);
        for (const tier of TIERS) {
          const { status, body } = await at(id + 1).get(image.tiers[tier]?.url ?? '');
          expect([id, tier, status, (body as Buffer).length]).toEqual([id, tier, 200, image.tiers[tier]?.bytes]);
        }
      }
      expect(await db('jobs').whereNotNull('failed_at')).toEqual([]);
    }

    test('who signed in at one saves at the other; one of each is killed in the middle, and nothing is lost', async () => {
      const statuses = await saveSome({
        1: () => kill(workers[0]!),
        2: () => kill(webs[0]!),
        3: () => beginAgain(webs[0]!),
      });
      expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
      expect(statuses.filter((status) => status !== 201 && status !== 'cut')).toEqual([]);
      await beginAgain(workers[0]!);
      await works();
      await expectWhole();
      const places: string[] = await db('files').distinct('storage_key').pluck('storage_key');
      expect(places.length).toBeGreaterThan(0);
    }, 240_000);

    test('Redis ends and begins again, empty: saving goes on all the while', async () => {
      const statuses = await saveSome({ 1: () => redis.stop(), 3: () => redis.start() });
      expect(statuses.filter((status) => status !== 201)).toEqual([]);
      await expectWhole();
    }, 240_000);

    test('the store ends and begins again: saves are 503 meanwhile, and what was answered is there', async () => {
      const statuses = await saveSome({ 1: () => swift.stop(), 3: () => swift.start() });
      expect(statuses.filter((status) => ![201, 503, 'cut'].includes(status))).toEqual([]);
      expect(statuses).toContain(503);
      await works();
      await expectWhole();
    }, 240_000);

    test('PostgreSQL ends at once and begins again: saves are 503 meanwhile, and what was answered is there', async () => {
      // Whoever is refused before all of the file has come may hear no more than that the connection was cut.
      const statuses = await saveSome({ 1: () => cluster.halt(), 3: () => cluster.resume() });
      expect(statuses.filter((status) => ![201, 503, 403, 'cut'].includes(status))).toEqual([]);
      await works();
      await expectWhole();
    }, 240_000);
  },
);
