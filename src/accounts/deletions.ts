import { query, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { sendLater } from '../mail/index.ts';
import { LANGUAGES, type Language } from '../lib/words/index.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How long a member may take the deletion of their account back. */
export const GRACE_DAYS = 14;
/** So long before the end a mail tells of it. */
const REMINDED_DAYS = 3;

const open = query<{ due_at: number }>(`
  SELECT due_at FROM deletions WHERE account_id = ? AND begun_at IS NULL AND NOT barred`);

/** When an account goes that its owner can still take back; null for every other account. */
export const leavingUntil = async (db: Db, accountId: number): Promise<number | null> =>
  (await open.first(db, [accountId]))?.due_at ?? null;

/** Of `accounts`, those whose owners may come in: all but the disabled, of which only those may that are about to be deleted. */
export const MAY_ENTER = `(accounts.disabled_at IS NULL OR EXISTS (
  SELECT 1 FROM deletions d WHERE d.account_id = accounts.id AND d.begun_at IS NULL AND NOT d.barred))`;

/** Refuses (401) an account that is disabled, unless it is only about to be deleted: its owner may come and take it back. */
export async function refuseDisabled(db: Db, account: { id: number; disabled_at: number | null }): Promise<void> {
  if (account.disabled_at === null || (await leavingUntil(db, Number(account.id))) !== null) return;
  throw new Refusal(401, 'disabled', 'account.disabled', { field: 'login' });
}

/** Puts the end of an account down; answers when it comes. Asking again changes nothing. */
export async function scheduleDeletion(trx: Db, accountId: number, now: number): Promise<number> {
  const row = { account_id: accountId, asked_at: now, due_at: now + GRACE_DAYS * DAY };
  await trx('deletions').insert(row).onConflict('account_id').ignore();
  const kept = await trx('deletions').where({ account_id: accountId }).first('due_at');
  return Number(kept.due_at);
}

/** Calls a deletion off; false when there was none, or it has begun. `byOwner`: who was barred meanwhile cannot. */
export async function dropDeletion(trx: Db, accountId: number, { byOwner }: { byOwner: boolean }): Promise<boolean> {
  const row = trx('deletions').where({ account_id: accountId, begun_at: null });
  return (await (byOwner ? row.where({ barred: false }) : row).delete()) > 0;
}

/** Keeps the owner of an account that is about to go from taking it back. */
export const barReturn = (trx: Db, accountId: number) =>
  trx('deletions').where({ account_id: accountId }).update({ barred: true });

/** Accounts whose time is over: also those whose end has begun and was cut off. */
export async function dueDeletions(db: Db, now = Date.now()): Promise<number[]> {
  const due: number[] = await db('deletions')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(100)
    .pluck('account_id');
  return due.map(Number);
}

/** From here on there is no way back; false when the deletion was called off, or is not due. */
export async function beginForgetting(db: Db, accountId: number, now = Date.now()): Promise<boolean> {
  const due = db('deletions').where({ account_id: accountId }).where('due_at', '<=', now);
  return (await due.update({ begun_at: db.raw('coalesce(begun_at, ?)', [now]) })) > 0;
}

/** Whether an account's rows have begun to go. */
export const isGoing = async (db: Db, accountId: number): Promise<boolean> =>
  (await db('deletions').where({ account_id: accountId }).whereNotNull('begun_at').first('due_at')) !== undefined;

/** Tells those whose account goes within three days, once. */
export async function remindLeaving(db: Db, site: string, now = Date.now()): Promise<void> {
  const soon = await db('deletions as d')
    .join('accounts as a', 'a.id', 'd.account_id')
    .where('d.due_at', '<=', now + REMINDED_DAYS * DAY)
    .where({ 'd.reminded_at': null, 'd.begun_at': null, 'd.barred': false })
    .limit(500)
    .select('a.id', 'a.username', 'a.email', 'a.language', 'd.due_at');
  for (const { id, username, email, language, due_at } of soon)
    await db.transaction(async (trx) => {
      const mine = await trx('deletions').where({ account_id: id, reminded_at: null }).update({ reminded_at: now });
      const params = { username, date: dayOf(Number(due_at), language), link: `${site}/account/login` };
      if (mine) await sendLater(trx, { to: email, kind: 'deletion_near', params, language });
    });
}

/** A day as mails and messages say it. */
export const dayOf = (at: number, language: Language | null): string =>
  new Intl.DateTimeFormat(language ?? LANGUAGES[0], { dateStyle: 'long', timeZone: 'UTC' }).format(at);
