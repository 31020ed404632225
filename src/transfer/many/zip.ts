import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { chunks } from '../../lib/chunks.ts';
import type { Storage } from '../../storage/index.ts';

/** More than so many go into the zip of all that one has, which is made while one does something else. */
export const MOST_IN_ZIP = 500;

interface Row {
  id: number;
  slug: string;
  created_at: number;
  storage_key: string;
  type: string;
}

/**
 * A zip of the originals of one's own images, written as it is read: nothing is held whole, and nothing stays behind. What the
 * store has lost is left out.
 * @throws Refusal 422 where none or too many are chosen
 */
export async function zipOf(db: Db, storage: Storage, ownerId: number, ids: readonly number[]): Promise<Readable> {
  if (ids.length === 0) throw new Refusal(422, 'invalid', 'many.none', { field: 'ids' });
  if (ids.length > MOST_IN_ZIP)
    throw new Refusal(422, 'too_many', 'many.zip.too_many', { field: 'ids', params: { max: MOST_IN_ZIP } });
  const rows: Row[] = [];
  for (const some of chunks([...new Set(ids)], 100))
    rows.push(
      ...(await db('images as i')
        .join('files as f', 'f.image_id', 'i.id')
        .where({ 'i.owner_id': ownerId, 'f.tier': 'original' })
        .whereNull('i.binned_at')
        .whereIn('i.id', some)
        .select('i.id', 'i.slug', 'i.created_at', 'f.storage_key', 'f.type')),
    );
  if (rows.length === 0) throw new Refusal(422, 'invalid', 'many.none', { field: 'ids' });
  const out = new PassThrough();
  const zip = new ZipFile();
  zip.on('error', (error: Error) => out.destroy(error));
  // Whoever goes away in the middle has ended it: that is no failure of ours.
  pipeline(zip.outputStream as Readable, out).catch(() => {});
  fill(zip, storage, rows, out).catch((error: unknown) => out.destroy(error as Error));
  return out;
}

async function fill(zip: ZipFile, storage: Storage, rows: readonly Row[], out: PassThrough) {
  let reading: Readable | null = null;
  out.once('close', () => reading?.destroy());
  for (const { id, slug, created_at, storage_key, type } of rows) {
    if (out.destroyed) return;
    const stream = (reading = await storage.read(storage_key));
    if (!stream) continue;
    const ending = type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length);
    zip.addReadStream(stream, `${id}-${slug}.${ending}`, { compress: false, mtime: new Date(Number(created_at)) });
    stream.once('error', (error: Error) => out.destroy(error));
    await new Promise<void>((resolve) => stream.once('close', () => resolve()));
  }
  zip.end();
}
