import { copyFile, rm, stat } from 'node:fs/promises';
import type { Db } from '../db/index.ts';
import { isToken, randomToken } from '../lib/secret.ts';
import { diskFull, newKey, type Storage } from '../storage/index.ts';
import { arrived, discard, expect } from './expected.ts';

/** Bytes that came with a form which was not taken: kept a day, so that nobody sends them twice. */
export interface Draft {
  id: string;
  name: string;
  bytes: number;
}

interface Bytes {
  file: string;
  name: string;
  bytes: number;
  sha256: string;
}

/** So many drafts of one member are kept; the oldest go first. */
const MOST_DRAFTS = 40;

/** Keeps the bytes of a form for its owner. The temporary file is gone afterwards. */
export async function keepDraft(
  db: Db,
  storage: Storage,
  accountId: number,
  { file, name, bytes, sha256 }: Bytes,
): Promise<Draft> {
  const id = randomToken();
  const key = newKey();
  await expect(db, [{ key, sha256 }]);
  try {
    await storage.keep(key, file);
    const row = { id, account_id: accountId, storage_key: key, name, bytes, sha256, created_at: Date.now() };
    await db.transaction(async (trx) => {
      await trx('drafts').insert(row);
      await arrived(trx, [key]);
    });
  } catch (error) {
    await discard(db, storage, [key]);
    throw error;
  }
  await dropDrafts(db, storage, await surplusOf(db, accountId));
  return { id, name, bytes };
}

const surplusOf = (db: Db, accountId: number): Promise<string[]> =>
  db('drafts')
    .where({ account_id: accountId })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .offset(MOST_DRAFTS)
    .limit(100)
    .pluck('id');

/** A copy of a draft's bytes in a temporary file, as if they had come with this form; null when it is gone or not theirs. */
export async function openDraft(db: Db, storage: Storage, accountId: number, id: string): Promise<Bytes | null> {
  const row = isToken(id) ? await db('drafts').where({ id, account_id: accountId }).first() : null;
  const local = row?.storage_key && (await storage.local(row.storage_key));
  if (!local) return null;
  const file = storage.temporary();
  try {
    await copyFile(local.path, file);
    return { file, name: row.name, bytes: (await stat(file)).size, sha256: row.sha256 };
  } catch (error) {
    await rm(file, { force: true });
    throw diskFull(error) ?? error;
  } finally {
    await local.done();
  }
}

/** What a form shows of drafts, in the order in which it names them; those that are gone or not theirs are left out. */
export async function findDrafts(db: Db, accountId: number, ids: readonly string[]): Promise<Draft[]> {
  const rows: Draft[] = await db('drafts')
    .where({ account_id: accountId })
    .whereIn('id', ids.filter(isToken).slice(0, MOST_DRAFTS))
    .select('id', 'name', 'bytes');
  return rows
    .map((row) => ({ ...row, bytes: Number(row.bytes) }))
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** What a form shows of a draft. */
export const findDraft = async (db: Db, accountId: number, id: string): Promise<Draft | null> =>
  (await findDrafts(db, accountId, [id]))[0] ?? null;

export async function dropDrafts(db: Db, storage: Storage, ids: readonly string[]) {
  if (ids.length === 0) return;
  const keys = await db.transaction(async (trx) => {
    const held: string[] = await trx('drafts').whereIn('id', ids).whereNotNull('storage_key').pluck('storage_key');
    await trx('drafts').whereIn('id', ids).delete();
    await expect(
      trx,
      held.map((key) => ({ key, sha256: '' })),
    );
    return held;
  });
  await discard(db, storage, keys);
}

const DAY = 24 * 60 * 60 * 1000;

/** Lets go of drafts, and of the one-time keys of forms, that are over a day old. */
export async function sweepDrafts(db: Db, storage: Storage, now = Date.now()) {
  const old: string[] = await db('drafts')
    .where('created_at', '<', now - DAY)
    .limit(500)
    .pluck('id');
  await dropDrafts(db, storage, old);
  await db('once_keys')
    .where('created_at', '<', now - DAY)
    .delete();
}
