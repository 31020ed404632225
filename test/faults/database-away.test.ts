import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb, type Db } from '../../src/db/index.ts';
import { startCluster, type MortalCluster } from '../support/cluster.ts';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { startRelay, type Relay } from '../support/relay.ts';
import { becomeMember, Visitor } from '../support/site.ts';
import { Ledger } from './ledger.ts';
import { startMortal, type Mortal } from './mortal.ts';

let cluster: MortalCluster;
let relay: Relay;
let db: Db;
let dataDir: string;
let site: Mortal;
let ann: Visitor;
let ledger: Ledger;

const through = (url: string, port: number) => {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
};

beforeAll(async () => {
  // What was committed is there after the server's end, as PostgreSQL does by itself.
  cluster = await startCluster({ synchronous_commit: 'on' });
  relay = await startRelay(Number(new URL(cluster.url).port));
  dataDir = await mkdtemp(join(tmpdir(), 'bowerbird-away-'));
  site = await startMortal(dataDir, { DATABASE_URL: through(cluster.url, relay.port) });
  db = openDb({ url: cluster.url, connections: 2 });
  ledger = new Ledger(dataDir, cluster.url);
  ann = new Visitor(site.address);
  await becomeMember(ann, 'ann');
});
afterAll(async () => {
  await site?.kill();
  await ledger?.close();
  await db?.destroy();
  await relay?.close();
  await cluster?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** A form that can be sent again as it was. */
async function form(title: string, seed: number) {
  const bytes = await picture({ width: 700, height: 500, seed });
  const send = () => ann.post('/images/create', { title, once: title }, { json: true, file: { bytes } });
  return { title, send };
}

const imagesCalled = async (title: string) => (await db('images').where({ title })).length;
const works = () =>
  until(
    'the site to answer',
    async () => {
      const answer = await ann.get('/images').catch(() => null);
      return answer?.status === 200 ? true : undefined;
    },
    15_000,
  );

async function expectWhole() {
  await until('its tiers', () => ledger.settled().catch(() => false), 30_000);
  expect(await ledger.faults()).toEqual([]);
  expect(await ledger.leftAfterSweep()).toEqual([]);
}

test('PostgreSQL ends at once while people save, and starts again: what was answered is there, each form once, and all heals by itself', async () => {
  const forms = await Promise.all(Array.from({ length: 12 }, (_, n) => form(`restart ${n}`, 20 + n)));
  const answered = new Set<string>();
  const saving = Promise.all(
    forms.map(async ({ title, send }) => {
      const answer = await send().catch(() => null);
      if (answer && answer.status !== 201) expect([title, answer.status]).toEqual([title, 503]);
      if (answer?.status === 201) answered.add(title);
    }),
  );
  await until('the first', () => answered.size > 0, 20_000);
  await cluster.halt();
  const [page, alive] = await Promise.all([
    ann.get('/images', { json: true }),
    new Visitor(site.address).get('/healthz'),
  ]);
  expect([page.status, page.headers['retry-after'], alive.status]).toEqual([503, '5', 200]);
  await saving;
  await cluster.resume();
  await works();
  for (const title of answered) expect([title, await imagesCalled(title)]).toEqual([title, 1]);
  for (const { title, send } of forms) {
    expect([title, (await send()).status]).toEqual([
      title,
      (await imagesCalled(title)) === 1 ? expect.any(Number) : 201,
    ]);
    expect([title, await imagesCalled(title)]).toEqual([title, 1]);
  }
  await expectWhole();
});

test('a connection that breaks between a commit and its answer: the form sent again finds its one image', async () => {
  const { title, send } = await form('cut at the commit', 50);
  // The transaction that makes the image, not those of its session.
  const swallowed = relay.swallow((sent) => {
    const transaction = sent.slice(sent.lastIndexOf('BEGIN'));
    return /insert into "images"[^]*COMMIT;?\0$/.test(transaction);
  });
  const answer = await send();
  await swallowed;
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
  expect(await imagesCalled(title)).toBe(1);
  expect((await send()).status).toBe(200);
  expect(await imagesCalled(title)).toBe(1);
  await expectWhole();
});

test('connections that all break at once are made anew with the next request', async () => {
  relay.cut();
  expect((await ann.get('/images', { json: true })).status).toBe(503);
  relay.heal();
  await works();
  expect((await (await form('after the cut', 51)).send()).status).toBe(201);
  await expectWhole();
});

test('a database that follows another one and takes nothing new: reading goes on, who saves is told so, and nothing is left of it', async () => {
  const { send, title } = await form('read only', 52);
  const readOnly = async (value: 'on' | 'off') => {
    await db.raw(`ALTER DATABASE postgres SET default_transaction_read_only = ${value}`);
    // It counts from the next session on.
    relay.cut();
    relay.heal();
  };
  await readOnly('on');
  await works();
  const refused = await send();
  expect([refused.status, refused.headers['retry-after'], refused.body]).toMatchObject([
    503,
    '60',
    { error: { code: 'read_only', message: expect.stringMatching(/keep nothing new/) } },
  ]);
  expect((await ann.see('/images')).status).toBe(200);
  // Whoever ends this has to say that it is to write.
  await db.transaction(async (trx) => {
    await trx.raw('SET TRANSACTION READ WRITE');
    await trx.raw('ALTER DATABASE postgres RESET default_transaction_read_only');
  });
  relay.cut();
  relay.heal();
  await works();
  expect(await imagesCalled(title)).toBe(0);
  expect((await send()).status).toBe(201);
  await expectWhole();
});

test('a table that somebody holds for long: what needs it is told to come back, what does not is served, and all goes on after it', async () => {
  const holder = await db.transaction();
  await holder.raw('LOCK TABLE images IN ACCESS EXCLUSIVE MODE');
  const lists = Array.from({ length: 24 }, () => ann.get('/images', { json: true }));
  const began = performance.now();
  expect((await new Visitor(site.address).get('/healthz')).status).toBe(200);
  const first = await Promise.race(lists);
  // The pool is full of those that wait: whoever comes then hears so, and waits no longer than for a connection.
  expect([first.status, first.headers['retry-after']]).toEqual([503, '5']);
  expect(performance.now() - began).toBeGreaterThan(5000);
  await holder.rollback();
  const statuses = (await Promise.all(lists)).map(({ status }) => status);
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(statuses).toContain(200);
  await works();
});

test('no connection to be had: that is said, and all goes on when there are some', async () => {
  await db.raw(`CREATE ROLE few LOGIN PASSWORD 'few'`);
  await db.raw(
    'GRANT ALL ON ALL TABLES IN SCHEMA public TO few; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO few; GRANT ALL ON SCHEMA public TO few',
  );
  const url = new URL(through(cluster.url, relay.port));
  Object.assign(url, { username: 'few', password: 'few' });
  const few = await startMortal(dataDir, { DATABASE_URL: url.href, ROLE: 'web' });
  try {
    const visitor = new Visitor(few.address);
    expect((await visitor.get('/account/login')).status).toBe(200);
    await db.raw('ALTER ROLE few CONNECTION LIMIT 0');
    await db.raw(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'few'`);
    await until('a refusal', async () => {
      const { status, headers } = await visitor.get('/', { json: true });
      expect([200, 503]).toContain(status);
      return status === 503 && headers['retry-after'] === '5';
    });
    await db.raw('ALTER ROLE few CONNECTION LIMIT -1');
    await until('an answer', async () => (await visitor.get('/', { json: true })).status === 200);
  } finally {
    await few.kill();
  }
});
