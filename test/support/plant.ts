import { countInLists, type Db } from '../../src/db/index.ts';
import { listsOf } from '../../src/images/counts.ts';
import type { Visibility } from '../../src/lib/visibility.ts';

/** Makes a member without a password, as far as lists of images need one; answers their number. */
export const plantMember = async (db: Db, username: string): Promise<number> =>
  (await insertMembers(db, [username]))[0] ?? 0;

/** Makes many at once, `crowd0` and so on; answers their numbers. */
export const plantMembers = (db: Db, many: number, name: string): Promise<number[]> =>
  insertMembers(
    db,
    Array.from({ length: many }, (_, n) => `${name}${n}`),
  );

async function insertMembers(db: Db, usernames: readonly string[]): Promise<number[]> {
  const rows = usernames.map((username) => ({
    username,
    username_key: username,
    email: `${username}@example.org`,
    email_key: username,
    created_at: 1,
  }));
  const made: { id: number }[] = await db('accounts').insert(rows).returning('id');
  return made.map(({ id }) => Number(id));
}

export interface Planted {
  ownerId: number;
  visibility?: Visibility;
  showName?: boolean;
  binnedAt?: number | null;
  /** Further columns, as the table has them. */
  more?: Record<string, unknown>;
}

/** The row of an image without bytes, as `admit` would write it. */
const rowOf = ({ ownerId, visibility = 'members', showName = true, binnedAt = null, more = {} }: Planted) => ({
  owner_id: ownerId,
  title: 'Planted',
  slug: 'planted',
  arrived: 'upload',
  visibility,
  show_name: showName,
  resolution: 'very_high',
  binned_at: binnedAt,
  state: 'ready',
  format: 'jpeg',
  width: 400,
  height: 300,
  frames: 1,
  alpha: false,
  quality: 'low',
  sha256: '0'.repeat(64),
  phash: '0'.repeat(16),
  colour: '#888888',
  placeholder: '',
  created_at: 1,
  updated_at: 1,
  ...more,
});

/** Plants so many of one owner, for everyone to see; answers their numbers in order. */
export const plantMany = (db: Db, ownerId: number, many: number, more: Partial<Planted> = {}): Promise<number[]> =>
  plantImages(
    db,
    Array.from({ length: many }, () => ({ ownerId, visibility: 'public' as const, ...more })),
  );

/** Plants many at once, which is quicker; answers their numbers in order. */
export async function plantImages(db: Db, many: readonly Planted[]): Promise<number[]> {
  const ids: number[] = [];
  const counts = [];
  for (let at = 0; at < many.length; at += 200) {
    const some = many.slice(at, at + 200);
    const made = await db('images').insert(some.map(rowOf)).returning('id');
    for (const [n, { id }] of made.entries()) {
      ids.push(Number(id));
      counts.push(...countsOf(Number(id), some[n]!));
    }
  }
  await countInLists(db, counts);
  return ids;
}

function countsOf(id: number, { ownerId, visibility = 'members', showName = true, binnedAt = null }: Planted) {
  const lists = listsOf({ id, ownerId, visibility, showName, binned: binnedAt !== null, ownerDisabled: false });
  return lists.map((list) => ({ list, at: id, n: 1 }));
}

/** Plants the files of an image, whose bytes are nowhere. */
export async function plantFiles(db: Db, imageId: number) {
  const tiers = ['original', 'very_high', 'high', 'medium', 'low'];
  const rows = tiers.map((tier) => ({
    image_id: imageId,
    tier,
    storage_key: `${tier}-${imageId}`,
    public_key: `${tier}-${imageId}`.padEnd(43, '_'),
    sha256: '0'.repeat(64),
    bytes: 1000,
    type: 'image/jpeg',
    width: 400,
    height: 300,
  }));
  await db('files').insert(rows);
}
