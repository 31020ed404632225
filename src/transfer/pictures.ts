import { open } from 'node:fs/promises';
import { query, type Db } from '../db/index.ts';
import { provenanceByImage } from '../images/index.ts';
import { NO_PROVENANCE } from '../lib/provenance.ts';
import { TIER_ORDER } from '../lib/tiers.ts';
import type { Storage } from '../storage/index.ts';
import type { Archive } from './archive.ts';
import { imageJson, type FileJson, type ImageRow } from './image-json.ts';

interface FileRow {
  image_id: number;
  tier: string;
  storage_key: string;
  sha256: string;
  bytes: number;
  type: string;
  width: number;
  height: number;
}

const sizes = query<{ files: number; bytes: number | null }>(`
  SELECT count(*) AS files, CAST(sum(bytes) AS bigint) AS bytes FROM (
    SELECT DISTINCT f.storage_key, f.bytes FROM files f JOIN images i ON i.id = f.image_id WHERE i.owner_id = ?) distinct_files`);

/** How many files somebody's images are, and how many bytes. */
export async function sizeOf(db: Db, account: number): Promise<{ files: number; bytes: number }> {
  const found = await sizes.first(db, [account]);
  return { files: Number(found?.files ?? 0), bytes: Number(found?.bytes ?? 0) };
}

/** Images that are read at once. */
const AT_ONCE = 50;
const TIERS: readonly string[] = ['original', ...[...TIER_ORDER].reverse()];

interface Putting {
  account: number;
  /** A temporary file for the JSON of the images: it is written as they go in, so that it tells of what is in the zip. */
  spool: string;
  counted(): Promise<void>;
}

/** Puts every image into the archive, in folders by their numbers, also those in the bin. */
export async function putImages(db: Db, storage: Storage, archive: Archive, { account, spool, counted }: Putting) {
  const notes = await open(spool, 'wx', 0o600);
  let separator = '';
  try {
    for (let after = 0; ;) {
      const images: ImageRow[] = await db('images')
        .where({ owner_id: account })
        .where('id', '>', after)
        .orderBy('id')
        .limit(AT_ONCE);
      const last = images.at(-1);
      if (!last) return;
      after = Number(last.id);
      const ids = images.map(({ id }) => id);
      const files: FileRow[] = await db('files').whereIn('image_id', ids);
      const tags = await tagsOf(db, ids);
      const pages = await provenanceByImage(db, ids);
      for (const image of images) {
        const own = files.filter(({ image_id }) => Number(image_id) === Number(image.id));
        const put = await putFiles(storage, archive, own, Number(image.created_at), counted);
        const json = imageJson(image, put, {
          tags: tags.get(Number(image.id)) ?? [],
          page: pages.get(Number(image.id)) ?? NO_PROVENANCE,
        });
        await notes.appendFile(`${separator}\n${JSON.stringify(json)}`);
        separator = ',';
      }
    }
  } finally {
    await notes.close();
  }
}

/** Puts the files of an image; tiers that share their bytes share a file. What has gone meanwhile is left out. */
async function putFiles(
  storage: Storage,
  archive: Archive,
  files: readonly FileRow[],
  at: number,
  counted: () => Promise<void>,
): Promise<Record<string, FileJson>> {
  const paths = new Map<string, string>();
  const put: Record<string, FileJson> = {};
  const ordered = [...files].sort((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier));
  for (const { tier, storage_key, image_id, type, sha256, bytes, width, height } of ordered) {
    const shared = paths.get(storage_key);
    const path = shared ?? `images/${image_id}/${tier}.${endingOf(type)}`;
    if (!shared) {
      const stream = await storage.read(storage_key);
      if (!stream) continue;
      await archive.put({ path, packed: true, at }, stream);
      await counted();
      paths.set(storage_key, path);
    }
    put[tier] = { path, type, bytes: Number(bytes), sha256, width, height };
  }
  return put;
}

const endingOf = (type: string) => (type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length));

async function tagsOf(db: Db, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows: { image_id: number; name: string }[] = await db('image_tags as it')
    .join('tags as t', 't.id', 'it.tag_id')
    .whereIn('it.image_id', ids)
    .orderBy('t.name_key')
    .select('it.image_id', 't.name');
  const tags = new Map<number, string[]>();
  for (const { image_id, name } of rows) tags.set(Number(image_id), [...(tags.get(Number(image_id)) ?? []), name]);
  return tags;
}

/** Puts the squares of somebody's photo; answers their paths by size. */
export async function putPhoto(db: Db, storage: Storage, archive: Archive, account: number) {
  const rows: { size: string; storage_key: string; type: string }[] = await db('photos').where({ account_id: account });
  const paths: Record<string, string> = {};
  for (const { size, storage_key, type } of rows) {
    const stream = await storage.read(storage_key);
    if (!stream) continue;
    const path = `photo/${size}.${endingOf(type)}`;
    await archive.put({ path, packed: true, at: Date.now() }, stream);
    paths[size] = path;
  }
  return paths;
}
