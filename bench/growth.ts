// What a second process brings: a member's feed with 1 and 2 web processes, images with 1 and 2 imaging processes, over PostgreSQL, beside
// as many bare processes. `node dist/bench/growth.js [seconds of a round] [rounds]`; exit code 1 where a goal is missed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { openDb } from '../src/db/index.ts';
import { startCluster } from '../test/support/cluster.ts';
import { openBarePool } from './support/bare-pool.ts';
import { fillGallery } from './support/gallery.ts';
import { compareGrowth, type Done } from './support/growth.ts';
import { hashesInMs } from './support/hashes.ts';
import { press, type Load } from './support/load.ts';
import { drawPhotos } from './support/photos.ts';
import { report, type Result } from './support/report.ts';
import { startCrew, startSite, type Running } from './support/servers.ts';
import { familyTime, shared } from './support/shares.ts';
import { openWitness, registerUploaders, uploadAll } from './support/uploads.ts';

const IMAGES = 1000;
const PHOTOS = 12;
/** So many uploads at once: both imaging processes always have something to do. */
const AT_ONCE = 4;
const [seconds = 4, rounds = 5] = process.argv.slice(2).map(Number);

const folder = await mkdtemp(join(tmpdir(), 'bowerbird-growth-'));
const cluster = await startCluster({ synchronous_commit: 'on', fsync: 'on', full_page_writes: 'on' });
const closers: (() => Promise<unknown> | void)[] = [];

/** An empty database of the cluster. */
async function newDatabase(name: string): Promise<string> {
  const db = openDb({ url: cluster.url, connections: 1 });
  await db.raw(`CREATE DATABASE ${name}`).finally(() => db.destroy());
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** Ends with the bench. */
async function kept(starting: Promise<Running>): Promise<Running> {
  const running = await starting;
  closers.push(running.end);
  return { ...running, cpu: () => familyTime(running.pid) };
}

const site = (dataDir: string, url: string, settings: Record<string, string>) =>
  kept(startSite(dataDir, { settings: { DATABASE_URL: url, LIMITS: 'off', LOG_LEVEL: 'error', ...settings } }));

const pressed = (server: Running, load: Load) => async (): Promise<Done> => {
  const { made, shares } = await shared(server.pid, () => press(server, load, seconds));
  return { rate: made.rate, shares };
};

async function growthOfFeed(): Promise<Result[]> {
  const url = await newDatabase('feed');
  const dataDir = await mkdtemp(join(folder, 'feed-'));
  const { cookie } = await fillGallery(dataDir, IMAGES, url);
  const load = { path: '/images', headers: { accept: 'text/html', cookie }, status: 200 };
  const web = (processes: string) => site(dataDir, url, { ROLE: 'web', PROCESSES: processes });
  const [one, two] = [await web('1'), await web('2')];
  // What has never run runs slower; and what an answer costs is what the bare ones will have to do.
  await press(two, load, seconds);
  await press(one, load, seconds);
  const { cpuMs } = await press(one, load, seconds);
  const answer = await request(one.base + load.path, { headers: load.headers });
  await writeFile(join(dataDir, 'answer.html'), await answer.body.text());
  const hashes = Math.round(cpuMs * hashesInMs());
  const crew = (many: number) => kept(startCrew(dataDir, many, hashes, join(dataDir, 'answer.html')));
  const [bareOne, bareTwo] = [await crew(1), await crew(2)];
  for (const bare of [bareOne, bareTwo]) await press(bare, load, Math.min(1, seconds));
  return compareGrowth("a member's feed", `bare Koa, ${cpuMs.toFixed(2)} ms of work an answer`, rounds, {
    site: [pressed(one, load), pressed(two, load)],
    bare: [pressed(bareOne, load), pressed(bareTwo, load)],
  });
}

/** A site with so many imaging processes on a database of its own: nobody else may take its jobs. */
async function imagingSite(workers: number, photos: readonly string[]): Promise<() => Promise<Done>> {
  const url = await newDatabase(`imaging${workers}`);
  const dataDir = await mkdtemp(join(folder, 'imaging-'));
  // Each pass over the photographs is another member's: nobody saves a picture twice.
  const tokens = await registerUploaders(dataDir, rounds + 1, url);
  const running = await site(dataDir, url, { WORKERS: String(workers) });
  const witness = openWitness(dataDir, url);
  closers.push(witness.close);
  const pass = async () => {
    const began = performance.now();
    await uploadAll(running.base, tokens.shift() ?? '', photos, AT_ONCE);
    await witness.finished();
    return photos.length / ((performance.now() - began) / 1000);
  };
  await pass();
  return async () => {
    const { made, shares } = await shared(running.pid, pass);
    return { rate: made, shares };
  };
}

async function bareSharp(size: number, photos: readonly string[]): Promise<() => Promise<Done>> {
  const pool = openBarePool(size);
  closers.push(pool.close);
  const make = () => pool.make(photos.map((file, n) => ({ file, stem: join(folder, `bare${n}`), four: false })));
  await make();
  return async () => {
    const began = performance.now();
    await make();
    return { rate: photos.length / ((performance.now() - began) / 1000) };
  };
}

async function growthOfImages(): Promise<Result[]> {
  const photos = await drawPhotos(join(folder, 'photos'), PHOTOS);
  return compareGrowth('images to the last tier', 'bare sharp making the same tiers', rounds, {
    site: [await imagingSite(1, photos), await imagingSite(2, photos)],
    bare: [await bareSharp(1, photos), await bareSharp(2, photos)],
  });
}

/** What was started for one table does nothing beside the next. */
async function closeAll() {
  for (const close of closers.splice(0).reverse()) await close();
}

try {
  const feed = await growthOfFeed().finally(closeAll);
  const images = await growthOfImages().finally(closeAll);
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  report(`Twice the processes, ${rounds} rounds (feed: ${seconds} s each), load ${load}`, [...feed, ...images]);
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
