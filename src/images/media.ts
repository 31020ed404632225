import { query, type Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { TIER_ORDER, type Tier } from '../lib/tiers.ts';
import { VISIBLE, visibleValues, type Reader } from './visible.ts';

/** Bytes that a reader may have. */
export interface MediaFile {
  storageKey: string;
  type: string;
  bytes: number;
  sha256: string;
  /** Everyone may have them, so that any cache may keep them. */
  open: boolean;
  /** The image whose they are, for the repair of bytes that are missing; null where nobody can make them again. */
  image: number | null;
}

interface MediaRow {
  image_id: number;
  storage_key: string;
  type: string;
  bytes: number;
  sha256: string;
  tier: Tier | 'original';
  resolution: Tier;
  owner_id: number;
  reach: number;
}

const byPublicKey = query<MediaRow>(`
  SELECT f.image_id, f.storage_key, f.type, f.bytes, f.sha256, f.tier, i.resolution, i.owner_id, i.reach
  FROM files f JOIN images i ON i.id = f.image_id
  WHERE f.public_key = ? AND ${VISIBLE}`);

/**
 * The file behind a public key: the rule of the image's page, and for others no tier above `resolution`. The original is
 * never one of these: its bytes were never encoded by us, so it leaves as an attachment alone.
 */
export async function findFile(db: Db, reader: Reader, publicKey: string): Promise<MediaFile> {
  const row = await byPublicKey.first(db, [publicKey, ...visibleValues(reader)]);
  if (!row || row.tier === 'original') throw notFound();
  const above = TIER_ORDER.indexOf(row.tier) > TIER_ORDER.indexOf(row.resolution);
  if (above && row.owner_id !== reader.id) throw notFound();
  return { ...fileOf(row), open: row.reach === 2 && !above };
}

const fileOf = ({ storage_key, type, bytes, sha256, image_id }: MediaRow) => ({
  storageKey: storage_key,
  type,
  bytes,
  sha256,
  image: Number(image_id),
});

/** The largest that a reader may take along: the original for its owner, else the largest tier open to them. */
export async function findDownload(db: Db, reader: Reader, imageId: number): Promise<MediaFile & { tier: string }> {
  const rows: MediaRow[] = await db('files as f')
    .join('images as i', 'i.id', 'f.image_id')
    .where('i.id', imageId)
    .whereRaw(VISIBLE, visibleValues(reader))
    .select(
      'f.image_id',
      'f.storage_key',
      'f.type',
      'f.bytes',
      'f.sha256',
      'f.tier',
      'i.resolution',
      'i.owner_id',
      'i.reach',
    );
  const order: readonly string[] = [...TIER_ORDER, 'original'];
  const mine = rows[0]?.owner_id === reader.id;
  const open = rows.filter(({ tier, resolution }) => mine || order.indexOf(tier) <= order.indexOf(resolution));
  const [best] = open.sort((a, b) => order.indexOf(b.tier) - order.indexOf(a.tier));
  if (!best) throw notFound();
  return { ...fileOf(best), tier: best.tier, open: false };
}
