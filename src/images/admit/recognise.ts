import { query, type Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { isFlat, quarters } from '../../lib/likeness.ts';
import { phashDistance } from '../../lib/phash.ts';

/** Two pictures whose hashes differ in so many of their 64 bits are offered as the same. */
const NEAR = 6;

const bySha = query<{ id: number }>(
  'SELECT id FROM images WHERE owner_id = ? AND sha256 = ? AND binned_at IS NULL ORDER BY id LIMIT 5',
);

/** The member's own images with exactly these bytes; other people's are never looked at. */
export async function findSame(db: Db, ownerId: number, sha256: string): Promise<number[]> {
  return (await bySha.all(db, [ownerId, sha256])).map(({ id }) => id);
}

/**
 * The member's own images that look like this one, nearest first. Two hashes at most 7 bits apart have a 16-bit quarter
 * at most one bit apart, so 17 neighbours of each quarter find them all without a scan.
 */
export async function findAlike(db: Db, ownerId: number, phash: string): Promise<number[]> {
  if (isFlat(phash)) return [];
  const found = new Map<number, number>();
  for (const [quarter, bits] of quarters(phash).entries()) {
    const near = [bits, ...Array.from({ length: 16 }, (_, bit) => bits ^ (1 << bit))];
    const rows: { id: number; phash: string }[] = await db('likeness as l')
      .join('images as i', 'i.id', 'l.image_id')
      .where({ 'l.owner_id': ownerId, 'l.quarter': quarter })
      .whereIn('l.bits', near)
      .whereNull('i.binned_at')
      .limit(200)
      .select('i.id', 'i.phash');
    for (const row of rows) found.set(Number(row.id), phashDistance(row.phash, phash));
  }
  const close = [...found].filter(([, apart]) => apart <= NEAR);
  return close
    .sort((a, b) => a[1] - b[1] || a[0] - b[0])
    .map(([id]) => id)
    .slice(0, 5);
}

/** What a person is asked when they have it: 409, with the numbers of their images in `ids`. */
export const alreadyThere = (code: 'duplicate' | 'look_alike', ids: number[]) =>
  new Refusal(409, code, `image.${code}`, { extra: { ids } });
