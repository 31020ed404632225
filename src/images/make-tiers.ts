import { dirname } from 'node:path';
import type { Db } from '../db/index.ts';
import type { Imaging, RenderedTier } from '../imaging/index.ts';
import { BOX_TIERS, tierSize, type Tier } from '../lib/tiers.ts';
import { newKey, type Storage } from '../storage/index.ts';
import { fileRow } from './admit/insert.ts';
import { arrived, discard, expect } from './expected.ts';
import { removeFiles, type Handover } from './handover.ts';

interface Making {
  storage: Storage;
  imaging: Imaging;
  handover: Handover | null;
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
 * Makes the tiers that an image lacks, decoded once, and calls it ready. May run twice, or after the image has gone: then
 * it does nothing more. What it stores is expected first, as in `admit`.
 */
export async function makeTiers(db: Db, making: Making, imageId: number) {
  const files: FileRow[] = await db('files').where({ image_id: imageId });
  const image = await db('images').where({ id: imageId }).first('resolution', 'width', 'height', 'sha256');
  const original = files.find(({ tier }) => tier === 'original');
  if (!image || !original) return;
  const wanted: Tier[] = image.resolution === 'full' ? ['full', ...BOX_TIERS] : [...BOX_TIERS];
  const missing = wanted.filter((tier) => !files.some((file) => file.tier === tier));
  const shared = missing.filter((tier) => sharesHigh(tier, image));
  const high = files.find(({ tier }) => tier === 'high');
  const rendered = missing.filter((tier) => !high || !shared.includes(tier));
  const made = await take(making, imageId, original.storage_key, rendered);
  try {
    const kept = await keepAll(db, making.storage, made);
    await commit(
      db,
      making.storage,
      imageId,
      original.sha256,
      kept,
      high ? shared.map((tier) => ({ ...high, tier })) : [],
    );
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
async function take(making: Making, imageId: number, key: string, tiers: readonly Tier[]): Promise<RenderedTier[]> {
  const handed = making.handover?.take(imageId) ?? [];
  const wanted = handed.filter(({ tier }) => tiers.includes(tier));
  const missing = tiers.filter((tier) => !wanted.some((one) => one.tier === tier));
  return [...wanted, ...(await render(making, key, missing))];
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

type Kept = RenderedTier & { key: string };

/** Stores each file once, whatever number of tiers share it. */
async function keepAll(db: Db, storage: Storage, made: readonly RenderedTier[]): Promise<Kept[]> {
  const keys = new Map(made.map(({ path, sha256 }) => [path, { key: newKey(), sha256 }]));
  await expect(db, [...keys.values()]);
  for (const [path, { key }] of keys) await storage.keep(key, path);
  return made.map((tier) => ({ ...tier, key: keys.get(tier.path)!.key }));
}

async function commit(db: Db, storage: Storage, imageId: number, sha256: string, kept: Kept[], shared: FileRow[]) {
  const keys = kept.map(({ key }) => key);
  const rows = [
    ...kept.map(({ key, tier, bytes, type, width, height, sha256: hash }) =>
      fileRow(imageId, tier, key, { bytes, type, width, height, sha256: hash }),
    ),
    ...shared.map(({ tier, storage_key, bytes, type, width, height, sha256: hash }) =>
      fileRow(imageId, tier, storage_key, { bytes, type, width, height, sha256: hash }),
    ),
  ];
  const wanted = await db.transaction(async (trx) => {
    const same = await trx('images').where({ id: imageId, sha256 }).update({ state: 'ready' });
    if (!same) return false;
    if (rows.length > 0) await trx('files').insert(rows).onConflict(['image_id', 'tier']).ignore();
    await arrived(trx, keys);
    return true;
  });
  // Gone or replaced while we rendered: these bytes belong to nothing.
  if (!wanted) await discard(db, storage, keys);
}
