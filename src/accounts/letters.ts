import type { Db } from '../db/index.ts';
import { randomToken } from '../lib/secret.ts';
import { sendNow, type Mail, type Sending } from '../mail/index.ts';
import { enqueue, type Job } from '../queue/index.ts';
import { MAY_ENTER } from './deletions.ts';
import { dropLink, makeLink, type Purpose, type Whose } from './links.ts';
import { foldEmail } from './names.ts';
import type { Language } from '../lib/words/index.ts';

/** What the jobs that send links work with. */
export interface Posting extends Sending {
  db: Db;
}

/** The mails whose link is a secret: each is a job that makes the secret when it sends it, so that no row ever holds one. */
type LetterJob = 'sendReset' | 'sendConfirm' | 'sendEmailChange';

/** People wait for these: they go before pictures. */
const PRIORITY = 50;

/** Asks for a mail with a link. `key`: whose it is, so that asking twice while one waits is asking once. */
export const askFor = (db: Db, kind: LetterJob, payload: Record<string, string | number>, key: string) =>
  enqueue(db, kind, { ...payload, id: randomToken() }, { priority: PRIORITY, key });

interface LinkMail {
  purpose: Purpose;
  whose: Whose;
  newEmail?: string;
  to: string;
  kind: Extract<Mail['kind'], 'reset' | 'confirm' | 'email_change'>;
  username: string;
  language: Language | null;
  /** The address that the secret is put behind. */
  path: string;
}

/** Makes a link and sends it. A mail that was not sent takes its link back: the next try makes another one. */
export async function sendLink(posting: Posting, mail: LinkMail, job: Job): Promise<void> {
  const { purpose, whose, newEmail = null, to, kind, username, language, path } = mail;
  const token = await makeLink(posting.db, purpose, whose, newEmail);
  try {
    const params = { username, link: `${posting.site}${path}${token}` };
    await sendNow(posting, { to, kind, params, language }, String(job.payload['id']));
  } catch (error) {
    await dropLink(posting.db, token);
    throw error;
  }
}

/** So many links of one kind are under way for one account at most: whoever asks on gets no more mail, and is told nothing else. */
const AT_ONCE = 3;

export async function enoughLinks(db: Db, purpose: Purpose, whose: Whose, now = Date.now()): Promise<boolean> {
  const owner = 'accountId' in whose ? { account_id: whose.accountId } : { registration_id: whose.registrationId };
  const live = await db('account_tokens')
    .where({ purpose, ...owner })
    .whereNull('used_at')
    .where('expires_at', '>', now)
    .limit(AT_ONCE)
    .select('token_hash');
  return live.length >= AT_ONCE;
}

/**
 * Somebody forgot a password. Whether the email has an account is looked up by the job, long after the answer: the answer
 * cannot tell, nor can the time it takes.
 */
export const askReset = (db: Db, email: string) =>
  askFor(db, 'sendReset', { email: foldEmail(email) }, foldEmail(email));

/** The job `sendReset`: to nobody where there is no account, or a disabled one. */
export async function sendReset(posting: Posting, job: Job): Promise<void> {
  const account = await posting
    .db('accounts')
    .where({ email_key: String(job.payload['email']) })
    .whereRaw(MAY_ENTER)
    .first('id', 'username', 'email', 'language');
  if (!account) return;
  const whose = { accountId: Number(account.id) };
  if (await enoughLinks(posting.db, 'reset', whose)) return;
  const { username, email: to, language } = account;
  await sendLink(posting, { purpose: 'reset', whose, to, language, kind: 'reset', username, path: RESET_PATH }, job);
}

const RESET_PATH = '/account/password/reset/';

/** A link with which somebody sets a new password, for the operator to hand over; good for an hour, once. */
export const resetLink = async (db: Db, site: string, accountId: number): Promise<string> =>
  `${site}${RESET_PATH}${await makeLink(db, 'reset', { accountId }, null)}`;
