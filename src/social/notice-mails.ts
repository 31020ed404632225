import type { Db } from '../db/index.ts';
import { randomToken, type Signer } from '../lib/secret.ts';
import { inLanguage, words, type Language } from '../lib/words/index.ts';
import { sendNow, type Sending } from '../mail/index.ts';
import { enqueue, type Job } from '../queue/index.ts';
import { gather, type Gathered } from './gather.ts';
import { readToMail } from './notices.ts';

/** The ways of telling that are mails. */
export type MailWay = 'now' | 'daily';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** When the daily mails go, in UTC; each account has its own moment in the hour after. */
const MORNING = 7 * HOUR;

/** "At once" leaves a minute: for what is taken back, and for what comes together. */
function dueAt(accountId: number, way: MailWay, now: number): number {
  if (way === 'now') return now + MINUTE;
  const today = Math.floor(now / DAY) * DAY + MORNING + (accountId % 3600) * 1000;
  return today > now ? today : today + DAY;
}

/** Has a mail sent of what a member was just told; one mail tells of all that came until then. */
export const mailLater = (trx: Db, accountId: number, way: MailWay, now: number) =>
  enqueue(
    trx,
    'mailNotices',
    { account: accountId, way, id: randomToken() },
    { key: `${way} ${accountId}`, runAt: dueAt(accountId, way, now) },
  );

export interface NoticePosting extends Sending {
  db: Db;
  signer: Signer;
}

/**
 * The job `mailNotices`: what is still unread, and what its member may see at this moment. It is asked for again at each try,
 * so that nothing is told that has become private while a mail server was away.
 */
export async function mailNotices({ db, signer, ...sending }: NoticePosting, { payload }: Job): Promise<void> {
  const [accountId, way] = [Number(payload['account']), payload['way'] as MailWay];
  const waiting: number[] = await db('notices').where({ account_id: accountId, mail: way }).pluck('id');
  const account = await db('accounts')
    .where({ id: accountId, disabled_at: null })
    .first('username', 'email', 'language');
  const notices = account ? await readToMail(db, accountId, way) : [];
  if (account && notices.length > 0) {
    const { site } = sending;
    const leave = `${site}/account/notices/stop/${stopToken(signer, accountId)}`;
    const { language }: { language: Language | null } = account;
    const lines = inLanguage(language, () => gather(notices).map((group) => lineOf(site, group)));
    const params = { username: account.username, count: notices.length, link: `${site}/account/notices`, leave };
    const mail = { to: account.email, kind: 'notices', params, language, lines, unsubscribe: leave } as const;
    await sendNow(sending, mail, String(payload['id']));
  }
  await mailed(db, waiting);
}

const AT_ONCE = 500;

/** What came while the mail was written waits for the next. */
async function mailed(db: Db, ids: readonly number[]) {
  for (let first = 0; first < ids.length; first += AT_ONCE)
    await db('notices')
      .whereIn('id', ids.slice(first, first + AT_ONCE))
      .update({ mail: null });
}

function lineOf(site: string, { newest, names, others, people }: Gathered) {
  const who = names.map((name) => name ?? words('image.anonymous')).join(', ');
  const all = others > 0 ? `${who}${words('notices.and')}${words('notices.others', { count: others })}` : who;
  const { image, kind } = newest;
  const did = `${all} ${words(`notices.did.${kind}`, { count: people })}`;
  if (!image) return { words: did, link: null };
  return {
    words: words('notices.of', { did, title: image.title || words('images.untitled') }),
    link: `${site}/images/${image.id}`,
  };
}

const PURPOSE = 'stop notices by mail';

/** What stands in the link that ends an account's mails: whoever has the mail needs no other way in. */
export const stopToken = (signer: Signer, accountId: number) =>
  `${accountId}.${signer.sign(PURPOSE, String(accountId))}`;

/** Whose mails a link ends; null when it is none of ours. */
export function stoppedBy(signer: Signer, token: string): number | null {
  const [id = '', code = ''] = token.split('.');
  return /^\d{1,15}$/.test(id) && signer.verify(PURPOSE, id, code) ? Number(id) : null;
}

/** Whether somebody gets mails about what they are told. */
export const getsMails = async (db: Db, accountId: number): Promise<boolean> =>
  (await db('notice_settings').where({ account_id: accountId }).whereIn('how', ['now', 'daily']).first('kind')) !==
  undefined;

/** No more mails: what they told of is told on the site. */
export async function stopMails(db: Db, accountId: number) {
  await db.transaction(async (trx) => {
    await trx('notice_settings')
      .where({ account_id: accountId })
      .whereIn('how', ['now', 'daily'])
      .update({ how: 'site' });
    await trx('notices').where({ account_id: accountId }).whereNotNull('mail').update({ mail: null });
  });
}
