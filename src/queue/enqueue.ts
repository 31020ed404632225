import { createHash } from 'node:crypto';
import { query, type Db } from '../db/index.ts';
import { NOW, timed } from './clock.ts';
import type { Enqueue } from './job.ts';

/** While a job runs, its key stands in the lease token (60 characters) behind 16 of chance and a colon. */
const LONGEST_KEY = 43;
/** A key as its column has it. */
export const storedKey = (key: string) =>
  key.length <= LONGEST_KEY ? key : createHash('sha256').update(key).digest('base64url');

/**
 * The same work still waits: that job is enough. It is touched all the same, since that locks its row on PostgreSQL until
 * our transaction ends. With DO NOTHING a worker could begin it now, see the rows as they were before our changes, and
 * the job that should have seen them would never be.
 */
export const UNLESS_WAITING = `ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND failed_at IS NULL
  DO UPDATE SET run_at = CASE WHEN excluded.run_at < jobs.run_at THEN excluded.run_at ELSE jobs.run_at END`;

const insert = query<never>(
  timed(`INSERT INTO jobs (kind, payload, unique_key, priority, run_at, created_at)
    VALUES (?, ?, ?, ?, coalesce(CAST(? AS bigint), ${NOW}), ${NOW}) ${UNLESS_WAITING}`),
);

/**
 * Puts a job into the queue. In a transaction it is there when the transaction is, and not otherwise; wake the worker
 * after the commit. With a key that still waits, the earlier of both times counts, and the first payload.
 */
export const enqueue: Enqueue = async (db, kind, payload, { runAt, priority = 100, key } = {}) => {
  const uniqueKey = key === undefined ? null : storedKey(key);
  await insert.all(db, [null, kind, JSON.stringify(payload), uniqueKey, priority, runAt ?? null]);
};

const remove = query<never>('DELETE FROM jobs WHERE kind = ? AND unique_key = ? AND failed_at IS NULL');

/** Takes a job back that waits under this key: its work has been done otherwise. One that runs, or is dead, stays. */
export const withdraw = async (db: Db, kind: string, key: string): Promise<void> =>
  void (await remove.all(db, [kind, storedKey(key)]));
