import { query, takesNothing, VERSION, type Db } from '../db/index.ts';
import { hashToken } from '../lib/secret.ts';
import type { Language } from '../lib/words/index.ts';
import type { Visibility } from '../lib/visibility.ts';
import { diskFull } from '../storage/index.ts';
import { audit, type AuditEntry } from './audit.ts';
import { endOldest } from './open-sessions.ts';

export type Role = 'member' | 'moderator' | 'admin';

/** Who is signed in: what every page needs to know, and no more. */
export interface Member {
  id: number;
  username: string;
  role: Role;
  unread: number;
  /** Defaults for what they save. */
  visibility: Visibility;
  showName: boolean;
  /** What they have chosen to read; null for what their browser asks for. */
  language: Language | null;
  /** When this session last showed who it is: at sign-in, or when it was asked again. In milliseconds. */
  freshAt: number;
}

export interface Device {
  userAgent: string;
  address: string;
}

export interface OpenSession {
  member: Member;
  data: Record<string, unknown>;
  /** Of the whole database, where asking for it came along (PostgreSQL). */
  version: string | null;
}

interface SessionRow {
  id: number;
  username: string;
  role: Role;
  unread: number;
  visibility: Visibility;
  show_name: boolean | number;
  language: Language | null;
  data: string;
  seen_at: number;
  fresh_at: number;
  version: string | null;
}

/** Session, member and unread count: one query, since every request of a member begins with it. */
const sessionRow = (unread: string) =>
  query<SessionRow>({ sqlite: rowText(unread, VERSION.sqlite), postgres: rowText(unread, VERSION.postgres) });

const rowText = (unread: string, version: string) => `
  SELECT ${version} AS version, a.id, a.username, a.role, ${unread} AS unread, a.visibility, a.show_name, a.language, s.data, s.seen_at, s.fresh_at
  FROM sessions s JOIN accounts a ON a.id = s.account_id
  WHERE s.id_hash = ? AND s.expires_at > ? AND s.seen_at > ? AND a.disabled_at IS NULL`;

/** How exactly "last used" is kept: a write for every request would be the costliest part of most of them. */
const SEEN_STEP = 10 * 60 * 1000;

/** Finds the session behind the id of a cookie; undefined when it ended, idled out (`idleMs`) or was never there. */
export type FindSession = (db: Db, id: string, idleMs: number, now?: number) => Promise<OpenSession | undefined>;

/** `unread` says as SQL how many notices an account `a` has not read: those are of a room further right. */
export function sessionFinder(unread: string): FindSession {
  const found = sessionRow(unread);
  return async (db, id, idleMs, now = Date.now()) => {
    const row = await found.first(db, [hashToken(id), now, now - idleMs]);
    if (!row) return undefined;
    if (now - row.seen_at > SEEN_STEP) await noteSeen(db, id, now);
    const { data, seen_at: _, fresh_at: freshAt, show_name, version, ...rest } = row;
    const member = { ...rest, unread: Number(rest.unread), freshAt, showName: Boolean(show_name) };
    return { member, version, data: JSON.parse(data) as Record<string, unknown> };
  };
}

/** A full disk keeps nobody from reading, nor does a database that takes nothing new. */
async function noteSeen(db: Db, id: string, now: number) {
  try {
    await db('sessions')
      .where({ id_hash: hashToken(id) })
      .update({ seen_at: now });
  } catch (error) {
    if (!diskFull(error) && !takesNothing(error)) throw error;
  }
}

export interface NewSession extends Device {
  accountId: number;
  data: Record<string, unknown>;
  /** How long it lives at the most, in milliseconds. */
  lifeMs: number;
  /** What the log says of it. */
  logged?: Pick<AuditEntry, 'act' | 'detail'> | null;
}

const insertSession = query(`
  INSERT INTO sessions (id_hash, account_id, data, created_at, seen_at, fresh_at, expires_at, user_agent, address)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);

/** Begins a session, and ends the oldest of its account where it has too many. One commit: the disk is waited for once. */
export async function beginSession(db: Db, id: string, session: NewSession, now = Date.now()) {
  const { accountId, data, lifeMs, logged, userAgent, address } = session;
  const device = [userAgent.slice(0, 300), address.slice(0, 60)];
  const row = [hashToken(id), accountId, JSON.stringify(data), now, now, now, now + lifeMs, ...device];
  await db.transaction(async (trx) => {
    await insertSession.all(trx, row);
    await endOldest(trx, accountId);
    if (logged) await audit(trx, { accountId, address, ...logged }, now);
  });
}

/** Changes a session that is there; one that has ended stays ended, however late a slow request comes back with it. */
export async function updateSession(db: Db, id: string, data: Record<string, unknown>) {
  await db('sessions')
    .where({ id_hash: hashToken(id) })
    .update({ data: JSON.stringify(data) });
}

export async function endSession(db: Db, id: string) {
  await db('sessions')
    .where({ id_hash: hashToken(id) })
    .delete();
}

/**
 * Ends every session of an account but the one that is kept, by the hash of its id (`hashToken`); null keeps none. Each
 * request asks for its row, so that they are over at once, in every process.
 */
export async function endOtherSessions(db: Db, accountId: number, keepIdHash: string | null): Promise<number> {
  const others = db('sessions').where({ account_id: accountId });
  return (keepIdHash === null ? others : others.whereNot({ id_hash: keepIdHash })).delete();
}

/** Rows of sessions that nobody can come back to. */
export async function sweepSessions(db: Db, idleMs: number, now = Date.now()): Promise<number> {
  return db('sessions')
    .where('expires_at', '<=', now)
    .orWhere('seen_at', '<=', now - idleMs)
    .delete();
}
