import { join, resolve } from 'node:path';
import { diskStorage } from './disk.ts';
import type { Storage } from './storage.ts';

export { diskStorage, type DiskSettings } from './disk.ts';
export { diskFull } from './full.ts';
export { BEGINNINGS, isKey, newKey } from './key.ts';
export { patient } from './patient.ts';
export type { ByteRange, Storage, Stored } from './storage.ts';

/**
 * The store that a STORAGE setting names: `file:PATH`, or `DATA_DIR/media` for an empty one. Temporary files lie in its
 * `.temporary`, on the same disk. Any other setting is an Error whose message is the sentence for the operator; it
 * never repeats the setting, which may hold a secret.
 */
export function openStorage(setting: string, dataDir: string): Storage {
  const dir = setting === '' ? join(dataDir, 'media') : pathIn(setting);
  return diskStorage({ dir, temporaryDir: join(dir, '.temporary') });
}

function pathIn(setting: string): string {
  const path = /^file:(?:\/\/(?=\/))?([^,]+)$/.exec(setting)?.[1];
  if (!path)
    throw new Error('STORAGE: must be file:PATH, the folder that keeps the images, such as file:/srv/bowerbird');
  return resolve(path);
}
