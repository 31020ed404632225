import { statfs } from 'node:fs/promises';
import type { Site } from './visit.ts';

/** Bytes free where images are kept, null where a store does not say, and where the database is. */
export interface Room {
  images: number | null;
  data: number;
}

export async function roomOf({ storage, config }: Pick<Site, 'storage' | 'config'>): Promise<Room> {
  const [images, { bavail, bsize }] = await Promise.all([storage.free(), statfs(config.dataDir)]);
  return { images: Number.isFinite(images) ? images : null, data: bavail * bsize };
}
