import { createHash } from 'node:crypto';
import { query, type Db } from '../db/index.ts';
import { NOW, timed } from './clock.ts';
import { UNLESS_WAITING } from './enqueue.ts';
import type { Handler } from './job.ts';

// The next slot is reckoned by the database's clock as well: a worker whose own clock is slow would find the slot that
// has just begun, and run it again.
const insertNext = query<never>(
  timed(`INSERT INTO jobs (kind, payload, unique_key, run_at, created_at)
    VALUES (?, '{}', 'recurring', (${NOW} - CAST(? AS bigint)) / CAST(? AS bigint) * CAST(? AS bigint) + CAST(? AS bigint),
      ${NOW}) ${UNLESS_WAITING}`),
);

/** Where in its period a kind has its slot: jobs of the same period don't all run at midnight. */
const offsetOf = (kind: string, everyMs: number) =>
  createHash('sha256').update(kind).digest().readUIntBE(0, 6) % everyMs;

/**
 * Makes sure that the next run of `kind` waits. Any number of processes may call this, at every start: the slots are
 * the same for all, so one row stands for all. A run that is overdue stays as it is and comes at once; runs that were
 * missed while nothing ran are not made up for. `now` is for tests.
 */
export async function ensureRecurring(db: Db, kind: string, everyMs: number, now?: number): Promise<void> {
  const offset = offsetOf(kind, everyMs);
  await insertNext.all(db, [now ?? null, kind, offset, everyMs, everyMs, offset + everyMs]);
}

/**
 * The handler of a kind that recurs. The next run is put down before the work begins, so that no failure, not even the
 * death of the process, ends the chain. Work that takes longer than its period may overlap with its next run.
 */
export function recurring(db: Db, everyMs: number, work: Handler): Handler {
  return async (job) => {
    await ensureRecurring(db, job.kind, everyMs);
    await work(job);
  };
}
