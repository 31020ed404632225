import { query, type Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { isFlat, NEAR, NEIGHBOURS, neighbours, quarters, SAME } from '../../lib/likeness.ts';
import { phashDistance } from '../../lib/phash.ts';
import type { Saving } from '../tools.ts';
import { ownerOf } from './watch.ts';

const bySha = query<{ id: number }>(
  'SELECT id FROM images WHERE owner_id = ? AND sha256 = ? AND binned_at IS NULL ORDER BY id LIMIT 5',
);

/** The member's own images with exactly these bytes; other people's are never looked at. */
async function findSame(db: Db, ownerId: number, sha256: string): Promise<number[]> {
  return (await bySha.all(db, [ownerId, sha256])).map(({ id }) => id);
}

const inQuarter = (quarter: number) =>
  `(l.owner_id = ? AND l.quarter = ${quarter} AND l.bits IN (${Array.from({ length: NEIGHBOURS }, () => '?').join(', ')}))`;

const byQuarters = query<{ id: number; phash: string }>(
  `SELECT i.id, i.phash FROM likeness l JOIN images i ON i.id = l.image_id
  WHERE i.binned_at IS NULL AND (${[0, 1, 2, 3].map(inQuarter).join(' OR ')}) LIMIT 20000`,
);

/** The member's own images whose hash is near, nearest first: all up to a distance of 7, most up to `NEAR`, and no scan. */
export async function findNear(db: Db, ownerId: number, phash: string): Promise<number[]> {
  if (isFlat(phash)) return [];
  const values = quarters(phash).flatMap((quarter) => [ownerId, ...neighbours(quarter)]);
  const rows = await byQuarters.all(db, values);
  const found = new Map(rows.map((row) => [Number(row.id), phashDistance(row.phash, phash)]));
  return [...found]
    .filter(([, apart]) => apart <= NEAR)
    .sort((a, b) => a[1] - b[1] || a[0] - b[0])
    .map(([id]) => id);
}

/** Those of the images that look like the picture in `file`, which is laid over High of the five nearest. */
async function confirmed(saving: Saving, ownerId: number, near: readonly number[], file: string): Promise<number[]> {
  const { db, storage, imaging, log } = saving;
  const files: { image_id: number; storage_key: string }[] = await db('files')
    .where({ tier: 'high' })
    .whereIn('image_id', near.slice(0, 5))
    .select('image_id', 'storage_key');
  const seen: { id: number; path: string; done(): Promise<void> }[] = [];
  try {
    for (const { image_id, storage_key } of files) {
      const local = await storage.local(storage_key);
      if (local) seen.push({ id: Number(image_id), ...local });
    }
    const paths = seen.map(({ path }) => path);
    const apart = await imaging.compare(file, paths, { whose: ownerOf(ownerId) });
    return near.filter((id) => (apart[seen.findIndex((one) => one.id === id)] ?? 1) < SAME);
  } catch (error) {
    // Who asks whether somebody has a picture already does not stand in the way of saving it.
    log.warn({ err: error }, 'pictures alike could not be compared');
    return [];
  } finally {
    await Promise.all(seen.map(({ done }) => done()));
  }
}

/** What a person is asked when they have it: 409, with the numbers of their images in `ids`. */
const alreadyThere = (code: 'duplicate' | 'look_alike', ids: number[]) =>
  new Refusal(409, code, `image.${code}`, { extra: { ids } });

/** Refuses exactly these bytes where the member has them. */
export async function refuseSame(db: Db, ownerId: number, sha256: string) {
  const same = await findSame(db, ownerId, sha256);
  if (same.length > 0) throw alreadyThere('duplicate', same);
}

/** Refuses a picture that looks like one of the member's: by its hash, and then to the eye. `file` is its High. */
export async function refuseAlike(saving: Saving, ownerId: number, phash: string, file: string) {
  const near = await findNear(saving.db, ownerId, phash);
  const alike = near.length > 0 ? await confirmed(saving, ownerId, near, file) : [];
  if (alike.length > 0) throw alreadyThere('look_alike', alike);
}
