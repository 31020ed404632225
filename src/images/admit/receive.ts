import { createHash } from 'node:crypto';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { notFound, Refusal } from '../../errors.ts';
import type { Authorship } from '../../lib/authorship/index.ts';
import { MAX_DATA_ADDRESS } from '../../lib/pick/address.ts';
import type { Saving } from '../tools.ts';
import { watchOf } from './watch.ts';

/** How the bytes of a save come to us. */
export type Source =
  | { way: 'upload'; file: string; bytes: number; sha256: string; rescued?: Rescued | null }
  | { way: 'address'; url: string; seenUrl: string | null; pageUrl: string | null }
  | { way: 'data'; url: string }
  | Copied;

/** What somebody's browser got from an address that the site could not have it from. */
export interface Rescued {
  url: string;
  /** Drawn again by the browser, as what is copied and pasted is; else the file itself. */
  copied: boolean;
}

/** Bytes that another image here has: the largest of them that its reader may see. */
export interface Copied {
  way: 'copy';
  imageId: number;
  storageKey: string;
  bytes: number;
  sha256: string;
  sourceUrl: string | null;
  /** What its file said: the tier at hand says nothing. */
  authorship: Authorship;
}

/** Bytes in a temporary file that is ours to move or remove. */
export interface Received {
  way: Source['way'] | 'rescue';
  file: string;
  bytes: number;
  sha256: string;
  /** The address that the bytes came from, as its member says of what was rescued; null when they were uploaded. */
  sourceUrl: string | null;
  /** The image that they were copied from. */
  copiedFrom?: number;
  /** Known already; what the bytes say when left out. */
  authorship?: Authorship;
}

/** Step 1 of `admit`: the bytes, whatever way they came, in a temporary file, counted and hashed. */
export function receive(saving: Saving, source: Source, whose: string): Promise<Received> {
  if (source.way === 'upload') return Promise.resolve(receiveUpload(source));
  if (source.way === 'copy') return receiveCopy(saving, source);
  return source.way === 'data' ? receiveData(saving, source.url) : receiveAddress(saving, source, whose);
}

function receiveUpload({ rescued, ...source }: Source & { way: 'upload' }): Received {
  return { ...source, way: rescued?.copied ? 'rescue' : 'upload', sourceUrl: rescued?.url ?? null };
}

/** Nothing is fetched: where the picture was found may have gone, or have become another. */
async function receiveCopy({ storage }: Saving, { imageId, storageKey, ...told }: Copied): Promise<Received> {
  const local = await storage.local(storageKey);
  if (!local) throw notFound();
  const file = storage.temporary();
  try {
    await copyFile(local.path, file);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await local.done();
  }
  return { ...told, file, copiedFrom: imageId };
}

async function receiveAddress(
  saving: Saving,
  { url, pageUrl }: Source & { way: 'address' },
  whose: string,
): Promise<Received> {
  const referer = pageUrl ? { referer: new URL(pageUrl).origin } : {};
  const file = saving.storage.temporary();
  const fetching = (bytes: number, total: number | null) => saving.progress?.({ state: 'fetching', bytes, total });
  const { bytes, sha256 } = await saving.fetcher.fetchImage(url, {
    file,
    maxBytes: saving.maxUploadBytes,
    ...referer,
    ...(saving.signal ? { signal: saving.signal } : {}),
    whose,
    watch: watchOf(saving, () => fetching(0, null)),
    progress: fetching,
  });
  return { way: 'address', file, bytes, sha256, sourceUrl: url };
}

const DATA_URL = /^data:image\/[a-z0-9.+-]+((?:;[a-z0-9-]+=[^;,]*)*)(;base64)?,(.*)$/is;

async function receiveData(saving: Saving, url: string): Promise<Received> {
  const damaged = () => new Refusal(422, 'broken', 'image.data_url');
  const [, , base64, body] = DATA_URL.exec(url.slice(0, MAX_DATA_ADDRESS + 1)) ?? [];
  if (body === undefined || url.length > MAX_DATA_ADDRESS) throw damaged();
  const bytes = base64
    ? Buffer.from(decodePercent(body, damaged), 'base64')
    : Buffer.from(decodePercent(body, damaged), 'latin1');
  if (bytes.length === 0) throw damaged();
  const file = saving.storage.temporary();
  try {
    await writeFile(file, bytes, { mode: 0o600 });
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return {
    way: 'data',
    file,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sourceUrl: null,
  };
}

/** Percent signs of a data: address stand for bytes, not for UTF-8. */
function decodePercent(text: string, damaged: () => Refusal): string {
  if (/%(?![0-9a-f]{2})/i.test(text)) throw damaged();
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
