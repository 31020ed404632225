import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../../errors.ts';
import type { Storage } from '../../storage/index.ts';

/** Bytes as a row says they are. */
export interface Told {
  storage_key: string;
  /** Null where nobody knows it. */
  sha256: string | null;
  bytes: number;
}

export type Fault = 'missing' | 'wrong_size' | 'wrong_hash' | 'unreadable';

/** What is wrong with stored bytes; null when they are what the row says. `quick` reads none of them. */
export async function faultOf(storage: Storage, told: Told, quick = false): Promise<Fault | null> {
  try {
    const size = await storage.size(told.storage_key);
    if (size === null) return 'missing';
    if (size !== Number(told.bytes)) return 'wrong_size';
    return quick || told.sha256 === null ? null : await faultOfContent(storage, told);
  } catch (error) {
    // Away is not broken: nobody knows what is there until it is back.
    if (error instanceof Refusal) throw error;
    // Of the store or of the disk: which, is for the log of the system.
    return 'unreadable';
  }
}

async function faultOfContent(storage: Storage, { storage_key, sha256 }: Told): Promise<Fault | null> {
  const stream = await storage.read(storage_key);
  if (!stream) return 'missing';
  const hash = createHash('sha256');
  await pipeline(stream, hash);
  return hash.digest('hex') === sha256 ? null : 'wrong_hash';
}
