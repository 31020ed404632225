import type { Db } from '../db/index.ts';
import type { Storage } from '../storage/index.ts';
import { recount } from './counts.ts';
import { discard, expect } from './expected.ts';
import { holdImage, placedOf, type PlacedRow } from './hold.ts';

/** Removes for good what has lain in the bin for longer than `trashMs`; answers how many. A crash leaves it to the sweep. */
export async function purgeBin(db: Db, storage: Storage, trashMs: number, now = Date.now()): Promise<number> {
  const due: number[] = await db('images')
    .where('binned_at', '<', now - trashMs)
    .orderBy('binned_at')
    .limit(500)
    .pluck('id');
  for (const id of due) await purge(db, storage, Number(id), ({ binned_at }) => binned_at !== null, now);
  return due.length;
}

/** Removes an image, its files and its place in every list, if it is still there and to go as it stands now. */
export async function purge(
  db: Db,
  storage: Storage,
  id: number,
  wanted: (row: PlacedRow) => boolean,
  now = Date.now(),
) {
  const keys = await db.transaction(async (trx) => {
    await holdImage(trx, id);
    const row: PlacedRow | undefined = await trx('images').where({ id }).first();
    if (!row || !wanted(row)) return [];
    const held: string[] = await trx('files').where({ image_id: id }).pluck('storage_key');
    // Before its likes and its places go with it.
    await recount(trx, placedOf(row), null);
    await trx('images').where({ id }).delete();
    const storageKeys = [...new Set(held)];
    await expect(
      trx,
      storageKeys.map((key) => ({ key, sha256: '' })),
      now,
    );
    return storageKeys;
  });
  await discard(db, storage, keys);
}
