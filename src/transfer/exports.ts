import { audit } from '../accounts/index.ts';
import type { Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { discard, expect, type MediaFile } from '../images/index.ts';
import { randomToken } from '../lib/secret.ts';
import { dropJobsAbout, enqueue } from '../queue/index.ts';
import type { Storage } from '../storage/index.ts';

const HOUR = 60 * 60 * 1000;
/** How long the file can be had. */
export const KEPT_DAYS = 7;
export const KEPT_MS = KEPT_DAYS * 24 * HOUR;
/** An export that has not moved for so long has failed: it may be asked for anew. */
const STALLED_MS = HOUR;

/** How it stands with a member's export; null where there is none. */
export type Export =
  | { state: 'making'; percent: number; stalled: boolean }
  | { state: 'ready'; bytes: number; readyAt: number; expiresAt: number };

export async function findExport(db: Db, accountId: number, now = Date.now()): Promise<Export | null> {
  const row = await db('exports').where({ account_id: accountId }).first();
  if (!row) return null;
  if (row.state === 'making') {
    // All files are in before the zip is closed, synced and moved: that is the last percent.
    const percent = row.total > 0 ? Math.min(99, Math.floor((100 * row.done) / row.total)) : 0;
    return { state: 'making', percent, stalled: isStalled(row, now) };
  }
  const expiresAt = Number(row.expires_at);
  if (expiresAt <= now) return null;
  return { state: 'ready', bytes: Number(row.bytes), readyAt: Number(row.ready_at), expiresAt };
}

const isStalled = (row: { touched_at: number }, now: number) => now - Number(row.touched_at) > STALLED_MS;

/** The bytes of a member's own export. */
export async function findExportFile(db: Db, accountId: number, now = Date.now()): Promise<MediaFile> {
  const row = await db('exports')
    .where({ account_id: accountId, state: 'ready' })
    .where('expires_at', '>', now)
    .first();
  if (!row) throw notFound();
  return {
    storageKey: row.storage_key,
    type: 'application/zip',
    bytes: Number(row.bytes),
    sha256: row.sha256,
    open: false,
    image: null,
  };
}

/**
 * Asks for an export; the one before goes. Wake the worker afterwards.
 * @throws Refusal 409 while one is being made
 */
export async function askExport(
  db: Db,
  storage: Storage,
  { accountId, address }: { accountId: number; address: string },
  now = Date.now(),
): Promise<void> {
  const keys = await db.transaction(async (trx) => {
    // Of two who ask at once the second finds what the first has begun.
    await trx('accounts')
      .where({ id: accountId })
      .update({ username: trx.ref('username') });
    const before = await trx('exports').where({ account_id: accountId }).first();
    if (before?.state === 'making' && !isStalled(before, now)) throw new Refusal(409, 'exporting', 'data.under_way');
    const held = await takeRow(trx, accountId);
    const run = randomToken();
    await trx('exports').insert({ account_id: accountId, run, state: 'making', asked_at: now, touched_at: now });
    await enqueue(trx, 'makeExport', { account: accountId, run });
    await audit(trx, { accountId, act: 'exported', address }, now);
    return held;
  });
  await discard(db, storage, keys);
}

/** Takes the row away and leaves its bytes to be discarded; answers their keys. */
async function takeRow(trx: Db, accountId: number): Promise<string[]> {
  const mine = { account_id: accountId };
  const keys: string[] = await trx('exports').where(mine).whereNotNull('storage_key').pluck('storage_key');
  await trx('exports').where(mine).delete();
  await expect(
    trx,
    keys.map((key) => ({ key, sha256: '' })),
  );
  return keys;
}

/** Removes exports whose days are over, and what never came to its end. */
export async function sweepExports(db: Db, storage: Storage, now = Date.now()): Promise<void> {
  const over: number[] = await db('exports')
    .where('expires_at', '<=', now)
    .orWhere((q) => q.where({ state: 'making' }).where('touched_at', '<=', now - KEPT_MS))
    .limit(500)
    .pluck('account_id');
  for (const id of over) await discard(db, storage, await db.transaction((trx) => takeRow(trx, Number(id))));
}

/** Removes the export of somebody who goes, and the jobs that would make it. */
export async function forget(db: Db, storage: Storage, accountId: number): Promise<void> {
  const row = await db('exports').where({ account_id: accountId }).first('run');
  if (!row) return;
  const keys = await db.transaction(async (trx) => {
    await dropJobsAbout(trx, JSON.stringify(row.run));
    return takeRow(trx, accountId);
  });
  await discard(db, storage, keys);
}
