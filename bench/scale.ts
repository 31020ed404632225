// What a list costs with a million images, as a multiple of what it costs with a thousand: on both databases, on the first
// page and in the middle. `node dist/bench/scale.js [images] [rounds]`; exit code 1 where a goal of the table is missed.
// BENCH_ONLY picks the lines whose name holds a text, BENCH_KEEP names a folder in which SQLite's databases are kept.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginSession } from '../src/accounts/index.ts';
import { readConfig } from '../src/config.ts';
import { migrate, openDb, type Dialect } from '../src/db/index.ts';
import { countRanks } from '../src/feed/index.ts';
import { silentLog } from '../src/lib/log.ts';
import { writeCursor } from '../src/lib/cursor.ts';
import { randomToken } from '../src/lib/secret.ts';
import { startSite, type RunningSite } from '../src/start.ts';
import { startCluster } from '../test/support/cluster.ts';
import { fillCollection } from './support/collection.ts';
import { machine, median } from './support/report.ts';

const FEW = 1000;
const [many = 1_000_000, rounds = 150] = process.argv.slice(2).map(Number);
const only = process.env['BENCH_ONLY'] ?? '';

interface Line {
  what: string;
  goal: number;
  /** Its address, where there are so many images. */
  path(images: number): string;
}

const list = (what: string, path: (images: number) => string): Line => ({ what, goal: 1.2, path });
/** A filtered feed is a search without words. */
const filtered = (what: string, path: (images: number) => string): Line => ({ what, goal: 2, path });
const found = (what: string, q: string, middle = false): Line => ({
  what,
  goal: 2,
  path: (images) =>
    `/search?q=${encodeURIComponent(q)}${middle ? `&after=${writeCursor([2, Math.floor(images / 2)])}` : ''}`,
});

/** Every list that is as long as the site is large, and searches for words of every kind. */
const LINES: readonly Line[] = [
  list('feed', () => '/images'),
  list('feed, the middle page', (images) => `/images?page=${Math.floor((images * 0.8) / 16 / 2)}`),
  list('feed, after=', (images) => `/images?after=${writeCursor([Math.floor(images / 2)])}`),
  list('profile', () => '/people/member1'),
  list('profile, the middle page', (images) => `/people/member1?page=${Math.floor(images / 3 / 6 / 2)}`),
  list('tag', () => '/tags/tag501'),
  list('tag, the middle page', (images) => `/tags/tag501?page=${Math.floor((images * 0.8) / 3 / 16 / 2)}`),
  list('board', () => '/people/member1/boards/all'),
  list(
    'board, the middle page',
    (images) => `/people/member1/boards/all?page=${Math.floor((images * 0.68) / 3 / 16 / 2)}`,
  ),
  list('tags', () => '/tags'),
  list('feed, most liked', () => '/images?order=liked'),
  list(
    'feed, most liked, middle',
    (images) => `/images?order=liked&after=${writeCursor([0, 11, Math.floor(images / 2)])}`,
  ),
  filtered('feed, of a colour', () => '/images?colour=blue'),
  filtered(
    'feed, of a colour, middle',
    (images) => `/images?colour=blue&after=${writeCursor([0, Math.floor(images / 2)])}`,
  ),
  filtered('feed, of a kind, most viewed', () => '/images?order=viewed&kind=animated'),
  filtered('feed, of a rare tag, most viewed', () => '/images?order=viewed&tag=tag17'),
  list('ranking', () => '/images/ranking?of=ever'),
  list(
    'ranking, the middle page',
    (images) => `/images/ranking?of=ever&page=${Math.floor(Math.min(images, 1600) / 16 / 2)}`,
  ),
  found('search: a word of 3 in 10', 'common'),
  found('search: the same, middle', 'common', true),
  found('search: of 1 in 20', 'frequent'),
  found('search: of 1 in 250', 'middle'),
  found('search: of 1 in 1,000', 'seldom'),
  found('search: of 1 in 100,000', 'rare'),
  found('search: in captions', 'bridge'),
  found('search: common, together', 'common odd'),
  found('search: common, never together', 'odd even'),
  found('search: nothing but an absence', '-common'),
  found('search: a beginning', 'freq*'),
  found('search: a tag and a colour', 'tag:tag17 color:blue'),
  found('search: a word and a site', 'common from:s7.example.org'),
  found('search: of a month', 'common after:2020-02 before:2020-03'),
  found('search: misspelt', 'comon'),
  { what: 'what looks like an image', goal: 2, path: () => '/images/500/similar' },
];

