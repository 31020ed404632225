import type { Db } from '../../db/index.ts';

/** What the form of this one-time key has saved before; null where nothing, or what lies in the bin by now. */
export async function savedBefore(db: Db, ownerId: number, key: string | null): Promise<number | null> {
  if (!key) return null;
  const row = await db('once_keys as o')
    .join('images as i', 'i.id', 'o.image_id')
    .where({ 'o.account_id': ownerId, 'o.key': key, 'i.binned_at': null })
    .first('o.image_id');
  return row ? Number(row.image_id) : null;
}

/** The key may be that of an image which lies in the bin by now. */
export const rememberForm = (trx: Db, ownerId: number, key: string, imageId: number, now: number) =>
  trx('once_keys')
    .insert({ account_id: ownerId, key, image_id: imageId, created_at: now })
    .onConflict(['account_id', 'key'])
    .merge(['image_id', 'created_at']);
