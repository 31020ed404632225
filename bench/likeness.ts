// How long the pictures alike are looked for among a million of one member's, beside a thousand, on both databases.
// `node dist/bench/likeness.js [pictures] [searches]`; exit code 1 where it takes longer than may be.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dialectOf, migrate, openDb, type Db } from '../src/db/index.ts';
import { findNear } from '../src/images/admit/recognise.ts';
import { phashDistance } from '../src/lib/phash.ts';
import { quarters } from '../src/lib/likeness.ts';
import { startCluster } from '../test/support/cluster.ts';
import { plantMember } from '../test/support/plant.ts';
import { machine, median, percentile } from './support/report.ts';

const FEW = 1000;
/** Milliseconds at the median: not noticed beside the picture's own making. */
const GOAL_MS = 25;
const AT_ONCE = 5000;
const [many = 1_000_000, searches = 200] = process.argv.slice(2).map(Number);

/** Rows of a JSON array of `[image, hash, quarter, quarter, quarter, quarter]`. */
const fromJson = (db: Db) =>
  dialectOf(db) === 'sqlite'
    ? { rows: 'json_each(?) t', at: (n: number, type: string) => `CAST(t.value ->> ${n} AS ${type})` }
    : {
        rows: 'jsonb_array_elements(?::jsonb) t (value)',
        at: (n: number, type: string) => `(t.value ->> ${n})::${type}`,
      };

async function insert(db: Db, owner: number, rows: readonly unknown[][]) {
  const { rows: from, at } = fromJson(db);
  const text = JSON.stringify(rows);
  await db.transaction(async (trx) => {
    await trx.raw(
      `INSERT INTO images (id, owner_id, title, slug, arrived, visibility, show_name, resolution, state, format, width, height,
        frames, alpha, quality, sha256, phash, colour, placeholder, created_at, updated_at)
      SELECT ${at(0, 'bigint')}, ${owner}, 'Picture', 'picture', 'upload', 'private', true, 'very_high', 'ready', 'jpeg', 4000, 3000,
        1, false, 'very_high', '', ${at(1, 'text')}, '#8a7f5c', '', 1, 1 FROM ${from}`,
      [text],
    );
    for (const quarter of [0, 1, 2, 3])
      await trx.raw(
        `INSERT INTO likeness (image_id, owner_id, quarter, bits)
        SELECT ${at(0, 'bigint')}, ${owner}, ${quarter}, ${at(2 + quarter, 'integer')} FROM ${from}`,
        [text],
      );
  });
}

/** Gives a member so many pictures with any hashes at all, after number `from`; answers the hashes of some. */
async function fill(db: Db, owner: number, from: number, images: number): Promise<string[]> {
  const some: string[] = [];
  for (let done = 0; done < images; done += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, images - done) }, (_, n) => {
      const hash = randomBytes(8).toString('hex');
      return [from + done + n, hash, ...quarters(hash)];
    });
    some.push(...rows.slice(0, searches).map((row) => String(row[1])));
    await insert(db, owner, rows);
  }
  return some.slice(-searches);
}

/** A hash that is `bits` away, in bits that lie apart. */
function turned(hash: string, bits: number): string {
  let value = BigInt(`0x${hash}`);
  for (let n = 0; n < bits; n++) value ^= 1n << BigInt((5 + n * 11) % 64);
  return value.toString(16).padStart(16, '0');
}

/** Milliseconds of each search for a picture that differs from one of theirs by 6 bits; each has to find it. */
async function search(db: Db, owner: number, hashes: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const hash of hashes) {
    const asked = turned(hash, 6);
    const began = performance.now();
    const [nearest] = await findNear(db, owner, asked);
    times.push(performance.now() - began);
    const found = nearest === undefined ? null : await db('images').where({ id: nearest }).first('phash');
    if (!found || phashDistance(String(found.phash), asked) > 6) throw new Error(`${asked} does not find ${hash}`);
  }
  return times;
}

async function measure(db: Db) {
  await migrate(db);
  const [ann, bob] = [await plantMember(db, 'ann'), await plantMember(db, 'bob')];
  const few = await fill(db, ann, 1, FEW);
  const lots = await fill(db, bob, FEW + 1, many);
  await db.raw(dialectOf(db) === 'sqlite' ? 'ANALYZE' : 'VACUUM ANALYZE');
  await search(db, bob, lots.slice(0, 20));
  const [small, large] = [await search(db, ann, few), await search(db, bob, lots)];
  const ms = median(large);
  if (ms > GOAL_MS) process.exitCode = 1;
  const asked = ms > GOAL_MS ? `ABOVE ${GOAL_MS} ms` : `≤ ${GOAL_MS} ms`;
  const figures = `${median(small).toFixed(1)} → ${ms.toFixed(1)} ms, p99 ${percentile(large, 0.99).toFixed(1)}`;
  process.stdout.write(`${dialectOf(db).padEnd(8)}  ${asked}  ${figures}\n`);
}

const folder = await mkdtemp(join(tmpdir(), 'bowerbird-likeness-'));
const cluster = await startCluster();
process.stdout.write(`Pictures alike among ${many} of one member's, beside ${FEW} (${machine()})\n`);
try {
  for (const url of [`sqlite:${join(folder, 'likeness.sqlite')}`, cluster.url]) {
    const db = openDb({ url });
    await measure(db).finally(() => db.destroy());
  }
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
