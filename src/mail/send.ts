import type { Db } from '../db/index.ts';
import type { Log } from '../lib/log.ts';
import { randomToken } from '../lib/secret.ts';
import { inLanguage, isWordKey, type Language, type Params } from '../lib/words/index.ts';
import { enqueue, type Job } from '../queue/index.ts';
import { writeLetter, type Line, type MailKind } from './letter.ts';
import type { Mailer } from './mailer.ts';

export interface Mail {
  to: string;
  kind: MailKind;
  /** Goes into the sentences; `link` is absolute, and holds no secret: it waits in the queue as it is. */
  params: Params;
  /** What whoever gets it reads; null where nothing is known. */
  language: Language | null;
  lines?: readonly Line[];
  /** Where a mail program can end such mails by itself. */
  unsubscribe?: string;
}

/** People wait for a mail: it goes before pictures. */
const PRIORITY = 50;

/**
 * Puts a mail into the queue, in the transaction of what it tells of; wake the worker after the commit. A mail whose link is
 * a secret is made by a job of its own, which makes the secret when it sends (accounts/letters.ts).
 */
export async function sendLater(db: Db, { to, kind, params, language }: Mail): Promise<void> {
  await enqueue(db, 'sendMail', { id: randomToken(), to, kind, params, language }, { priority: PRIORITY });
}

export interface Sending {
  mailer: Mailer;
  log: Log;
  /** The site's name in the last line of each mail: its address. */
  site: string;
}

/** Sends a mail at once; `id` is the same at every try, so that a receiver knows a mail that came twice. */
export async function sendNow({ mailer, log, site }: Sending, mail: Mail, id: string): Promise<void> {
  const { to, kind, params, language, lines, unsubscribe } = mail;
  await mailer.send({
    id,
    to,
    ...inLanguage(language, () => writeLetter(kind, { ...params, site }, lines)),
    ...(unsubscribe ? { unsubscribe } : {}),
  });
  log.info({ kind, ...(mailer.folder ? { folder: mailer.folder } : {}) }, 'mail sent');
}

/** The job `sendMail`. */
export async function sendJob(sending: Sending, { payload }: Job): Promise<void> {
  const { id, to, kind, params, language = null } = payload;
  if (!isKind(kind)) throw new Error(`no such mail: ${String(kind)}`);
  await sendNow(
    sending,
    { to: String(to), kind, params: params as Params, language: language as Language | null },
    String(id),
  );
}

const isKind = (kind: unknown): kind is MailKind => typeof kind === 'string' && isWordKey(`mail.${kind}.subject`);
