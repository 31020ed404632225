import { jsonRows, readRows, type Db, type Part } from '../db/index.ts';
import { isSaid, NO_PROVENANCE, type Provenance } from '../lib/provenance.ts';

/** A row of `provenance`. */
interface Row extends Omit<Provenance, 'noai' | 'noindex'> {
  image_id: number;
  noai: boolean | number;
  noindex: boolean | number;
}

const provenanceOf = ({ title, description, site, date, address, noai, noindex }: Row): Provenance => ({
  title,
  description,
  site,
  date,
  address,
  noai: Boolean(noai),
  noindex: Boolean(noindex),
});

/** Keeps what the page said of itself; of a page that said nothing there is no row. */
export async function keepProvenance(trx: Db, imageId: number, said: Provenance) {
  if (isSaid(said)) await trx('provenance').insert({ image_id: imageId, ...said });
}

/** New bytes for an image: what their page asks counts from now on. Where they were found its owner had said before. */
export async function keepWishes(trx: Db, imageId: number, { noai, noindex }: Provenance) {
  if (noai || noindex) {
    const row = { image_id: imageId, ...NO_PROVENANCE, noai, noindex };
    await trx('provenance').insert(row).onConflict('image_id').merge(['noai', 'noindex']);
  } else await trx('provenance').where({ image_id: imageId }).update({ noai, noindex });
}

/** It was found elsewhere, as its owner says now: then these words are of another page. */
export async function forgetWords(trx: Db, imageId: number) {
  const { title, description, site, date, address } = NO_PROVENANCE;
  await trx('provenance').where({ image_id: imageId }).update({ title, description, site, date, address });
}

/** For a place in a larger query: the image itself has been found by the rule of who may see it. */
export const provenancePart: Part<[unknown, number], Provenance> = {
  text: jsonRows(
    'p.title, p.description, p.site, p.date, p.address, p.noai, p.noindex',
    'provenance p WHERE p.image_id = ?',
  ),
  values: (_reader, imageId) => [imageId],
  read(found) {
    const [row] = readRows<[string, string, string, string, string | null, boolean | number, boolean | number]>(found);
    if (!row) return NO_PROVENANCE;
    const [title, description, site, date, address, noai, noindex] = row;
    return { title, description, site, date, address, noai: Boolean(noai), noindex: Boolean(noindex) };
  },
};

/** The same of several images, by their numbers. */
export async function provenanceByImage(db: Db, ids: readonly number[]): Promise<Map<number, Provenance>> {
  const rows: Row[] = await db('provenance').whereIn('image_id', ids);
  return new Map(rows.map((row) => [Number(row.image_id), provenanceOf(row)]));
}

/** The same of one. */
export const findProvenance = async (db: Db, imageId: number): Promise<Provenance> =>
  (await provenanceByImage(db, [imageId])).get(imageId) ?? NO_PROVENANCE;
