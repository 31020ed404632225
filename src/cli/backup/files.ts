import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Table } from '../../db/index.ts';
import type { Storage } from '../../storage/index.ts';
import { damaged, type Chest } from './chest.ts';
import { piecesOf, type Run } from './runs.ts';

/** Something that a row says the store keeps. */
export interface NamedFile {
  key: string;
  sha256: string;
  bytes: number;
}

/** The tables whose rows name files that are kept. Archives for members are not: they are made anew when they are asked for. */
export const NAMING = ['drafts', 'files', 'photos'] as const;

const CHUNK = 1024 * 1024;

/** The file that a row names; null where it names none. */
export function namedBy(columns: readonly string[], row: readonly unknown[]): NamedFile | null {
  const value = (column: string) => row[columns.indexOf(column)];
  const key = value('storage_key');
  return key === null ? null : { key: String(key), sha256: String(value('sha256')), bytes: Number(value('bytes')) };
}

export const isNaming = ({ name }: Pick<Table, 'name'>): boolean => (NAMING as readonly string[]).includes(name);

/** What the rows of a backup name. A file that two rows share comes twice. */
export async function* filesOf(chest: Chest, { id, about }: Run): AsyncGenerator<NamedFile> {
  for (const name of NAMING) {
    const columns = about.tables[name]?.columns ?? [];
    for await (const rows of piecesOf(chest, id, name))
      for (const row of rows) {
        const found = namedBy(columns, row);
        if (found) yield found;
      }
  }
}

/** Puts a file of the store into a backup; false, and nothing is put in, where it is missing or not what its row says. */
export async function putFile({ file }: Chest, storage: Storage, { key, sha256, bytes }: NamedFile): Promise<boolean> {
  const stream = await storage.read(key);
  if (!stream) return false;
  const id = await file.put('INSERT INTO files (key, bytes, sha256) VALUES (?, ?, ?)', [key, bytes, sha256]);
  const hash = createHash('sha256');
  let n = 0;
  for await (const chunk of inChunks(stream)) {
    hash.update(chunk);
    await file.run('INSERT INTO chunks (file, n, body) VALUES (?, ?, ?)', [id, n++, chunk]);
  }
  if (hash.digest('hex') === sha256) return true;
  await file.run('DELETE FROM chunks WHERE file = ?', [id]);
  await file.run('DELETE FROM files WHERE id = ?', [id]);
  return false;
}

/** A megabyte at a time, whatever the stream hands over. */
async function* inChunks(stream: Readable): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < CHUNK) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

/** The bytes of a file as a backup has them, looked at on the way; fails where they are not what they were. */
export async function* bytesOf({ path, file }: Chest, { key, sha256 }: NamedFile): AsyncGenerator<Buffer> {
  const [found] = await file.all<{ id: number }>('SELECT id FROM files WHERE key = ? AND sha256 = ?', [key, sha256]);
  if (!found) throw damaged(path, key);
  const hash = createHash('sha256');
  for (let n = 0; ; n++) {
    const [chunk] = await file.all<{ body: Buffer }>('SELECT body FROM chunks WHERE file = ? AND n = ?', [found.id, n]);
    if (!chunk) break;
    hash.update(chunk.body);
    yield chunk.body;
  }
  if (hash.digest('hex') !== sha256) throw damaged(path, key);
}

/** Brings a file back into the store, unless it is there and as it was. */
export async function bringBack(chest: Chest, storage: Storage, file: NamedFile): Promise<void> {
  if (await isThere(storage, file)) return;
  const temporary = storage.temporary();
  try {
    await pipeline(Readable.from(bytesOf(chest, file)), createWriteStream(temporary, { flags: 'wx', mode: 0o600 }));
    await storage.keep(file.key, temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function isThere(storage: Storage, { key, sha256, bytes }: NamedFile): Promise<boolean> {
  if ((await storage.size(key)) !== bytes) return false;
  const stream = await storage.read(key);
  if (!stream) return false;
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256;
}
