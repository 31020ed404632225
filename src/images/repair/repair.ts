import type { Db } from '../../db/index.ts';
import type { Tier } from '../../lib/tiers.ts';
import { enqueue, isKnown } from '../../queue/index.ts';
import type { FileRow, Making } from '../make-tiers.ts';
import { makeAgain, originalLost } from './again.ts';
import { faultOf } from './fault.ts';

const KIND = 'repairTiers';

/** Has an image's bytes looked after, once however often it is asked for. One that could not be helped waits for the operator. */
export async function askRepair(db: Db, imageId: number): Promise<boolean> {
  const key = String(imageId);
  if (await isKnown(db, KIND, key)) return false;
  await enqueue(db, KIND, { image: imageId }, { key });
  return true;
}

/** Makes those tiers of an image again whose bytes are not what their rows say. */
export async function repairTiers(db: Db, making: Making, imageId: number) {
  const files: FileRow[] = await db('files').where({ image_id: imageId });
  const broken: (Tier | 'original')[] = [];
  for (const file of files) if (await faultOf(making.storage, file)) broken.push(file.tier);
  if (broken.includes('original')) throw originalLost(imageId);
  const tiers = broken.filter((tier) => tier !== 'original');
  if (tiers.length === 0) return;
  const outcome = await makeAgain(db, making, imageId, tiers);
  making.log.warn({ image: imageId, tiers, outcome }, 'bytes that were missing or damaged were made again');
}
