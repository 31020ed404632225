import type { Db } from '../db/index.ts';

/**
 * Holds an image's row until the transaction ends, so that whatever changes its files goes one after the other: SQLite's
 * transactions do so anyway, PostgreSQL's would each see the files as they were. Does nothing when the image is gone.
 */
export async function holdImage(trx: Db, id: number) {
  await trx('images')
    .where({ id })
    .update({ state: trx.ref('state') });
}
