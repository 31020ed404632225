import { jsonRows, readRows, type Part } from '../db/index.ts';
import { VISIBLE, visibleValues, type Reader } from './visible.ts';

/** The image that another was kept from, as a reader may know it. */
export interface KeptFrom {
  id: number;
  slug: string;
  /** Null where they see "Anonymous". */
  username: string | null;
}

/** Where the copy of an image came from; nothing where that has gone, or is not for this reader. */
export const keptFromPart: Part<[Reader, number], KeptFrom | null> = {
  text: jsonRows(
    'i.id, i.slug, CASE WHEN i.show_name OR i.owner_id = ? THEN a.username END',
    `images c JOIN images i ON i.id = c.copied_from JOIN accounts a ON a.id = i.owner_id WHERE c.id = ? AND ${VISIBLE}`,
  ),
  values: (reader, imageId) => [reader.id ?? 0, imageId, ...visibleValues(reader)],
  read(found) {
    const [row] = readRows<[number, string, string | null]>(found);
    return row ? { id: Number(row[0]), slug: row[1], username: row[2] } : null;
  },
};
