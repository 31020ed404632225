import type { Db } from '../db/index.ts';
import { hashToken } from '../lib/secret.ts';
import { dropJobsAbout } from '../queue/index.ts';
import { NAME_KEPT_MS } from './profile.ts';

/**
 * Removes an account and all that hangs on it here; the other rooms have forgotten it before. Its names are kept from others
 * for a while, as hashes; the log keeps that something was done, and neither by whom nor from where.
 */
export async function forget(db: Db, accountId: number, now = Date.now()): Promise<void> {
  const account = await db('accounts').where({ id: accountId }).first('username_key', 'email', 'email_key');
  if (!account) return;
  const emails = [...new Set<string>([account.email, account.email_key])];
  for (const email of emails) await dropJobsAbout(db, JSON.stringify(email));
  await db.transaction(async (trx) => {
    await keepNames(trx, accountId, account.username_key, now + NAME_KEPT_MS);
    await blankLog(trx, accountId, emails);
    await trx('registrations').where({ email_key: account.email_key }).delete();
    await trx('invitations').whereIn('email', emails).update({ email: null });
    await trx('accounts').where({ id: accountId }).delete();
  });
}

async function keepNames(trx: Db, accountId: number, current: string, until: number) {
  const past: string[] = await trx('past_usernames').where({ account_id: accountId }).pluck('name_key');
  await trx('kept_names')
    .insert([...new Set([current, ...past])].map((name) => ({ name_hash: hashToken(name), until })))
    .onConflict('name_hash')
    .merge();
}

/** Acts of those in charge stand in the log under their own number, and name the account as what it was done to. */
const ACTS_ON_ACCOUNTS = ['disabled', 'enabled', 'promoted'];

async function blankLog(trx: Db, accountId: number, emails: readonly string[]) {
  const blank = { subject: '', detail: '{}' };
  await trx('audit_log')
    .where({ account_id: accountId })
    .update({ account_id: null, address: '', ...blank });
  await trx('audit_log')
    .where({ subject: String(accountId) })
    .whereIn('act', ACTS_ON_ACCOUNTS)
    .update(blank);
  await trx('audit_log').where({ act: 'invited' }).whereIn('subject', emails).update(blank);
}
