import type { Db } from '../db/index.ts';
import type { Visibility } from '../lib/visibility.ts';
import type { Placed } from './counts.ts';

/**
 * Holds an image's row until the transaction ends, so that whatever changes its files goes one after the other: SQLite's
 * transactions do so anyway, PostgreSQL's would each see the files as they were. Does nothing when the image is gone.
 */
export async function holdImage(trx: Db, id: number) {
  await trx('images')
    .where({ id })
    .update({ state: trx.ref('state') });
}

/** What decides where an image stands. */
export interface PlacedRow {
  id: number;
  owner_id: number;
  visibility: Visibility;
  show_name: boolean | number;
  binned_at: number | null;
  owner_disabled: boolean | number;
}

/** The same, as the rule reads it. */
export const placedOf = (row: PlacedRow): Placed => ({
  id: Number(row.id),
  ownerId: Number(row.owner_id),
  visibility: row.visibility,
  showName: Boolean(row.show_name),
  binned: row.binned_at !== null,
  ownerDisabled: Boolean(row.owner_disabled),
});
