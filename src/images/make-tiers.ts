import { dirname } from 'node:path';
import type { Db } from '../db/index.ts';
import type { Imaging, RenderedTier } from '../imaging/index.ts';
import { allOrWhy } from '../lib/all-or-why.ts';
import type { Log } from '../lib/log.ts';
import { BOX_TIERS, tierSize, type Tier } from '../lib/tiers.ts';
import { newKey, type Storage } from '../storage/index.ts';
import { fileRow } from './admit/insert.ts';
import { arrived, discard, expect } from './expected.ts';
import { removeFiles, type Handover } from './handover.ts';
import { holdImage } from './hold.ts';
import type { AtStep } from './tools.ts';

interface Making {
  storage: Storage;
  imaging: Imaging;
  handover: Handover | null;
  log: Log;
  step?: AtStep;
}

interface FileRow {
  tier: Tier | 'original';
  storage_key: string;
  sha256: string;
  bytes: number;
  type: string;
  width: number;
  height: number;
}

/**
 * Makes the tiers that an image lacks, decoded once, and calls it ready. May run twice, also at the same time, or after
 * the image has gone: then it does nothing more. What it stores is expected first, as in `admit`.
 */
export async function makeTiers(db: Db, making: Making, imageId: number) {
  const files: FileRow[] = await db('files').where({ image_id: imageId });
  const image = await db('images').where({ id: imageId }).first('resolution', 'width', 'height');
  const original = files.find(({ tier }) => tier === 'original');
  if (!image || !original) return;
  const wanted: Tier[] = image.resolution === 'full' ? ['full', ...BOX_TIERS] : [...BOX_TIERS];
  const missing = wanted.filter((tier) => !files.some((file) => file.tier === tier));
  const high = files.find(({ tier }) => tier === 'high');
  const shared = high ? missing.filter((tier) => sharesHigh(tier, image)) : [];
  const rendered = missing.filter((tier) => !shared.includes(tier));
  await making.step?.('rendering');
  const made = await take(making, original.storage_key, rendered);
  try {
    const copies = high ? shared.map((tier) => ({ ...high, tier })) : [];
    await keepAll(db, making, { imageId, originalKey: original.storage_key, made, copies });
  } finally {
    await removeFiles(made);
  }
}

/** Very High of any wide picture, and Medium of any small one, come out the same as High: then they are the same file. */
function sharesHigh(tier: Tier, { width, height }: { width: number; height: number }): boolean {
  const [a, b] = [tierSize(tier, width, height), tierSize('high', width, height)];
  return tier !== 'low' && a.width === b.width && a.height === b.height;
}

/** The tiers that were made with High and wait for us; the others are made now. */
async function take(making: Making, key: string, tiers: readonly Tier[]): Promise<RenderedTier[]> {
  const handed = making.handover?.take(key) ?? [];
  const wanted = handed.filter(({ tier }) => tiers.includes(tier));
  const missing = tiers.filter((tier) => !wanted.some((one) => one.tier === tier));
  try {
    return [...wanted, ...(await render(making, key, missing))];
  } catch (error) {
    await removeFiles(handed);
    throw error;
  }
}

async function render({ storage, imaging }: Making, key: string, tiers: readonly Tier[]): Promise<RenderedTier[]> {
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
}

/** Stores each file once, whatever number of tiers share it, and commits the rows; what no row took is let go. */
async function keepAll(db: Db, making: Making, tiers: NewTiers) {
  const { storage, step, log } = making;
  const files = new Map(tiers.made.map(({ path, sha256 }) => [path, { key: newKey(tiers.originalKey), sha256 }]));
  const keys = [...files.values()].map(({ key }) => key);
  await expect(db, [...files.values()]);
  try {
    await step?.('tiers_expected');
    await allOrWhy([...files].map(([path, { key }]) => storage.keep(key, path)));
    await step?.('tiers_stored');
    const made = tiers.made.map((tier) => ({ ...tier, storage_key: files.get(tier.path)!.key }));
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
  { imageId, originalKey }: NewTiers,
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
  await arrived(trx, taken);
  await trx('images').where({ id: imageId }).update({ state: 'ready' });
  await step?.('tiers_committing');
  return keys.filter((key) => !taken.includes(key));
}
