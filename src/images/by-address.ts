import { query, type Db } from '../db/index.ts';
import { asSeenBy, selectImages, type Image, type ImageRow } from './image.ts';
import type { Reader } from './visible.ts';

/** An address may be longer than an index takes: its beginning finds it, and the whole decides. */
const byAddress = query<ImageRow>(
  selectImages(
    `WHERE i.owner_id = ? AND substr(i.source_url, 1, 200) = substr(CAST(? AS TEXT), 1, 200) AND i.source_url = ?
    AND i.binned_at IS NULL ORDER BY i.id DESC LIMIT 3`,
  ),
);

/** The reader's own images that came from that address, the newest first; at most three. */
export async function findByAddress(db: Db, reader: Reader & { id: number }, url: string): Promise<Image[]> {
  const rows = await byAddress.all(db, [reader.id, url, url]);
  return rows.map((row) => asSeenBy(reader, row));
}
