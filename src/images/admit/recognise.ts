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
async function findSame(db: Db, ownerId: number, sha256: string): Promise<number[]> {
  return (await bySha.all(db, [ownerId, sha256])).map(({ id }) => id);
}

const NEIGHBOURS = 17;
const inQuarter = (quarter: number) =>
  `(l.owner_id = ? AND l.quarter = ${quarter} AND l.bits IN (${Array.from({ length: NEIGHBOURS }, () => '?').join(', ')}))`;

const byQuarters = query<{ id: number; phash: string }>(
  `SELECT i.id, i.phash FROM likeness l JOIN images i ON i.id = l.image_id
  WHERE i.binned_at IS NULL AND (${[0, 1, 2, 3].map(inQuarter).join(' OR ')}) LIMIT 800`,
);

/**
 * The member's own images that look like this one, nearest first. Two hashes at most 7 bits apart have a 16-bit quarter
 * at most one bit apart, so 17 neighbours of each quarter find them all without a scan.
 */
async function findAlike(db: Db, ownerId: number, phash: string): Promise<number[]> {
  if (isFlat(phash)) return [];
  const near = quarters(phash).map((bits) => [bits, ...Array.from({ length: 16 }, (_, bit) => bits ^ (1 << bit))]);
  const rows = await byQuarters.all(
    db,
    near.flatMap((neighbours) => [ownerId, ...neighbours]),
  );
  const found = new Map(rows.map((row) => [Number(row.id), phashDistance(row.phash, phash)]));
  const close = [...found].filter(([, apart]) => apart <= NEAR);
  return close
    .sort((a, b) => a[1] - b[1] || a[0] - b[0])
    .map(([id]) => id)
    .slice(0, 5);
}

/** What a person is asked when they have it: 409, with the numbers of their images in `ids`. */
const alreadyThere = (code: 'duplicate' | 'look_alike', ids: number[]) =>
  new Refusal(409, code, `image.${code}`, { extra: { ids } });

/** Refuses exactly these bytes where the member has them. */
export async function refuseSame(db: Db, ownerId: number, sha256: string) {
  const same = await findSame(db, ownerId, sha256);
  if (same.length > 0) throw alreadyThere('duplicate', same);
}

/** Refuses a picture that looks like one of the member's. */
export async function refuseAlike(db: Db, ownerId: number, phash: string) {
  const alike = await findAlike(db, ownerId, phash);
  if (alike.length > 0) throw alreadyThere('look_alike', alike);
}
