import { dirname } from 'node:path';
import type { Db } from '../db/index.ts';
import type { Imaging, RenderedTier } from '../imaging/index.ts';
import { allOrWhy } from '../lib/all-or-why.ts';
import type { Log } from '../lib/log.ts';
import { BOX_TIERS, tierSize, type Tier } from '../lib/tiers.ts';
import { enqueue, withdraw } from '../queue/index.ts';
import { newKey, type Storage } from '../storage/index.ts';
import { fileRow } from './admit/insert.ts';
import { arrived, discard, expect, type Expected } from './expected.ts';
import { holdImage } from './hold.ts';
import { removeFiles } from './rendered.ts';
import type { AtStep } from './tools.ts';

/** What tiers are made with. */
export interface Making {
  storage: Storage;
  imaging: Imaging;
  log: Log;
  step?: AtStep;
  /** Told when all sizes of an image are made. */
  ready?(imageId: number): void;
}

export interface FileRow {
  tier: Tier | 'original';
  storage_key: string;
  sha256: string;
  bytes: number;
  type: string;
  width: number;
  height: number;
}

/** Tiers that are made already, and keys that are expected for them. */
interface Given {
  made: readonly RenderedTier[];
  keys: readonly string[];
}

/** How long the job waits for tiers that are being made with High, in milliseconds: it is the net under them. */
const NET_MS = 3000;

/** Writes the job that makes the tiers an image lacks; `made` when they are on their way without it. */
export const enqueueTiers = (trx: Db, imageId: number, made: boolean) =>
  enqueue(trx, 'makeTiers', { image: imageId }, { key: String(imageId), ...(made && { runAt: Date.now() + NET_MS }) });

/**
 * Makes the tiers that an image lacks, decoded once, and calls it ready; what is `given` need not be made, and then no job
 * need come. May run twice, also at the same time, or after the image has gone: then it does nothing more. What it
 * stores is expected first, as in `admit`.
 */
export async function makeTiers(db: Db, making: Making, imageId: number, given?: Given) {
  const files: FileRow[] = await db('files').where({ image_id: imageId });
  const image = await db('images').where({ id: imageId }).first('resolution', 'width', 'height', 'frames');
  const original = files.find(({ tier }) => tier === 'original');
  let made: readonly RenderedTier[] = given?.made ?? [];
  try {
    if (!image || !original) return await discard(db, making.storage, given?.keys ?? []);
    const wanted: Tier[] = image.resolution === 'full' ? ['full', ...BOX_TIERS] : [...BOX_TIERS];
    const missing = wanted.filter((tier) => !files.some((file) => file.tier === tier));
    const high = files.find(({ tier }) => tier === 'high');
    const copies = high ? missing.filter((tier) => sharesHigh(tier, image)).map((tier) => ({ ...high, tier })) : [];
    const rendered = missing.filter((tier) => !copies.some((copy) => copy.tier === tier));
    await making.step?.('rendering');
    const left = rendered.filter((tier) => !made.some((one) => one.tier === tier));
    made = [...made, ...(await renderFrom(making, original.storage_key, left))];
    const useful = made.filter(({ tier }) => rendered.includes(tier));
    await keepAll(db, making, { imageId, originalKey: original.storage_key, made: useful, copies, given });
    making.ready?.(imageId);
  } finally {
    await removeFiles(made);
  }
}

/** Very High of any wide picture, and Medium of any small one, come out the same as High: then they are the same file. */
function sharesHigh(tier: Tier, { width, height, frames }: { width: number; height: number; frames: number }): boolean {
  const [a, b] = [tierSize(tier, width, height), tierSize('high', width, height)];
  return (tier !== 'low' || frames === 1) && a.width === b.width && a.height === b.height;
}

/** Makes tiers of stored bytes, as temporary files: whoever asked removes what they do not keep. */
export async function renderFrom(
  { storage, imaging }: Making,
  key: string,
  tiers: readonly Tier[],
): Promise<RenderedTier[]> {
  if (tiers.length === 0) return [];
  const local = await storage.local(key);
  if (!local) throw new Error(`the original ${key} is missing`);
  try {
    return await imaging.render(local.path, dirname(storage.temporary()), tiers);
  } finally {
    await local.done();
  }
}

interface NewTiers {
  imageId: number;
  /** Of the bytes that these tiers were made from. */
  originalKey: string;
  made: readonly RenderedTier[];
  /** Tiers that are High itself. */
  copies: readonly FileRow[];
  given: Given | undefined;
}

/** Where each file goes: under a key that is expected already, as long as there are any, else under a new one. */
function placesOf({ made, originalKey, given }: NewTiers) {
  const spare = [...(given?.keys ?? [])];
  const keyOf = new Map<string, string>();
  const fresh: Expected[] = [];
  for (const { path, sha256 } of made) {
    if (keyOf.has(path)) continue;
    const key = spare.shift() ?? newKey(originalKey);
    if (!given?.keys.includes(key)) fresh.push({ key, sha256 });
    keyOf.set(path, key);
  }
  return { keyOf, fresh, keys: [...keyOf.values(), ...spare] };
}

/** Stores each file once, whatever number of tiers share it, and commits the rows; what no row took is let go. */
async function keepAll(db: Db, making: Making, tiers: NewTiers) {
  const { storage, step, log } = making;
  const { keyOf, fresh, keys } = placesOf(tiers);
  await expect(db, fresh);
  try {
    await step?.('tiers_expected');
    await allOrWhy([...keyOf].map(([path, key]) => storage.keep(key, path)));
    await step?.('tiers_stored');
    const made = tiers.made.map((tier) => ({ ...tier, storage_key: keyOf.get(tier.path) ?? '' }));
    const letGo = await db.transaction((trx) => commit(trx, tiers, [...made, ...tiers.copies], keys, step));
    await step?.('tiers_committed');
    await discard(db, storage, letGo);
  } catch (error) {
    await discard(db, storage, keys).catch((cause: unknown) => log.warn({ cause }, 'left for the sweep'));
    throw error;
  }
}

/** Answers the keys that no row took: the image is gone or has other bytes now, or another worker was quicker. */
async function commit(
  trx: Db,
  { imageId, originalKey, given }: NewTiers,
  tiers: readonly FileRow[],
  keys: readonly string[],
  step: Making['step'],
): Promise<readonly string[]> {
  await holdImage(trx, imageId);
  const original = { image_id: imageId, tier: 'original', storage_key: originalKey };
  if (!(await trx('files').where(original).first('tier'))) return keys;
  const rows = tiers.map(({ tier, storage_key, bytes, type, width, height, sha256 }) =>
    fileRow(imageId, tier, storage_key, { bytes, type, width, height, sha256 }),
  );
  if (rows.length > 0) await trx('files').insert(rows).onConflict(['image_id', 'tier']).ignore();
  const taken: string[] = await trx('files')
    .where({ image_id: imageId })
    .whereIn('storage_key', keys)
    .pluck('storage_key');
  const stored = new Set(tiers.map(({ storage_key }) => storage_key));
  // Those that nothing was stored under are done with as well.
  await arrived(trx, [...taken, ...keys.filter((key) => !stored.has(key))]);
  await trx('images').where({ id: imageId }).update({ state: 'ready' });
  if (given) await withdraw(trx, 'makeTiers', String(imageId));
  await step?.('tiers_committing');
  return keys.filter((key) => stored.has(key) && !taken.includes(key));
}
