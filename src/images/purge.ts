import type { Db } from '../db/index.ts';
import type { Storage } from '../storage/index.ts';
import { recount } from './counts.ts';
import { discard, expect } from './expected.ts';
import { holdImage } from './hold.ts';

interface Binned {
  id: number;
  owner_id: number;
  visibility: 'public' | 'members' | 'private';
  show_name: boolean | number;
}

/** Removes for good what has lain in the bin for longer than `trashMs`; answers how many. A crash leaves it to the sweep. */
export async function purgeBin(db: Db, storage: Storage, trashMs: number, now = Date.now()): Promise<number> {
  const due: Binned[] = await db('images')
    .where('binned_at', '<', now - trashMs)
    .orderBy('binned_at')
    .limit(500)
    .select('id', 'owner_id', 'visibility', 'show_name');
  for (const image of due) await purge(db, storage, image, now);
  return due.length;
}

async function purge(db: Db, storage: Storage, image: Binned, now: number) {
  const id = Number(image.id);
  const keys = await db.transaction(async (trx) => {
    await holdImage(trx, id);
    const held: string[] = await trx('files').where({ image_id: id }).pluck('storage_key');
    const gone = await trx('images').where({ id }).whereNotNull('binned_at').delete();
    // Taken back from the bin a moment ago.
    if (!gone) return [];
    const placed = {
      id,
      ownerId: Number(image.owner_id),
      visibility: image.visibility,
      showName: Boolean(image.show_name),
    };
    await recount(trx, { ...placed, binned: true, ownerDisabled: false }, null);
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
