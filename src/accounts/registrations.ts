import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { sendNow } from '../mail/index.ts';
import type { Job } from '../queue/index.ts';
import { audit } from './audit.ts';
import { takeInvitation } from './invitations.ts';
import { askFor, enoughLinks, sendLink, type Posting } from './letters.ts';
import { linkOver, takeLink } from './links.ts';
import { foldEmail } from './names.ts';
import type { Hashing } from './hashing.ts';
import { insertAccount, rowOf, usernameTaken, type Registration } from './register.ts';
import { isKept } from './profile.ts';
import type { Language } from '../lib/words/index.ts';

/** How long a name waits for its email to be confirmed. */
const WAITING_MS = 24 * 60 * 60 * 1000;

/**
 * Joining where emails are confirmed: keeps the name, sends a mail, and answers the name as it will be shown. Nothing here looks at whether
 * the email has an account, so that neither the answer nor its time can tell; the job that writes the mail does.
 */
export async function askToJoin(db: Db, hashing: Hashing, form: Registration, now = Date.now()): Promise<string> {
  const row = { ...(await rowOf(hashing, form, now)), expires_at: now + WAITING_MS };
  const id = await db.transaction((trx) => keep(trx, row, form, now));
  if (id === null && !(await isSent(db, hashing, row, form.password))) throw usernameTaken();
  return row.username;
}

type Row = Record<'username' | 'username_key' | 'email' | 'email_key' | 'password_hash', string> &
  Record<'created_at' | 'expires_at', number> & { language: Language | null };

/** Null when somebody else waits for the name. */
async function keep(trx: Db, row: Row, { invite }: Registration, now: number): Promise<number | null> {
  const { username_key } = row;
  await trx('registrations').where({ username_key }).where('expires_at', '<=', now).delete();
  if (await isKept(trx, username_key, null, now)) throw usernameTaken();
  if (await trx('accounts').where({ username_key }).first('id')) throw usernameTaken();
  const made = await trx('registrations').insert(row).onConflict().ignore().returning('id');
  if (!made[0]) return null;
  const id = Number(made[0].id);
  if (invite !== undefined) await takeInvitation(trx, invite, now);
  await askFor(trx, 'sendConfirm', { registration: id }, `registration ${id}`);
  return id;
}

/** The same form once more, from whoever sent it before: another mail, and no complaint. */
async function isSent(db: Db, hashing: Hashing, { username_key, email_key }: Row, password: string): Promise<boolean> {
  const before = await db('registrations').where({ username_key, email_key }).first('id', 'password_hash');
  if (!before || !(await hashing.matches(password, before.password_hash))) return false;
  await askFor(db, 'sendConfirm', { registration: Number(before.id) }, `registration ${before.id}`);
  return true;
}

/** Sends the mail again, to whoever waits with this email; whether anybody does is not told. */
export const askConfirm = (db: Db, email: string) =>
  askFor(db, 'sendConfirm', { email: foldEmail(email) }, `email ${foldEmail(email)}`);

/** The job `sendConfirm`: a link, or word to the owner of the address that it has an account already. */
export async function sendConfirm(posting: Posting, job: Job): Promise<void> {
  const { db, site } = posting;
  const { registration, email } = job.payload;
  const waiting = await db('registrations')
    .where(registration === undefined ? { email_key: String(email) } : { id: Number(registration) })
    .where('expires_at', '>', Date.now())
    .orderBy('id', 'desc')
    .first('id', 'username', 'email', 'email_key', 'language');
  if (!waiting) return;
  const account = await db('accounts').where({ email_key: waiting.email_key }).first('username', 'email', 'language');
  if (account) {
    const params = { username: account.username, link: `${site}/account/login` };
    return sendNow(
      posting,
      { to: account.email, kind: 'known', params, language: account.language },
      String(job.payload['id']),
    );
  }
  const whose = { registrationId: Number(waiting.id) };
  if (await enoughLinks(db, 'confirm', whose)) return;
  const { username, email: to, language } = waiting;
  await sendLink(
    posting,
    { purpose: 'confirm', whose, to, language, kind: 'confirm', username, path: CONFIRM_PATH },
    job,
  );
}

export const CONFIRM_PATH = '/account/confirm/';

/**
 * Makes the account whose link this is, and answers its id. The first of a new site is its administrator.
 * @throws Refusal 410 when the link is over, or somebody else got the name or the email meanwhile
 */
export async function confirmRegistration(db: Db, token: string, address: string, now = Date.now()): Promise<number> {
  return db.transaction(async (trx) => {
    const { registrationId } = await takeLink(trx, token, ['confirm'], now);
    const waiting = await trx('registrations').where({ id: registrationId }).where('expires_at', '>', now).first();
    if (!waiting) throw linkOver();
    const { username, username_key, email, email_key, password_hash, language } = waiting;
    const row = {
      username,
      username_key,
      email,
      email_key,
      password_hash,
      language,
      email_confirmed_at: now,
      created_at: now,
    };
    const accountId = await insertAccount(trx, row).catch((error: unknown) => {
      throw error instanceof Refusal ? new Refusal(410, 'taken', 'confirm.taken', { cause: error }) : error;
    });
    await trx('registrations').where({ id: registrationId }).delete();
    await audit(trx, { accountId, act: 'registered', address }, now);
    await audit(trx, { accountId, act: 'confirmed', address }, now);
    return accountId;
  });
}