interface Running {
  site: RunningSite;
  server: Server;
  base: string;
  cookie: string;
}

async function openSite(databaseUrl: string, folder: string): Promise<Running> {
  const settings = {
    DATA_DIR: folder,
    TLS: 'off',
    BASE_URL: 'https://localhost:9000',
    LIMITS: 'off',
    SECRET: 'bench',
    ROLE: 'web',
  };
  const site = await startSite({ ...readConfig(settings), databaseUrl }, silentLog);
  const server = createServer(site.handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const session = randomToken();
  const life = { lifeMs: 86_400_000, userAgent: 'bench', address: '127.0.0.1' };
  await beginSession(site.site.db, session, { accountId: 2, data: {}, ...life });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { site, server, base, cookie: `__Host-session=${session}` };
}

const agent = new Agent({ keepAlive: true });

/** Milliseconds until the whole answer is there. */
function ask({ base, cookie }: Running, path: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    get(base + path, { agent, headers: { cookie, accept: 'application/json' } }, (answer) => {
      answer.on('error', reject).on('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - began);
        else reject(new Error(`${path} answered ${answer.statusCode}`));
      });
      answer.resume();
    }).on('error', reject);
  });
}

/** Both in turn, so that what else happens on the machine befalls both. */
async function compare(small: Running, large: Running, { path }: Line) {
  const times: [number[], number[]] = [[], []];
  for (let round = -5; round < rounds; round++) {
    const [few, more] = [await ask(small, path(FEW)), await ask(large, path(many))];
    if (round < 0) continue;
    times[0].push(few);
    times[1].push(more);
  }
  return [median(times[0]), median(times[1])] as const;
}

async function fill(url: string, images: number) {
  const db = openDb({ url, connections: 1 });
  try {
    await migrate(db);
    process.stderr.write(`${images} images\n`);
    await fillCollection(db, images, (words) => process.stderr.write(`  ${words}\n`));
    await countRanks(db);
  } finally {
    await db.destroy();
  }
}

async function measure(
  dialect: Dialect,
  urlOf: (name: string) => Promise<{ url: string; filled: boolean }>,
  folder: string,
) {
  const sites: Running[] = [];
  for (const images of [FEW, many]) {
    const { url, filled } = await urlOf(`images${images}`);
    if (!filled) await fill(url, images);
    const home = join(folder, `${dialect}${images}`);
    await mkdir(home, { recursive: true });
    sites.push(await openSite(url, home));
  }
  const [small, large] = sites;
  if (!small || !large) return;
  try {
    for (const line of LINES.filter(({ what }) => what.includes(only))) {
      const [few, more] = await compare(small, large, line);
      const ratio = more / few;
      const asked = ratio <= line.goal ? `≤ ${line.goal}` : `ABOVE ${line.goal}`;
      if (ratio > line.goal) process.exitCode = 1;
      const words = `${dialect.padEnd(8)}  ${line.what.padEnd(32)}  ${ratio.toFixed(2).padStart(6)}  ${asked.padEnd(10)}`;
      process.stdout.write(`${words}  ${few.toFixed(1)} → ${more.toFixed(1)} ms\n`);
    }
  } finally {
    for (const { server, site } of sites) {
      server.close();
      server.closeAllConnections();
      await site.close();
    }
  }
}

const kept = process.env['BENCH_KEEP'];
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'bowerbird-scale-')));
process.stdout.write(`What ${many} images cost beside ${FEW}, median of ${rounds} answers each (${machine()})\n`);
try {
  await measure(
    'sqlite',
    async (name) => {
      const file = join(folder, `${name}.sqlite`);
      return { url: `sqlite:${file}`, filled: existsSync(file) };
    },
    folder,
  );
  const cluster = await startCluster();
  try {
    await measure(
      'postgres',
      async (name) => {
        const db = openDb({ url: cluster.url, connections: 1 });
        await db.raw('CREATE DATABASE ??', [name]);
        await db.destroy();
        return { url: cluster.url.replace(/\/postgres$/, `/${name}`), filled: false };
      },
      folder,
    );
  } finally {
    await cluster.stop();
  }
} finally {
  agent.destroy();
  if (!kept) await rm(folder, { recursive: true, force: true });
}
