import { query, type Db } from '../../db/index.ts';
import { chunks } from '../../lib/chunks.ts';
import type { Storage, Stored } from '../../storage/index.ts';
import { STRAY_AFTER } from '../expected.ts';
import { faultOf, type Fault, type Told } from './fault.ts';

/** Whose bytes they are. */
export interface Owned {
  what: 'image' | 'photo' | 'draft' | 'export';
  /** An image's number; of all others an account's. */
  id: number;
  /** A tier, or a size of a photo. */
  part: string;
}

/** Something that a row and the store do not agree about. */
export type Mismatch = { key: string } & (
  { fault: Fault; of: Owned } | { fault: 'stray'; bytes: number; writtenAt: number }
);

interface Row extends Told {
  what: Owned['what'] | 'expected';
  id: number;
  part: string;
}

/** Every row that has bytes, and those whose bytes are on their way: at one moment, so that none is between two tables. */
const rowsWithin = query<Row>(
  [
    `SELECT 'image' AS what, image_id AS id, tier AS part, storage_key, sha256, bytes FROM files`,
    `SELECT 'photo', account_id, size, storage_key, sha256, bytes FROM photos`,
    `SELECT 'draft', coalesce(account_id, 0), '', storage_key, sha256, bytes FROM drafts`,
    `SELECT 'export', account_id, '', storage_key, sha256, bytes FROM exports`,
    `SELECT 'expected', CAST(0 AS bigint), '', storage_key, sha256, CAST(0 AS bigint) FROM expected`,
  ]
    .map((select) => `${select} WHERE storage_key BETWEEN ? AND ?`)
    .join(' UNION ALL '),
);
const TABLES = 5;

const rowsOf = (db: Db, first: string, last: string) =>
  rowsWithin.all(db, Array.from({ length: TABLES }, () => [first, last]).flat());

/** Keys have one shape, so these are the first and the last of a beginning in every order of letters. */
const rowsUnder = (db: Db, beginning: string) =>
  rowsOf(db, `${beginning}/00/${'0'.repeat(60)}`, `${beginning}/ff/${'f'.repeat(60)}`);

export interface Looking {
  /** Reads no bytes: what is there and how large it is, is enough. */
  quick: boolean;
  now?: number;
}

/** What was looked at, and what was wrong. */
export interface Looked {
  files: number;
  bytes: number;
  mismatches: Mismatch[];
}

/**
 * Compares rows and bytes in both directions, under the keys that begin so: a 256th of all. Only reads, and may do so beside
 * people who save and remove: what looks wrong is looked at once more before it is said to be.
 */
export async function checkUnder(
  db: Db,
  storage: Storage,
  beginning: string,
  { quick, now = Date.now() }: Looking,
): Promise<Looked> {
  const stored = await storage.list(beginning);
  const rows = await rowsUnder(db, beginning);
  const byKey = new Map<string, Row[]>();
  for (const row of rows) byKey.set(row.storage_key, [...(byKey.get(row.storage_key) ?? []), row]);
  const mismatches: Mismatch[] = [];
  const sizes = new Map(stored.map(({ key, bytes }) => [key, bytes]));
  const isThere = ({ storage_key, bytes }: Row) => sizes.get(storage_key) === Number(bytes);
  const doubtful = [...byKey.values()].filter((rows) => !quick || !rows.every(isThere));
  for (const some of chunks(doubtful, AT_ONCE))
    mismatches.push(...(await Promise.all(some.map((rows) => mismatchesOf(db, storage, rows, quick)))).flat());
  for (const one of stored)
    if (!byKey.has(one.key) && (await isStray(db, storage, one, now))) mismatches.push({ fault: 'stray', ...one });
  return { files: stored.length, bytes: stored.reduce((sum, { bytes }) => sum + bytes, 0), mismatches };
}

/** Files that are read at once. */
const AT_ONCE = 4;

const isOwned = (row: Row): row is Row & Owned => row.what !== 'expected';

/** Of rows that share their bytes. */
async function mismatchesOf(db: Db, storage: Storage, rows: readonly Row[], quick: boolean): Promise<Mismatch[]> {
  const told = rows.find(isOwned);
  if (!told || !(await faultOf(storage, told, quick))) return [];
  // Removed or replaced meanwhile: then they are no longer wanted under this key.
  const still = (await rowsOf(db, told.storage_key, told.storage_key)).filter(isOwned);
  const [first] = still;
  const fault = first ? await faultOf(storage, first, quick) : null;
  if (!fault) return [];
  return still.map(({ what, id, part, storage_key: key }) => ({ fault, key, of: { what, id: Number(id), part } }));
}

/** Bytes that nobody has or expects, for so long that no save can be on its way with them. */
async function isStray(db: Db, storage: Storage, { key, writtenAt }: Stored, now: number): Promise<boolean> {
  if (writtenAt > now - STRAY_AFTER) return false;
  return (await rowsOf(db, key, key)).length === 0 && (await storage.size(key)) !== null;
}

/** Removes a stray, if it still is one. */
export async function removeStray(db: Db, storage: Storage, key: string): Promise<void> {
  if ((await rowsOf(db, key, key)).length === 0) await storage.remove(key);
}
