import type { Db } from '../db/index.ts';
import type { Storage } from '../storage/index.ts';

/** Bytes that are about to be stored: a key, and their SHA-256. */
export interface Expected {
  key: string;
  sha256: string;
}

/** Says, committed before a byte is stored, that these keys may hold bytes without an image. */
export async function expect(db: Db, files: readonly Expected[], now = Date.now()) {
  if (files.length === 0) return;
  await db('expected').insert(files.map(({ key, sha256 }) => ({ storage_key: key, sha256, created_at: now })));
}

/** Closes what was expected, in the transaction that gives the bytes to an image. */
export async function arrived(trx: Db, keys: readonly string[]) {
  await trx('expected').whereIn('storage_key', keys).delete();
}

/** Removes bytes that no image has, and then the rows that told of them. Bytes that an image shares are left alone. */
export async function discard(db: Db, storage: Storage, keys: readonly string[]) {
  if (keys.length === 0) return;
  const used = await usedOf(db, keys);
  for (const key of new Set(keys)) if (!used.has(key)) await storage.remove(key);
  await db('expected').whereIn('storage_key', keys).delete();
}

/** Those of the keys that an image or a photo has. */
async function usedOf(db: Db, keys: readonly string[]): Promise<Set<string>> {
  const files: string[] = await db('files').whereIn('storage_key', keys).pluck('storage_key');
  const photos: string[] = await db('photos').whereIn('storage_key', keys).pluck('storage_key');
  return new Set([...files, ...photos]);
}

/** How long bytes may be on their way before they count as strays. */
export const STRAY_AFTER = 60 * 60 * 1000;

/** Removes the strays of saves that never came to their end; answers how many. Nothing else is ever swept. */
export async function sweepStrays(db: Db, storage: Storage, now = Date.now()): Promise<number> {
  const keys: string[] = await db('expected')
    .where('created_at', '<', now - STRAY_AFTER)
    .limit(1000)
    .pluck('storage_key');
  await discard(db, storage, keys);
  return keys.length;
}
