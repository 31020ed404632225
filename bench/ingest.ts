// Images a second through whole uploads over HTTP, to the last tier and the last fsync, beside bare sharp making the same
// tiers of the same files in as many processes; then the feed while pictures come in.
// `node dist/bench/ingest.js [folder of photographs]`; exit code 1 where a goal is missed.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtDir } from '../src/lib/root.ts';
import { openBarePool } from './support/bare-pool.ts';
import { fillGallery } from './support/gallery.ts';
import { lookAtFeed } from './support/looks.ts';
import { peakMemory } from './support/memory.ts';
import { drawPhotos, givenPhotos } from './support/photos.ts';
import { median, percentile, report, type Result } from './support/report.ts';
import { startSite, type Running } from './support/servers.ts';
import { openWitness, registerUploaders, uploadAll } from './support/uploads.ts';

const [from] = process.argv.slice(2);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
/** Share of bare sharp's rate: making what the site makes, and making four files of each picture. */
const SAME_GOAL = 0.9;
const FOUR_GOAL = 0.8;
/** The feed's p99 may take one and a half times as long while pictures come in. */
const FEED_GOAL = 1 / 1.5;
const AT_ONCE = [1, 4, 16];
const FEED_SECONDS = 4;
/** Over all photographs while the feed is looked at: more than go in meanwhile. */
const PASSES = 10;

interface Bench {
  site: Running;
  photos: readonly string[];
  /** A member's token, who has saved nothing yet. */
  nextToken(): string;
  witness: ReturnType<typeof openWitness>;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** All photographs once, so many at once, to their last tier; answers the milliseconds of each answer. */
async function saveAll({ site, photos, nextToken, witness }: Bench, atOnce: number): Promise<number[]> {
  const answered = await uploadAll(site.base, nextToken(), photos, atOnce);
  await witness.finished();
  return answered;
}

async function compare(bench: Bench, folder: string, workers: number, atOnce: number): Promise<Result[]> {
  const bare = openBarePool(workers);
  const make = (four: boolean) =>
    bare.make(bench.photos.map((file, n) => ({ file, stem: join(folder, String(n)), four })));
  const ratios: { same: number; four: number; rate: number; bare: number }[] = [];
  const answered: number[] = [];
  try {
    await make(true);
    for (let round = 0; round < ROUNDS; round++) {
      const same = await timed(() => make(false));
      const ours = await timed(async () => answered.push(...(await saveAll(bench, atOnce))));
      const four = await timed(() => make(true));
      const rates = { rate: bench.photos.length / ours, bare: bench.photos.length / same };
      ratios.push({ same: same / ours, four: four / ours, ...rates });
    }
  } finally {
    bare.close();
  }
  const of = (key: 'same' | 'four' | 'rate' | 'bare') => median(ratios.map((one) => one[key]));
  const what = `${atOnce} at once, ${workers === 1 ? '1 process' : `${workers} processes`}`;
  const ms = `answered after ${median(answered).toFixed(0)} ms, p99 ${percentile(answered, 0.99).toFixed(0)} ms`;
  return [
    {
      what,
      ratio: of('same'),
      goal: SAME_GOAL,
      figures: `${of('rate').toFixed(1)} of ${of('bare').toFixed(1)} a second, ${ms}`,
    },
    { what: '… beside four files each', ratio: of('four'), goal: FOUR_GOAL, figures: '' },
  ];
}

/** What the feed costs alone and while another process sends pictures, four at once, in turn. */
async function compareFeed({ site, photos, nextToken, witness }: Bench, cookie: string): Promise<Result[]> {
  const savers = fork(join(builtDir, 'bench', 'support', 'savers.js'), [site.base, '4', ...photos]);
  const looks: { alone: number[]; beside: number[] }[] = [];
  try {
    await once(savers, 'message');
    for (let round = 0; round < ROUNDS; round++) {
      const alone = await lookAtFeed(site.base, cookie, FEED_SECONDS);
      savers.send(Array.from({ length: PASSES }, nextToken));
      const beside = await lookAtFeed(site.base, cookie, FEED_SECONDS);
      savers.send('enough');
      await once(savers, 'message');
      await witness.finished();
      looks.push({ alone, beside });
    }
  } finally {
    savers.kill();
  }
  return [0.5, 0.99].map((share) => {
    const of = (key: 'alone' | 'beside') => median(looks.map((one) => percentile(one[key], share)));
    const ratio = median(looks.map(({ alone, beside }) => percentile(alone, share) / percentile(beside, share)));
    const figures = `${of('alone').toFixed(1)} ms alone, ${of('beside').toFixed(1)} while pictures come in`;
    return { what: `the feed, p${share * 100}`, ratio, goal: share === 0.99 ? FEED_GOAL : null, figures };
  });
}

async function measure(folder: string, photos: readonly string[], workers: number): Promise<Result[]> {
  const dataDir = await mkdtemp(join(folder, 'data-'));
  const { cookie } = await fillGallery(dataDir, 200);
  // Each pass over the photographs is another member's: the warm one, those of the table, and some beside the feed.
  const tokens = await registerUploaders(dataDir, 1 + AT_ONCE.length * ROUNDS + PASSES * ROUNDS);
  const nextToken = () => {
    const token = tokens.shift();
    if (!token) throw new Error('more pictures went in than there are members for');
    return token;
  };
  const site = await startSite(dataDir, { settings: { WORKERS: String(workers), LIMITS: 'off' } });
  const witness = openWitness(dataDir);
  const bench: Bench = { site, photos, nextToken, witness };
  try {
    await saveAll(bench, workers);
    const results: Result[] = [];
    for (const atOnce of AT_ONCE) results.push(...(await compare(bench, folder, workers, atOnce)));
    results.push(...(await compareFeed(bench, cookie)));
    const peaks = (await peakMemory(site.pid)).map((mb) => `${mb.toFixed(0)} MB`).join(', ');
    const bytes = (await witness.publishedBytes()) / 1000;
    process.stdout.write(
      `${workers} imaging: the most memory of the site and its children: ${peaks}; ${bytes.toFixed(0)} kB published a picture\n`,
    );
    return results;
  } finally {
    await witness.close();
    await site.end();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'bowerbird-bench-'));
try {
  const photos = from ? await givenPhotos(from) : await drawPhotos(join(folder, 'photos'), 12);
  const cores = Math.max(1, cpus().length);
  const results: Result[] = [];
  for (const workers of new Set([1, cores])) results.push(...(await measure(folder, photos, workers)));
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  report(`${photos.length} photographs, ${ROUNDS} rounds, share of bare sharp's rate; load ${load}`, results);
} finally {
  await rm(folder, { recursive: true, force: true });
}
