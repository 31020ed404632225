import type { Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import type { Placed } from './counts.ts';
import { placedOf, type PlacedRow } from './hold.ts';
import { maySee, type Reader } from './visible.ts';

/**
 * The image as it stands, held until the transaction ends, so that what people do to it goes one after the other and its
 * owner's changes come before or after; a Refusal 404 where the reader may not see it.
 */
export async function holdSeen(trx: Db, reader: Reader, id: number): Promise<Placed> {
  const row: PlacedRow | undefined = await trx('images')
    .where({ id })
    .forUpdate()
    .first('id', 'owner_id', 'visibility', 'show_name', 'binned_at', 'owner_disabled');
  if (!row) throw notFound();
  const image = placedOf(row);
  if (!maySee(reader, image)) throw notFound();
  return image;
}
