import { query, type Db } from '../db/index.ts';
import { NOW, timed } from './clock.ts';
import { storedKey } from './enqueue.ts';
import { keyUnlessTaken, TOKEN } from './lease.ts';

/** waiting: due; later: its time has not come; running: leased by a worker; dead: given up. */
export type JobState = 'waiting' | 'later' | 'running' | 'dead';

export interface ListedJob {
  id: number;
  kind: string;
  payload: string;
  state: JobState;
  attempts: number;
  /** Times are milliseconds since 1970. */
  runAt: number;
  createdAt: number;
  failedAt: number | null;
  lastError: string | null;
}

const STATE = `CASE WHEN failed_at IS NOT NULL THEN 'dead' WHEN lease_until > ${NOW} THEN 'running'
  WHEN run_at > ${NOW} THEN 'later' ELSE 'waiting' END`;

const list = query<ListedJob>(
  timed(`SELECT * FROM (SELECT id, kind, payload, ${STATE} AS state, attempts, run_at AS "runAt",
      created_at AS "createdAt", failed_at AS "failedAt", last_error AS "lastError" FROM jobs WHERE id > ?) listed
    WHERE CAST(? AS text) IS NULL OR state = CAST(? AS text) ORDER BY id LIMIT ?`),
);

export interface ListOptions {
  /** Only these; all when left out. */
  state?: JobState;
  /** Those with a larger id: the last one of the page before. */
  after?: number;
  /** At most so many; 100 when left out. */
  limit?: number;
  /** For tests. */
  now?: number;
}

/** Jobs by id, the oldest first. */
export function listJobs(db: Db, { state, after = 0, limit = 100, now }: ListOptions = {}): Promise<ListedJob[]> {
  return list.all(db, [now ?? null, after, state ?? null, state ?? null, limit]);
}

const known = query<{ id: number }>(
  `SELECT id FROM jobs WHERE kind = ? AND (unique_key = ? OR substr(lease_token, ${TOKEN + 2}) = ?) LIMIT 1`,
);

/** Whether a job of this kind waits, runs or was given up under a key. */
export async function isKnown(db: Db, kind: string, key: string): Promise<boolean> {
  const stored = storedKey(key);
  return (await known.all(db, [kind, stored, stored])).length > 0;
}

const revive = query<{ id: number }>(
  timed(`UPDATE jobs SET failed_at = NULL, attempts = 0, run_at = ${NOW},
      unique_key = CASE WHEN failed_at IS NULL THEN unique_key ELSE ${keyUnlessTaken('jobs.unique_key')} END
    WHERE id = ? AND lease_until IS NULL RETURNING id`),
);

/** A dead letter, or a job that waits for its next attempt, becomes due at once. False when there is no such job, or it runs. */
export async function retryJob(db: Db, id: number, now?: number): Promise<boolean> {
  return (await revive.all(db, [now ?? null, id])).length > 0;
}

const drop = query<{ id: number }>('DELETE FROM jobs WHERE id = ? AND failed_at IS NOT NULL RETURNING id');

/** Throws a dead letter away: its work is never done. False when there is no such job, or it was not given up. */
export async function dropJob(db: Db, id: number): Promise<boolean> {
  return (await drop.all(db, [id])).length > 0;
}

export interface QueueDepth {
  waiting: number;
  later: number;
  running: number;
  dead: number;
  /** How long the oldest job that waits has been due, in milliseconds; 0 when none waits. */
  oldestMs: number;
}

const depth = query<QueueDepth>(
  timed(`SELECT coalesce(sum(CASE state WHEN 'waiting' THEN 1 ELSE 0 END), 0) AS waiting,
      coalesce(sum(CASE state WHEN 'later' THEN 1 ELSE 0 END), 0) AS later,
      coalesce(sum(CASE state WHEN 'running' THEN 1 ELSE 0 END), 0) AS running,
      coalesce(sum(CASE state WHEN 'dead' THEN 1 ELSE 0 END), 0) AS dead,
      coalesce(${NOW} - min(CASE state WHEN 'waiting' THEN run_at END), 0) AS "oldestMs"
    FROM (SELECT run_at, ${STATE} AS state FROM jobs) counted`),
);

/** How much there is to do, for the operator and the metrics. */
export async function queueDepth(db: Db, now?: number): Promise<QueueDepth> {
  const found = await depth.first(db, [now ?? null]);
  return found ?? { waiting: 0, later: 0, running: 0, dead: 0, oldestMs: 0 };
}

const dropWhere = (found: string) =>
  `DELETE FROM jobs WHERE ${found} > 0 AND (lease_until IS NULL OR lease_until <= ${NOW}) RETURNING id`;
const dropAbout = query<{ id: number }>(
  timed(dropWhere('instr(payload, CAST(? AS text))'), dropWhere('strpos(payload, CAST(? AS text))')),
);

/** Removes the jobs whose payload holds a text, the dead ones too: those about somebody who is gone. What runs is left to end. */
export async function dropJobsAbout(db: Db, text: string): Promise<number> {
  return (await dropAbout.all(db, [null, text])).length;
}
