import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { sendLater, sendNow } from '../mail/index.ts';
import type { Job } from '../queue/index.ts';
import { audit } from './audit.ts';
import type { Circumstances } from './change-password.ts';
import { askFor, enoughLinks, sendLink, type Posting } from './letters.ts';
import { dropLinks, findLink, linkOver, takeLink } from './links.ts';
import { checkEmail, foldEmail } from './names.ts';
import { CONFIRM_PATH } from './registrations.ts';
import { endOtherSessions } from './sessions.ts';

/**
 * Begins to give an account another email: the new address gets a link, the old one is told. Whether the new one has an
 * account already, its owner learns from the mail, and nobody else.
 */
export async function askEmailChange(db: Db, accountId: number, typed: string, { site }: Circumstances): Promise<void> {
  const email = checkEmail(typed);
  const account = await db('accounts').where({ id: accountId }).first('username', 'email', 'email_key', 'language');
  if (account.email_key === foldEmail(email)) throw new Refusal(422, 'invalid', 'email.same', { field: 'email' });
  await db.transaction(async (trx) => {
    await askFor(trx, 'sendEmailChange', { account: accountId, email }, `${accountId} ${foldEmail(email)}`);
    const params = { username: account.username, link: `${site}/account/password/reset` };
    await sendLater(trx, { to: account.email, kind: 'email_asked', params, language: account.language });
  });
}

/** The job `sendEmailChange`. */
export async function sendEmailChange(posting: Posting, job: Job): Promise<void> {
  const { db } = posting;
  const newEmail = String(job.payload['email']);
  const accountId = Number(job.payload['account']);
  const account = await db('accounts').where({ id: accountId, disabled_at: null }).first('username', 'language');
  if (!account) return;
  const other = await db('accounts')
    .where({ email_key: foldEmail(newEmail) })
    .first('username', 'email', 'language');
  if (other) {
    const params = { username: other.username, other: account.username };
    return sendNow(
      posting,
      { to: other.email, kind: 'email_known', params, language: other.language },
      String(job.payload['id']),
    );
  }
  if (await enoughLinks(db, 'email', { accountId })) return;
  const { username, language } = account;
  const mail = { language, whose: { accountId }, newEmail, to: newEmail, username, path: CONFIRM_PATH };
  await sendLink(posting, { purpose: 'email', kind: 'email_change', ...mail }, job);
}

/** What a link of a mail would confirm, and for whom. Looking does not use it up. */
export async function findConfirmation(db: Db, token: string) {
  const link = await findLink(db, token, ['confirm', 'email']);
  const owner =
    link.purpose === 'confirm'
      ? await db('registrations').where({ id: link.registrationId }).first('username', 'email')
      : await db('accounts').where({ id: link.accountId, disabled_at: null }).first('username');
  if (!owner) throw linkOver();
  const email: string = link.newEmail ?? owner.email;
  return { purpose: link.purpose, username: String(owner.username), email };
}

/** UNIQUE on SQLite and on PostgreSQL. */
const isTaken = (error: unknown) => /^(SQLITE_CONSTRAINT|23505)/.test(String((error as { code?: unknown }).code));

/**
 * Gives the account its new email, ends its other sessions, and tells the old address; answers whose it is.
 * `kept`: the hash of the session that goes on if it is theirs.
 * @throws Refusal 410 when the link is over, or the address got an account meanwhile
 */
export async function confirmEmailChange(
  db: Db,
  token: string,
  { address }: Circumstances,
  kept: string | null,
): Promise<number> {
  return db.transaction(async (trx) => {
    const { accountId, newEmail } = await takeLink(trx, token, ['email']);
    const account = await trx('accounts')
      .where({ id: accountId, disabled_at: null })
      .first('id', 'username', 'email', 'language');
    if (!account || newEmail === null) throw linkOver();
    const id = Number(account.id);
    const row = { email: newEmail, email_key: foldEmail(newEmail), email_confirmed_at: Date.now() };
    await trx('accounts')
      .where({ id })
      .update(row)
      .catch((error: unknown) => {
        throw isTaken(error) ? new Refusal(410, 'taken', 'confirm.taken', { cause: error }) : error;
      });
    await dropLinks(trx, id);
    await endOtherSessions(trx, id, kept);
    await audit(trx, { accountId: id, act: 'email_changed', address });
    const params = { username: account.username, email: newEmail };
    await sendLater(trx, { to: account.email, kind: 'email_changed', params, language: account.language });
    return id;
  });
}

/** The address that an account's mails go to. */
export const emailOf = async (db: Db, accountId: number): Promise<string> =>
  String((await db('accounts').where({ id: accountId }).first('email')).email);
