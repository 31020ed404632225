import { dirname } from 'node:path';
import { query, type Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import type { RenderedTier } from '../imaging/index.ts';
import { randomToken } from '../lib/secret.ts';
import { newKey } from '../storage/index.ts';
import { arrived, discard, expect } from './expected.ts';
import { removeFiles } from './rendered.ts';
import type { MediaFile } from './media.ts';
import type { Tools } from './tools.ts';

/** Squares of a member's photo, by the rendition they are made as. */
const SIZES = { low: 'small', photo: 'large' } as const;
type Made = keyof typeof SIZES;

export interface Photo {
  /** Public keys: the addresses of the bytes. */
  small: string;
  large: string;
  type: string;
}

const bytesOf = query<{ storage_key: string; type: string; bytes: number; sha256: string }>(`
  SELECT p.storage_key, p.type, p.bytes, p.sha256 FROM photos p JOIN accounts a ON a.id = p.account_id
  WHERE p.public_key = ? AND a.disabled_at IS NULL`);

/** The bytes of a photo: profiles are open to everyone, and so are these. */
export async function findPhotoFile(db: Db, publicKey: string): Promise<MediaFile> {
  const row = await bytesOf.first(db, [publicKey]);
  if (!row) throw notFound();
  const { storage_key, type, bytes, sha256 } = row;
  return { storageKey: storage_key, type, bytes, sha256, open: true, image: null };
}

/** A member's photo; null where they have none and their name draws one. */
export async function findPhoto(db: Db, accountId: number): Promise<Photo | null> {
  const rows: { size: string; public_key: string; type: string }[] = await db('photos').where({
    account_id: accountId,
  });
  const of = (size: string) => rows.find((row) => row.size === size);
  const [small, large] = [of('small'), of('large')];
  return small && large ? { small: small.public_key, large: large.public_key, type: large.type } : null;
}

/**
 * Makes an uploaded picture somebody's photo: through the same checks as every image, cut to squares. The upload itself is
 * not kept.
 */
export async function setPhoto(db: Db, { storage, imaging }: Tools, accountId: number, file: string) {
  const folder = dirname(file);
  const turn = { whose: `member ${accountId}` };
  const inspected = await imaging.inspect(file, folder, [], turn);
  await removeFiles([inspected.high]);
  const squares = await imaging.render<Made>(file, folder, ['low', 'photo'], turn);
  const kept = squares.map((square) => ({ square, key: newKey() }));
  try {
    await expect(
      db,
      kept.map(({ key, square }) => ({ key, sha256: square.sha256 })),
    );
    for (const { key, square } of kept) await storage.keep(key, square.path);
    const before = await db.transaction((trx) => replaceRows(trx, accountId, kept));
    await discard(db, storage, before);
  } catch (error) {
    await discard(
      db,
      storage,
      kept.map(({ key }) => key),
    );
    throw error;
  } finally {
    await removeFiles(squares);
  }
}

async function replaceRows(
  trx: Db,
  accountId: number,
  kept: { square: RenderedTier<Made>; key: string }[],
): Promise<string[]> {
  const before = await letGo(trx, accountId);
  await trx('photos').insert(
    kept.map(({ square: { tier, sha256, bytes, type }, key }) => ({
      account_id: accountId,
      size: SIZES[tier],
      storage_key: key,
      public_key: randomToken(),
      sha256,
      bytes,
      type,
    })),
  );
  await arrived(
    trx,
    kept.map(({ key }) => key),
  );
  return before;
}

/** Takes the rows away, and leaves their bytes to be discarded; answers the keys. */
async function letGo(trx: Db, accountId: number): Promise<string[]> {
  const keys: string[] = await trx('photos').where({ account_id: accountId }).pluck('storage_key');
  await trx('photos').where({ account_id: accountId }).delete();
  await expect(
    trx,
    [...new Set(keys)].map((key) => ({ key, sha256: '' })),
  );
  return keys;
}

export async function removePhoto(db: Db, { storage }: Pick<Tools, 'storage'>, accountId: number) {
  const keys = await db.transaction((trx) => letGo(trx, accountId));
  await discard(db, storage, keys);
}
