import { relative, resolve, sep } from 'node:path';
import { WrongSetting, type Settings } from './settings.ts';

interface Named {
  /** What it is called wherever it is spoken of, and what its keys are spread by: never holds a secret. */
  name: string;
  /** It is read, and gets nothing new: `storage rebalance` empties it. */
  leaving: boolean;
}

/** A folder of this machine. */
export interface DiskSetting extends Named {
  kind: 'disk';
  path: string;
}

/** A bucket of an S3-compatible server. */
export interface S3Setting extends Named {
  kind: 's3';
  /** `https://host/bucket`, or `https://bucket.host` with style=host. */
  bucket: string;
  accessKey: string;
  secretKey: string;
  region: string;
}

export type StoreSetting = DiskSetting | S3Setting;

/** The stores that STORAGE names; a folder in DATA_DIR where it is left out. What is wrong is said without the secrets in it. */
export function readStores(settings: Settings, dataDir: string): StoreSetting[] {
  const texts = settings.list('STORAGE');
  if (texts.length === 0) return [diskAt(resolve(dataDir, 'media'), dataDir, false)];
  const stores = texts.map((text) => readStore(text, dataDir));
  for (const [n, { name }] of stores.entries())
    if (stores.findIndex((store) => store.name === name) < n) throw new WrongSetting('setting.store_twice', { name });
  if (stores.every(({ leaving }) => leaving)) throw new WrongSetting('setting.store_none', {});
  return stores;
}

function readStore(text: string, dataDir: string): StoreSetting {
  const leaving = text.startsWith('-');
  const address = leaving ? text.slice(1) : text;
  const path = /^file:(?:\/\/(?=\/))?(.+)$/.exec(address)?.[1];
  if (path) return diskAt(resolve(path), dataDir, leaving);
  if (/^s3\+https?:\/\//.test(address)) return readS3(address, leaving);
  throw new WrongSetting('setting.storage', {});
}

/** A folder within DATA_DIR is called by its place there: it stays the same store when DATA_DIR moves. */
function diskAt(path: string, dataDir: string, leaving: boolean): DiskSetting {
  const within = relative(dataDir, path);
  const isWithin = within !== '' && !within.startsWith('..') && !within.startsWith(sep);
  return { kind: 'disk', name: `file:${isWithin ? `DATA_DIR/${within}` : path}`, path, leaving };
}

const BUCKET = /^\/([a-z\d][a-z\d.-]{1,61}[a-z\d])\/?$/i;
const KNOWN = new Set(['region', 'style']);

/** `s3+https://KEY:SECRET@host[:port]/bucket?region=…&style=path`, percent-encoded. */
function readS3(address: string, leaving: boolean): S3Setting {
  const plain = address.slice('s3+'.length);
  const url = URL.canParse(plain) ? new URL(plain) : null;
  if (!url?.hostname || url.hash) throw new WrongSetting('setting.s3', {});
  const named = BUCKET.exec(url.pathname)?.[1];
  if (!named) throw new WrongSetting('setting.s3_bucket', { host: url.host });
  const name = `s3+${url.protocol}//${url.host}/${named}`;
  const style = url.searchParams.get('style') ?? 'path';
  if ([...url.searchParams.keys()].some((key) => !KNOWN.has(key)) || !['path', 'host'].includes(style))
    throw new WrongSetting('setting.s3_options', { name });
  return {
    kind: 's3',
    name,
    bucket: style === 'path' ? `${url.origin}/${named}` : `${url.protocol}//${named}.${url.host}`,
    accessKey: decoded(url.username, name),
    secretKey: decoded(url.password, name),
    region: url.searchParams.get('region') || 'us-east-1',
    leaving,
  };
}

function decoded(text: string, name: string): string {
  try {
    if (text) return decodeURIComponent(text);
  } catch {
    // A % that begins no escape: said like one that is missing.
  }
  throw new WrongSetting('setting.s3_keys', { name });
}
