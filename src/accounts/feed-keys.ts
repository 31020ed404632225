import { query, type Db } from '../db/index.ts';
import { hashToken, isToken, randomToken } from '../lib/secret.ts';
import { audit } from './audit.ts';
import type { Role } from './sessions.ts';
import { tellOwner, type From } from './tell.ts';

/** Since when a member has a secret address for feeds; null for whoever has none. */
export async function feedKeySince(db: Db, accountId: number): Promise<number | null> {
  const row = await db('feed_keys').where({ account_id: accountId }).first('created_at');
  return row ? Number(row.created_at) : null;
}

/**
 * Makes the key of a member's secret address and answers it: the only time that it is there in clear. One before it is worth
 * nothing. The owner is told by mail.
 */
export async function makeFeedKey(db: Db, from: From, now = Date.now()): Promise<string> {
  const { accountId, address } = from;
  const key = randomToken();
  const row = { account_id: accountId, key_hash: hashToken(key), created_at: now };
  await db.transaction(async (trx) => {
    await trx('feed_keys').insert(row).onConflict('account_id').merge();
    await audit(trx, { accountId, act: 'feed_key_made', address }, now);
    await tellOwner(trx, from, 'feed_key_made');
  });
  return key;
}

/** Takes the secret address back; twice is once. */
export async function dropFeedKey(trx: Db, accountId: number, address: string): Promise<void> {
  const dropped = await trx('feed_keys').where({ account_id: accountId }).delete();
  if (dropped > 0) await audit(trx, { accountId, act: 'feed_key_dropped', address });
}

const holder = query<{
  id: number;
  role: Role;
}>(`SELECT a.id, a.role FROM feed_keys k JOIN accounts a ON a.id = k.account_id
  WHERE k.key_hash = ? AND a.disabled_at IS NULL`);

/** With whose eyes a secret address reads; undefined where the key is not known, or the account is disabled. */
export async function findFeedReader(db: Db, key: string): Promise<{ id: number; role: Role } | undefined> {
  const row = isToken(key) ? await holder.first(db, [hashToken(key)]) : undefined;
  return row && { id: Number(row.id), role: row.role };
}
