import { randomBytes } from 'node:crypto';
import { query, type Db } from '../db/index.ts';
import { NOW, timed } from './clock.ts';

/** A job that is ours for a while. */
export interface Lease {
  id: number;
  kind: string;
  /** JSON */
  payload: string;
  attempts: number;
  lease_token: string;
}

/** The clock that tests set; without it the database's own counts. */
export type Now = (() => number) | undefined;

/** How long a token is; behind a colon follows the key of the job. */
export const TOKEN = 16;
const newToken = () => randomBytes(12).toString('base64url');
const keyOf = (lease: Lease) => lease.lease_token.slice(TOKEN + 1) || null;

const slots = (n: number) => Array.from({ length: n }, () => '?').join(', ') || 'NULL';

/**
 * Claims what is due, the most urgent first, with one statement that no two workers can both win. The unique key leaves
 * its column, so that the same work may be asked for again while it runs, and waits in the token (a lease that ran out has
 * it there already). Kinds that this process does not know are left to a newer one; what it is running itself is never
 * claimed a second time, even if the clock has jumped over the lease.
 */
export function claimer(kinds: readonly string[], concurrency: number, leaseMs: number, now: Now) {
  const due = `SELECT id FROM jobs
    WHERE failed_at IS NULL AND run_at <= ${NOW} AND (lease_until IS NULL OR lease_until <= ${NOW})
      AND kind IN (${slots(kinds.length)}) AND id NOT IN (${slots(concurrency)})
    ORDER BY priority, run_at, id LIMIT ?`;
  const take = (ids: string) => `UPDATE jobs SET attempts = attempts + 1, unique_key = NULL,
      lease_token = CAST(? AS text) || coalesce(':' || unique_key, substr(lease_token, ${TOKEN + 1}), ''),
      lease_until = ${NOW} + CAST(? AS bigint)
    WHERE id ${ids} RETURNING id, kind, payload, attempts, lease_token`;
  // ARRAY makes PostgreSQL run the inner query once; as a plain IN it may run, and lock, once for each row.
  const claim = query<Lease>(timed(take(`IN (${due})`), take(`= ANY (ARRAY(${due} FOR UPDATE SKIP LOCKED))`)));

  return (db: Db, running: readonly number[]): Promise<Lease[]> => {
    const excluded = Array.from({ length: concurrency }, (_, i) => running[i] ?? 0);
    return claim.all(db, [now?.() ?? null, newToken(), leaseMs, ...kinds, ...excluded, concurrency - running.length]);
  };
}

const extend = query<{ id: number }>(
  timed(`UPDATE jobs SET lease_until = ${NOW} + CAST(? AS bigint) WHERE id = ? AND lease_token = ? RETURNING id`),
);

/** Keeps the lease for another `leaseMs` from now; false when it is no longer ours. */
export async function renew(db: Db, { id, lease_token }: Lease, leaseMs: number, now: Now): Promise<boolean> {
  return (await extend.all(db, [now?.() ?? null, leaseMs, id, lease_token])).length > 0;
}

const remove = query<{ id: number }>('DELETE FROM jobs WHERE id = ? AND lease_token = ? RETURNING id');

/** The job is done and gone; false when another worker has it by now. */
export async function finish(db: Db, { id, lease_token }: Lease): Promise<boolean> {
  return (await remove.all(db, [id, lease_token])).length > 0;
}

/** A key that goes back into its column, unless a job that was asked for in the meantime has it. */
export const keyUnlessTaken = (key: string) => `CASE WHEN EXISTS (SELECT 1 FROM jobs o
  WHERE o.kind = jobs.kind AND o.unique_key = ${key} AND o.failed_at IS NULL) THEN NULL ELSE ${key} END`;

const ENDED = 'lease_token = NULL, lease_until = NULL';
const KEY = 'CAST(? AS text)';

const postpone = query<never>(
  timed(`UPDATE jobs SET ${ENDED}, run_at = ${NOW} + CAST(? AS bigint), last_error = ?, unique_key = ${keyUnlessTaken(KEY)}
    WHERE id = ? AND lease_token = ?`),
);

/** Lets the job wait for its next attempt. */
export async function retryLater(db: Db, lease: Lease, error: string, delayMs: number, now: Now): Promise<void> {
  const key = keyOf(lease);
  await postpone.all(db, [now?.() ?? null, delayMs, error, key, key, lease.id, lease.lease_token]);
}

const kill = query<never>(
  timed(`UPDATE jobs SET ${ENDED}, failed_at = ${NOW}, last_error = ?, unique_key = ?
    WHERE id = ? AND lease_token = ?`),
);

/** Makes the job a dead letter, which stays until the operator deals with it. */
export async function bury(db: Db, lease: Lease, error: string, now: Now): Promise<void> {
  await kill.all(db, [now?.() ?? null, error, keyOf(lease), lease.id, lease.lease_token]);
}

const release = query<never>(
  `UPDATE jobs SET ${ENDED}, attempts = attempts - 1, unique_key = ${keyUnlessTaken(KEY)} WHERE id = ? AND lease_token = ?`,
);

/** Gives back a job that was claimed and not begun. */
export async function handBack(db: Db, lease: Lease): Promise<void> {
  const key = keyOf(lease);
  await release.all(db, [key, key, lease.id, lease.lease_token]);
}
