import { query, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { readCursor, writeCursor } from '../lib/cursor.ts';

/** What is recorded; each has its words in the catalogue under `log.act.…`. */
export const ACTS = [
  'registered',
  'confirmed',
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'session_ended',
  'password_changed',
  'password_reset',
  'email_changed',
  'two_factor_on',
  'two_factor_off',
  'passkey_added',
  'passkey_removed',
  'identity_linked',
  'identity_unlinked',
  'token_made',
  'token_revoked',
  'feed_key_made',
  'feed_key_dropped',
  'profile_changed',
  'username_changed',
  'exported',
  'deletion_asked',
  'deletion_cancelled',
  'disabled',
  'enabled',
  'promoted',
  'invited',
  'job_retried',
  'job_dropped',
] as const;
export type Act = (typeof ACTS)[number];

/** One line of the log. Never a password, a token, a code or a key: names and numbers of things alone. */
export interface AuditEntry {
  /** To whose account it was done; null where it is nobody's. */
  accountId: number | null;
  act: Act;
  /** What it was done to: a token's name, a device. */
  subject?: string;
  /** Where the request came from. */
  address?: string;
  detail?: Record<string, string | number | boolean>;
}

/** Records what was done: in the transaction that does it, so that neither is there without the other. */
export async function audit(db: Db, entry: AuditEntry, now = Date.now()): Promise<void> {
  const { accountId, act, subject = '', address = '', detail = {} } = entry;
  const row = [accountId, act, [...subject].slice(0, 200).join(''), address.slice(0, 60), JSON.stringify(detail), now];
  await insert.all(db, row);
}

const insert = query(`
  INSERT INTO audit_log (account_id, act, subject, address, detail, created_at) VALUES (?, ?, ?, ?, ?, ?)`);

export interface Logged {
  id: number;
  /** Null where the account is gone, or there was none. */
  username: string | null;
  act: string;
  subject: string;
  address: string;
  at: number;
}

export interface LogPage {
  entries: Logged[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
}

const SIZE = 30;
const select = (where: string) =>
  query<Logged>(`
  SELECT l.id, a.username, l.act, l.subject, l.address, l.created_at AS at
  FROM audit_log l LEFT JOIN accounts a ON a.id = l.account_id
  WHERE ${where} l.id < ? ORDER BY l.id DESC LIMIT ${SIZE + 1}`);
const ofAccount = select('l.account_id = ? AND');
const ofAll = select('');

/** The log of one account, or with null of all: the newest first, from where `after` says on. */
export async function readLog(db: Db, accountId: number | null, after: string | null): Promise<LogPage> {
  const [below] = after === null ? [Number.MAX_SAFE_INTEGER] : (readCursor(after, 1) ?? []);
  if (below === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  const rows = accountId === null ? await ofAll.all(db, [below]) : await ofAccount.all(db, [accountId, below]);
  const entries = rows.slice(0, SIZE);
  const last = entries.at(-1);
  return { entries, next: rows.length > SIZE && last ? writeCursor([last.id]) : null };
}

/** Long enough to look into what happened, and no longer: addresses are personal data. */
const KEPT_MS = 365 * 24 * 60 * 60 * 1000;

/** Strikes off what is over a year old. The first row that is younger is found from the oldest on, without an index of its own. */
export async function sweepLog(db: Db, now = Date.now()): Promise<number> {
  const since = now - KEPT_MS;
  const young = await db('audit_log').where('created_at', '>', since).orderBy('id').first('id');
  return db('audit_log')
    .where('created_at', '<=', since)
    .where('id', '<', young ? Number(young.id) : Number.MAX_SAFE_INTEGER)
    .delete();
}
