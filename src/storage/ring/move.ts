import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Stored } from '../storage.ts';
import type { Member, Places } from './index.ts';

/** What was moved, and what could not be since there are other bytes under the same key where it belongs. */
export interface Moved {
  files: number;
  bytes: number;
  conflicts: string[];
}

/**
 * Moves what begins so to where it belongs: a 256th of all. It may be ended at any moment and called again, beside people who save, read
 * and remove: bytes are copied whole, then the old ones go, and a key that was removed meanwhile stays removed.
 */
export async function moveUnder(members: readonly Member[], places: Places, beginning: string): Promise<Moved> {
  const moved: Moved = { files: 0, bytes: 0, conflicts: [] };
  for (const from of members)
    for (const stored of await from.storage.list(beginning)) {
      const [to] = places.order(stored.key);
      if (!to || to === from) continue;
      const outcome = await move(from, to, stored);
      if (outcome === 'conflict') moved.conflicts.push(stored.key);
      if (outcome !== 'moved') continue;
      moved.files++;
      moved.bytes += stored.bytes;
    }
  return moved;
}

async function move(from: Member, to: Member, { key, bytes }: Stored): Promise<'moved' | 'conflict' | 'gone'> {
  const there = await to.storage.size(key);
  if (there !== null && there !== bytes) return 'conflict';
  if (there === null && !(await copy(from, to, key, bytes))) return 'gone';
  if ((await from.storage.size(key)) === null) {
    await to.storage.remove(key);
    return 'gone';
  }
  await from.storage.remove(key);
  return 'moved';
}

async function copy(from: Member, to: Member, key: string, bytes: number): Promise<boolean> {
  const stream = await from.storage.read(key);
  if (!stream) return false;
  const file = to.storage.temporary();
  try {
    await pipeline(stream, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    if ((await stat(file)).size !== bytes) throw new Error(`${key} in ${from.name} is not as long as its store says`);
    await to.storage.keep(key, file);
  } finally {
    await rm(file, { force: true });
  }
  return true;
}
