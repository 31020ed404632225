import { openDb, type Db } from '../../src/db/index.ts';
import { freshDatabase, type FreshDatabase } from '../support/databases.ts';
import { childrenOf, isAlive, until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { freePort, spawnSite, startProcess, type SiteProcess } from '../support/process.ts';
import { becomeMember, Visitor, type Member } from '../support/site.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const plainAddress = (base: string) => base.replace('https://localhost', 'http://127.0.0.1');

describe('a site of several processes', () => {
  let database: FreshDatabase;
  let db: Db;
  let site: SiteProcess;
  let ann: Member;

  beforeAll(async () => {
    database = await freshDatabase('postgres');
    db = openDb({ url: database.url, connections: 2 });
    site = await startProcess({ TLS: 'off', PROCESSES: '2', DATABASE_URL: database.url, LIMITS: 'on' });
    ann = await becomeMember(new Visitor(plainAddress(site.base)), 'ann');
  });
  afterAll(async () => {
    await site?.end();
    await db?.destroy();
    await database?.drop();
  });

  /** The processes that have answered, by what they wrote into the log. */
  const answering = (): number[] => [
    ...new Set([...site.printed().matchAll(/^\{.*"pid":(\d+),.*"msg":"request"\}$/gm)].map(([, pid]) => Number(pid))),
  ];
  const children = () => childrenOf(site.child.pid, 'src/main.js');
  /** Never a group of processes, which 0 would be. */
  const killNow = (pid: number | undefined) => {
    if (!pid) throw new Error('there is no such process');
    process.kill(pid, 'SIGKILL');
  };
  const save = async (seed: number) => {
    const file = { bytes: await picture({ seed, width: 500, height: 400 }) };
    return ann.post('/images/create', { title: `Number ${seed}` }, { json: true, file }).catch(() => null);
  };

  test('two answer on one port: who signs in at one is known at the other, and the jobs are done by a third', async () => {
    await until('both have answered', async () => {
      const all = await Promise.all(Array.from({ length: 12 }, () => ann.get('/account')));
      expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
      return answering().length === 2 ? true : undefined;
    });
    expect(await children()).toHaveLength(3);
    expect(site.printed().match(/Join here/g)).toHaveLength(1);
  });

  test('tries are counted for all of them together', async () => {
    const guesser = new Visitor(plainAddress(site.base));
    const form = { login: 'ann', password: 'not it at all' };
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await guesser.post('/account/login', form, { json: true })).status);
    expect(statuses.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => 401));
    expect(statuses).toContain(429);
    const kept: string[] = await db('rate_limits').pluck('key');
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.join()).not.toMatch(/ann|127\.0\.0\.1/);
  });

  test('one of each is killed while images are saved: another takes its place, nothing is lost, each size is made once', async () => {
    const before = await children();
    const [web] = answering();
    const worker = before.find((pid) => !answering().includes(pid));
    const saved: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      if (seed === 4) killNow(web);
      if (seed === 7) killNow(worker);
      const answer = await save(seed);
      if (answer?.status === 201) saved.push(answer.body.image.id);
    }
    expect(saved.length).toBeGreaterThanOrEqual(10);
    await until('others have taken their places', async () => {
      const now = await children();
      return now.length === 3 && !now.includes(web ?? 0) && !now.includes(worker ?? 0) ? true : undefined;
    });
    // What the killed one had begun is begun again when its lease of half a minute is over.
    await until(
      'all sizes',
      async () => {
        const ready = await db('images').whereIn('id', saved).where({ state: 'ready' });
        return ready.length === saved.length ? true : undefined;
      },
      60_000,
    );
    const files: { image_id: number; tier: string }[] = await db('files').whereIn('image_id', saved);
    const names = files.map(({ image_id, tier }) => `${image_id} ${tier}`);
    expect([new Set(names).size, names.length]).toEqual([5 * saved.length, 5 * saved.length]);
    expect(await db('jobs').whereNotNull('failed_at')).toEqual([]);
  });

  test('one that is refused a start, since a newer release has changed the schema, leaves the others at work', async () => {
    const [web] = await children();
    await db('migrations').insert({ name: '999_from_the_future', batch: 999, migration_time: new Date() });
    killNow(web);
    await until('a refusal', async () => site.printed().includes('a newer release of Bowerbird has changed'));
    expect(site.child.exitCode).toBeNull();
    await until('an answer', async () => (await ann.get('/account').catch(() => null))?.status === 200);
    await db('migrations').where({ name: '999_from_the_future' }).delete();
    await until('another in its place', async () => (await children()).length === 3, 60_000);
  });

  test('told to stop, all of them end within ten seconds', async () => {
    const all = await children();
    const began = performance.now();
    await site.kill('SIGTERM');
    expect(performance.now() - began).toBeLessThan(12_000);
    for (const pid of all) expect(await isAlive(pid)).toBe(false);
  });
});

test('with SQLite several processes are refused with a sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bowerbird-several-'));
  try {
    const { gone, printed, started } = spawnSite(folder, await freePort(), { PROCESSES: '2' });
    await started.catch(() => {});
    expect(await gone).toBe(1);
    expect(printed()).toContain('PROCESSES: several processes need PostgreSQL (DATABASE_URL)');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
