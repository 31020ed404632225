import { query, type Db } from '../db/index.ts';

/** What a member keeps: bytes of originals, which count against a quota, and of the sizes made from them. */
export interface Used {
  accountId: number;
  username: string;
  images: number;
  originals: number;
  sizes: number;
}

interface Row {
  id: number;
  username: string;
  images: number;
  originals: number | null;
  sizes: number | null;
}

// Sizes that came out the same share one file: it counts once.
const rows = query<Row>(`
  SELECT a.id, a.username,
    (SELECT count(*) FROM images i WHERE i.owner_id = a.id) AS images,
    (SELECT CAST(sum(f.bytes) AS bigint) FROM images i JOIN files f ON f.image_id = i.id
      WHERE i.owner_id = a.id AND f.tier = 'original') AS originals,
    (SELECT CAST(sum(u.bytes) AS bigint) FROM (SELECT max(f.bytes) AS bytes FROM images i JOIN files f ON f.image_id = i.id
      WHERE i.owner_id = a.id AND f.tier <> 'original' GROUP BY f.storage_key) u) AS sizes
  FROM accounts a WHERE a.id > ? ORDER BY a.id LIMIT ?`);

/** Members in the order in which they came, those after the number `after`. It costs what these keep, not what all do. */
export async function usedByMembers(db: Db, after: number, size: number): Promise<Used[]> {
  const found = await rows.all(db, [after, size]);
  return found.map(({ id, username, images, originals, sizes }) => ({
    accountId: Number(id),
    username,
    images: Number(images),
    originals: Number(originals ?? 0),
    sizes: Number(sizes ?? 0),
  }));
}
