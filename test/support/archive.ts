import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { open, type Entry, type ZipFile } from 'yauzl';
import type { Visitor } from './site.ts';

const openZip = (path: string) =>
  new Promise<ZipFile>((resolve, reject) =>
    open(path, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? reject(error) : resolve(zip))),
  );

const openEntry = (zip: ZipFile, entry: Entry) =>
  new Promise<Readable>((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
  );

/** A zip as whoever unpacks it finds it: its files by their paths. Sizes and checksums are looked at on the way. */
export async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const path = join(tmpdir(), `${sha256(bytes).slice(0, 16)}.zip`);
  await writeFile(path, bytes);
  const zip = await openZip(path);
  const entries: Entry[] = [];
  zip.on('entry', (entry: Entry) => {
    entries.push(entry);
    zip.readEntry();
  });
  zip.readEntry();
  await once(zip, 'end');
  const files = new Map<string, Buffer>();
  for (const entry of entries) {
    if (files.has(entry.fileName)) throw new Error(`${entry.fileName} is there twice`);
    const content = await buffer(await openEntry(zip, entry));
    if (crc32(content) !== entry.crc32) throw new Error(`${entry.fileName} is damaged`);
    files.set(entry.fileName, content);
  }
  zip.close();
  await rm(path);
  return files;
}

export const sha256 = (bytes: Buffer | undefined) =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');

/** Fetches bytes as a browser does, by a form where there is one; a page or a refusal comes back as its status alone. */
export async function download(
  address: string,
  who: Visitor,
  path: string,
  headers: Record<string, string> = {},
  form: Record<string, string> | null = null,
) {
  const posted = form && { method: 'POST', body: new URLSearchParams({ _csrf: await who.token(), ...form }) };
  const answer = await fetch(`${address}${path}`, {
    headers: { cookie: who.cookie, ...headers },
    redirect: 'manual',
    ...posted,
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

export interface PersonJson {
  format: string;
  version: number;
  account: Record<string, unknown>;
  photo: Record<string, string>;
  images: {
    id: number;
    title: string;
    caption: string;
    tags: string[];
    page: object;
    visibility: string;
    binned_at: string | null;
    files: Record<string, { path: string; sha256: string; bytes: number }>;
  }[];
  boards: { id: number; title: string }[];
  board_images: { board: number; image: number }[];
  comments: { image: number; body: string }[];
  likes: { image: number }[];
  following: { username: string }[];
  followers: { username: string }[];
  blocked: { username: string }[];
  followed_boards: { username: string; slug: string }[];
  notice_settings: object[];
  log: { act: string }[];
}

/** The zip that a member downloads, unpacked, and its JSON. */
export async function takeAlong(address: string, who: Visitor) {
  const { status, headers, bytes } = await download(address, who, '/account/data/file');
  if (status !== 200) throw new Error(`the zip answered ${status}`);
  const files = await unzip(bytes);
  return { headers, bytes, files, json: JSON.parse(String(files.get('bowerbird.json'))) as PersonJson };
}
