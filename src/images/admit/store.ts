import { copyFile, link, rm } from 'node:fs/promises';
import { newKey, type Storage } from '../../storage/index.ts';
import { expect } from '../expected.ts';
import type { Saving } from '../tools.ts';
import type { Received } from './receive.ts';

/** Where the bytes of a save will lie: chosen before any is written, so that all of them are expected in one commit. */
export interface Keys {
  original: string;
  high: string;
  /** Of the tiers that are made after High: one each at the most. */
  others: readonly string[];
}

export function newKeys(others: number): Keys {
  const original = newKey();
  return { original, high: newKey(original), others: Array.from({ length: others }, () => newKey(original)) };
}

export const allKeys = ({ original, high, others }: Keys): string[] => [original, high, ...others];

/** Expects the bytes of a save, and stores the original while it is being looked at: its file stays where it is. */
export async function storeOriginal({ db, storage, step }: Saving, { file, sha256 }: Received, keys: Keys) {
  // What the tiers will hold is not known yet.
  const tiers = [keys.high, ...keys.others].map((key) => ({ key, sha256: '' }));
  await expect(db, [{ key: keys.original, sha256 }, ...tiers]);
  await step?.('expected');
  const second = await secondName(storage, file);
  try {
    await storage.keep(keys.original, second);
  } finally {
    await rm(second, { force: true });
  }
  await step?.('original_stored');
}

/** The same bytes under another name, to be moved away while the first is read; copied where the disk knows no links. */
async function secondName(storage: Storage, file: string): Promise<string> {
  const second = storage.temporary();
  await link(file, second).catch(() => copyFile(file, second));
  return second;
}
