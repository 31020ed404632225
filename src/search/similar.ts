import { query, type Db } from '../db/index.ts';
import {
  asSeenBy,
  selectImages,
  VISIBLE,
  visibleValues,
  type Image,
  type ImageRow,
  type Reader,
} from '../images/index.ts';
import { ALIKE, BESIDE, LOOK_COLUMNS } from '../lib/look.ts';

/** So many of the newest in the image's own cells are compared, and of each cell beside them, whatever there is. */
const IN_OWN = 250;
const IN_OTHERS = 25;
/** How many are shown. */
const MOST = 24;

const places = BESIDE.flatMap((steps, grid) =>
  steps.map((step) => ({ cell: `cell${grid}`, step, most: step === 0 ? IN_OWN : IN_OTHERS })),
);
const inCell = ({ cell, step, most }: (typeof places)[number], n: number) =>
  `SELECT * FROM (SELECT image_id, ${LOOK_COLUMNS.join(', ')} FROM looks WHERE ${cell} = (SELECT ${cell} + (${step}) FROM looks WHERE image_id = ?)
    ORDER BY image_id DESC LIMIT ${most}) c${n}`;
// CAST: PostgreSQL's smallint would not hold a square.
const distance = LOOK_COLUMNS.map(
  (column) => `CAST(l.${column} - m.${column} AS integer) * (l.${column} - m.${column})`,
).join(' + ');

const alike = query<ImageRow>(
  selectImages(`JOIN (SELECT l.image_id AS id, ${distance} AS far
      FROM (${places.map(inCell).join(' UNION ')}) l JOIN looks m ON m.image_id = ?
      WHERE l.image_id <> m.image_id) p ON p.id = i.id
    WHERE p.far < ${ALIKE} AND ${VISIBLE} ORDER BY p.far, i.id DESC LIMIT ${MOST}`),
);

/**
 * What looks like an image, most alike first, as a reader may see it: one query that costs the same however many there are.
 * Whether they may see the image itself, the caller has asked.
 */
export async function similarTo(db: Db, reader: Reader, imageId: number): Promise<Image[]> {
  const rows = await alike.all(db, [...places.map(() => imageId), imageId, ...visibleValues(reader)]);
  return rows.map((row) => asSeenBy(reader, row));
}
