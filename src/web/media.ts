import { extensionOf } from '../api/images.ts';
import { notFound } from '../errors.ts';
import { findDownload, findFile, findImage } from '../images/index.ts';
import { slugOf } from '../lib/slug.ts';
import { bytes } from './answer.ts';
import { imageId } from './params.ts';
import type { Visit } from './visit.ts';

export const MEDIA_NAME = /^([A-Za-z0-9_-]{43})\.[a-z0-9]{3,4}$/;

/** The bytes behind a public key: a row's, whatever the ending says. */
export async function media({ db, reader, params }: Visit) {
  const key = MEDIA_NAME.exec(params['file'] ?? '')?.[1];
  if (!key) throw notFound();
  return bytes(await findFile(db, reader, key));
}

/** The largest tier that the reader may see, the original for its owner: as an attachment named after the title. */
export async function download(visit: Visit) {
  const image = await findImage(visit.db, visit.reader, imageId(visit));
  const file = await findDownload(visit.db, visit.reader, image.id);
  return bytes(file, `${slugOf(image.title)}.${extensionOf(file.type)}`);
}
