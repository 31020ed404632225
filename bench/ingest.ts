// Images a second through `admit`, to the last tier and the last fsync, beside bare sharp making the same tiers of the same
// files in as many processes. `node dist/bench/ingest.js [folder of photographs]`; exit code 1 below the goal.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from '../src/accounts/index.ts';
import { readConfig } from '../src/config.ts';
import { admit, type SaveForm, type Source } from '../src/images/index.ts';
import { silentLog } from '../src/lib/log.ts';
import { randomToken } from '../src/lib/secret.ts';
import { startSite, type RunningSite } from '../src/start.ts';
import { openBarePool, type BarePool } from './support/bare-pool.ts';
import { makePhotos } from './support/photos.ts';
import { median, percentile, report, type Result } from './support/report.ts';

const GOAL = 0.7;
const PHOTOS = 12;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);

const FORM: SaveForm = {
  title: 'Bricks',
  caption: '',
  alt: '',
  creator: '',
  licence: '',
  pageUrl: null,
  seenUrl: null,
  visibility: 'members',
  showName: true,
  resolution: 'very_high',
  tags: [],
  nopin: false,
  once: null,
  duplicate: 'ask',
  replaceId: null,
};

/** As a form's file is received: into a temporary file, counted and hashed on the way. */
async function receive({ site }: RunningSite, from: string): Promise<Source> {
  const file = site.storage.temporary();
  const bytes = await readFile(from);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeFile(file, bytes);
  return { way: 'upload', file, bytes: bytes.length, sha256 };
}

/** Saves all pictures for a new member, so many at once; answers after the last tier, with each save's milliseconds. */
async function save(running: RunningSite, photos: readonly string[], atOnce: number): Promise<number[]> {
  const { site } = running;
  const owner = await newMember(running);
  const left = [...photos];
  const answered: number[] = [];
  const work = async () => {
    for (let photo = left.shift(); photo; photo = left.shift()) {
      const began = performance.now();
      await admit({ ...site, db: site.db }, owner, await receive(running, photo), FORM);
      answered.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await running.settled();
  return answered;
}

let members = 0;

async function newMember({ site }: RunningSite): Promise<number> {
  const username = `member${++members}`;
  const password = randomToken();
  return register(site.db, site.hashing, { username, email: `${username}@example.org`, password, password2: password });
}

/** Whether every picture has all its tiers: a benchmark must not be quick by leaving work undone. */
async function checkDone({ site }: RunningSite, images: number) {
  const [row] = await site
    .db('files')
    .whereIn('tier', ['original', 'very_high', 'high', 'medium', 'low'])
    .count({ n: '*' });
  const ready = await site.db('images').where({ state: 'ready' }).count({ n: '*' });
  if (Number(row?.['n']) !== 5 * images || Number(ready[0]?.['n']) !== images)
    throw new Error(`of ${images} images ${ready[0]?.['n']} are ready, with ${row?.['n']} files`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function compare(folder: string, photos: readonly string[], workers: number, atOnce: number): Promise<Result> {
  const env = {
    DATA_DIR: join(folder, `data-${workers}-${atOnce}`),
    WORKERS: String(workers),
    LIMITS: 'off',
    TLS: 'off',
  };
  const running = await startSite(readConfig(env), silentLog);
  const bare: BarePool = openBarePool(workers);
  const out = await mkdtemp(join(folder, 'bare-'));
  const tasks = photos.map((file, n) => ({ file, stem: join(out, String(n)) }));
  const ratios: number[] = [];
  const rates: { ours: number; bare: number }[] = [];
  const answered: number[] = [];
  try {
    await Promise.all([save(running, photos.slice(0, workers), workers), bare.make(tasks.slice(0, workers))]);
    for (let round = 0; round < ROUNDS; round++) {
      const bareSeconds = await timed(() => bare.make(tasks));
      const ourSeconds = await timed(async () => answered.push(...(await save(running, photos, atOnce))));
      ratios.push(bareSeconds / ourSeconds);
      rates.push({ ours: photos.length / ourSeconds, bare: photos.length / bareSeconds });
    }
    await checkDone(running, Math.min(workers, photos.length) + ROUNDS * photos.length);
  } finally {
    bare.close();
    await running.close();
  }
  const figures =
    `${median(rates.map(({ ours }) => ours)).toFixed(1)} of ${median(rates.map((rate) => rate.bare)).toFixed(1)} a second, ` +
    `answered after ${median(answered).toFixed(0)} ms, p99 ${percentile(answered, 0.99).toFixed(0)} ms`;
  const processes = workers === 1 ? '1 process' : `${workers} processes`;
  return { what: `${atOnce} at once, ${processes}`, ratio: median(ratios), goal: GOAL, figures };
}

const folder = await mkdtemp(join(tmpdir(), 'bowerbird-bench-'));
try {
  const photos = await makePhotos(join(folder, 'photos'), PHOTOS, process.argv[2]);
  const cores = Math.max(1, cpus().length);
  const results: Result[] = [];
  for (const [workers, atOnce] of [
    [1, 1],
    [1, 4],
    [cores, 4],
  ] as const)
    results.push(await compare(folder, photos, workers, atOnce));
  report(`Ingest of ${PHOTOS} JPEGs of 12 megapixels, ${ROUNDS} rounds, share of bare sharp's rate`, results);
} finally {
  await rm(folder, { recursive: true, force: true });
}
