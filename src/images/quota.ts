import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { sizeInWords } from '../lib/size.ts';

/** Refuses what would not fit beside a member's other images, the bin's included. */
export async function checkQuota(db: Db, ownerId: number, quotaBytes: number | null, bytes: number) {
  if (quotaBytes === null) return;
  const [row] = await db('files as f')
    .join('images as i', 'i.id', 'f.image_id')
    .where({ 'i.owner_id': ownerId, 'f.tier': 'original' })
    .sum({ used: 'f.bytes' });
  const used = Number(row?.['used'] ?? 0);
  if (used + bytes > quotaBytes)
    throw new Refusal(422, 'quota', 'image.quota', { params: { limit: sizeInWords(quotaBytes) } });
}
