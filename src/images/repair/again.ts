import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import type { RenderedTier } from '../../imaging/index.ts';
import { allOrWhy } from '../../lib/all-or-why.ts';
import { randomToken } from '../../lib/secret.ts';
import { BOX_TIERS, type Tier } from '../../lib/tiers.ts';
import { newKey } from '../../storage/index.ts';
import { fileRow } from '../admit/insert.ts';
import { arrived, discard, expect } from '../expected.ts';
import { holdImage } from '../hold.ts';
import { renderFrom, type FileRow, type Making } from '../make-tiers.ts';
import { removeFiles } from '../rendered.ts';
import { faultOf } from './fault.ts';

/** `same`: what was made is what is there already. `gone`: so is the image, or it has other bytes meanwhile. */
export type Again = 'made' | 'same' | 'gone';

/**
 * Makes tiers of an image again from its original, all that it has or those that are named, and puts them in the place of what is
 * there: in one transaction, so that a reader finds the old or the new. The address of a tier changes only where its
 * bytes do. May run twice, also at the same time.
 * @throws Refusal original_lost where the original is not what it was: nothing is made of that
 */
export async function makeAgain(db: Db, making: Making, imageId: number, asked?: readonly Tier[]): Promise<Again> {
  const image = await db('images').where({ id: imageId }).first('resolution');
  const files: FileRow[] = await db('files').where({ image_id: imageId });
  const original = files.find(({ tier }) => tier === 'original');
  if (!image || !original) return 'gone';
  const full = image.resolution === 'full' || files.some(({ tier }) => tier === 'full');
  const all: Tier[] = full ? ['full', ...BOX_TIERS] : [...BOX_TIERS];
  const fault = await faultOf(making.storage, original);
  if (fault) throw originalLost(imageId);
  // All of them, whichever are asked for: how one comes out depends on what it is decoded with.
  const rendered = await renderFrom(making, original.storage_key, all);
  const made = asked ? rendered.filter(({ tier }) => asked.includes(tier)) : rendered;
  try {
    return await replace(db, making, { imageId, original, files, made });
  } finally {
    await removeFiles(rendered);
  }
}

/** Tried again for a while, as a job: a disk that was taken away may come back. */
export const originalLost = (id: number) =>
  new Refusal(503, 'original_lost', 'repair.original_lost', { params: { id } });

interface Made {
  imageId: number;
  original: FileRow;
  files: readonly FileRow[];
  made: readonly RenderedTier[];
}

type Placed = RenderedTier & { storage_key: string };

async function replace(db: Db, making: Making, { imageId, original, files, made }: Made): Promise<Again> {
  const { storage, step, log } = making;
  const { placed, fresh } = await place({ imageId, original, files, made }, making);
  if (placed.length === 0) return 'same';
  const keys = [...fresh.values()].map(({ key }) => key);
  await expect(db, [...fresh.values()]);
  try {
    await allOrWhy([...fresh].map(([path, { key }]) => storage.keep(key, path)));
    await step?.('again_stored');
    const done = await db.transaction((trx) => commit(trx, imageId, original.storage_key, placed, keys));
    await step?.('again_committed');
    await discard(db, storage, done.letGo);
    return done.outcome;
  } catch (error) {
    await discard(db, storage, keys).catch((cause: unknown) => log.warn({ cause }, 'left for the sweep'));
    throw error;
  }
}

/** The tiers that differ from what is there, and where each will lie: with others of the same bytes, or under a new key. */
async function place({ original, files, made }: Made, { storage }: Making) {
  const whole = new Map<string, FileRow>();
  for (const row of files)
    if (made.some(({ sha256 }) => sha256 === row.sha256) && !(await faultOf(storage, row))) whole.set(row.tier, row);
  const keyOf = new Map([...whole.values()].map((row) => [row.sha256, row.storage_key]));
  const fresh = new Map<string, { key: string; sha256: string }>();
  const placed: Placed[] = [];
  for (const tier of made) {
    if (whole.get(tier.tier)?.sha256 === tier.sha256) continue;
    let key = keyOf.get(tier.sha256);
    if (!key) {
      key = newKey(original.storage_key);
      keyOf.set(tier.sha256, key);
      fresh.set(tier.path, { key, sha256: tier.sha256 });
    }
    placed.push({ ...tier, storage_key: key });
  }
  return { placed, fresh };
}

async function commit(
  trx: Db,
  imageId: number,
  originalKey: string,
  placed: readonly Placed[],
  keys: readonly string[],
) {
  await holdImage(trx, imageId);
  const before: FileRow[] = await trx('files').where({ image_id: imageId });
  const held = new Set(before.map(({ storage_key }) => storage_key));
  // The image has gone or has other bytes, or those that were to be shared have gone from under it.
  const mine = placed.every(({ storage_key }) => keys.includes(storage_key) || held.has(storage_key));
  if (!held.has(originalKey) || !mine) return { outcome: 'gone' as const, letGo: keys };
  for (const { tier, storage_key, sha256, bytes, type, width, height } of placed) {
    const row = before.find((one) => one.tier === tier);
    const facts = { sha256, bytes, type, width, height };
    const address = row?.sha256 === sha256 ? {} : { public_key: randomToken() };
    if (!row) await trx('files').insert(fileRow(imageId, tier, storage_key, facts));
    else
      await trx('files')
        .where({ image_id: imageId, tier })
        .update({ storage_key, ...facts, ...address });
  }
  await arrived(trx, keys);
  const after = new Set<string>(await trx('files').where({ image_id: imageId }).pluck('storage_key'));
  const letGo = [...held].filter((key) => !after.has(key));
  await expect(
    trx,
    letGo.map((key) => ({ key, sha256: '' })),
  );
  return { outcome: 'made' as const, letGo };
}
