import { query, type Db } from '../db/index.ts';
import { hashToken } from '../lib/secret.ts';

/** A browser that somebody is signed in with, as they see it. */
export interface SessionSummary {
  /** Names the session and opens nothing: part of a hash of the hash of its id. */
  id: string;
  userAgent: string;
  address: string;
  since: number;
  /** To within ten minutes. */
  seenAt: number;
  /** Whether it is the one that asks. */
  current: boolean;
}

/** An account is signed in at so many places at the most; then the oldest end. */
export const MAX_SESSIONS = 100;

interface Row {
  id_hash: string;
  user_agent: string;
  address: string;
  created_at: number;
  seen_at: number;
}

const rowsOf = query<Row>(`
  SELECT id_hash, user_agent, address, created_at, seen_at FROM sessions
  WHERE account_id = ? AND expires_at > ? AND seen_at > ? ORDER BY seen_at DESC, id_hash LIMIT ${MAX_SESSIONS}`);

const publicId = (idHash: string): string => hashToken(idHash).slice(0, 16);

/** Where an account is signed in, last used first. `currentHash` is the hash of the id of the session that asks. */
export async function listSessions(
  db: Db,
  accountId: number,
  currentHash: string | null,
  idleMs: number,
  now = Date.now(),
): Promise<SessionSummary[]> {
  const rows = await rowsOf.all(db, [accountId, now, now - idleMs]);
  return rows.map((row) => ({
    id: publicId(row.id_hash),
    userAgent: row.user_agent,
    address: row.address,
    since: row.created_at,
    seenAt: row.seen_at,
    current: row.id_hash === currentHash,
  }));
}

/** Ends the session of that public id; false when the account has none such, or no longer. */
export async function endNamedSession(db: Db, accountId: number, id: string): Promise<boolean> {
  const hashes: string[] = await db('sessions').where({ account_id: accountId }).pluck('id_hash');
  const hash = hashes.find((one) => publicId(one) === id);
  return hash !== undefined && (await db('sessions').where({ id_hash: hash }).delete()) > 0;
}

/** Ends the oldest of an account when there are more than it may have. */
export async function endOldest(db: Db, accountId: number): Promise<void> {
  await deleteOldest.all(db, [accountId, accountId]);
}

const deleteOldest = query(`
  DELETE FROM sessions WHERE account_id = ? AND id_hash NOT IN (
    SELECT id_hash FROM sessions WHERE account_id = ? ORDER BY created_at DESC, id_hash LIMIT ${MAX_SESSIONS})`);
