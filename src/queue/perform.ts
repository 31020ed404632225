import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../lib/log.ts';
import { retryDelay, type Backoff } from './backoff.ts';
import type { Handler } from './job.ts';
import { bury, finish, renew, retryLater, type Lease, type Now } from './lease.ts';

/** What a job needs around it. */
export interface Bench {
  db: Db;
  handlers: Readonly<Record<string, Handler>>;
  log: Log;
  leaseMs: number;
  backoff: Backoff;
  now: Now;
  /** Notes that the database did not answer. */
  away(error: unknown): void;
}

const LONGEST_ERROR = 2000;

/** The error as the operator reads it in the row. PostgreSQL's text takes no zero characters. */
const describe = (error: unknown) =>
  String(error instanceof Error ? (error.stack ?? error) : error)
    .replaceAll('\0', '')
    .slice(0, LONGEST_ERROR);

/** Runs one job to its end, and writes down how it went. Never rejects. `over` ends the renewals of its lease. */
export async function perform(bench: Bench, lease: Lease, over: AbortController): Promise<void> {
  void keepLease(bench, lease, over.signal);
  const outcome = await run(bench, lease);
  over.abort();
  try {
    await settle(bench, lease, outcome);
  } catch (error) {
    // The lease runs out, and the job is done again.
    bench.away(error);
  }
}

type Outcome = { done: true } | { done: false; error: unknown; final: boolean };

async function run({ handlers, backoff }: Bench, { id, kind, payload, attempts }: Lease): Promise<Outcome> {
  // Only a lease that ran out leads past the last attempt: a job that kills its process must not do so for ever.
  if (attempts > backoff.attempts)
    return { done: false, final: true, error: new Error(`begun ${attempts - 1} times and never finished`) };
  try {
    await handlers[kind]?.({ id, kind, payload: JSON.parse(payload) as Record<string, unknown>, attempts });
    return { done: true };
  } catch (error) {
    return { done: false, error, final: isFinal(error) || attempts >= backoff.attempts };
  }
}

/** What is said of the picture stays so; that a disk is full, or that we are busy, passes. */
const isFinal = (error: unknown) => error instanceof Refusal && error.status < 500;

async function settle(bench: Bench, lease: Lease, outcome: Outcome): Promise<void> {
  const { db, log, now } = bench;
  const facts = { job: lease.id, kind: lease.kind, attempts: lease.attempts };
  if (outcome.done) {
    if (await finish(db, lease)) log.debug(facts, 'job done');
    else log.warn(facts, 'job done after its lease was lost');
  } else if (outcome.final) {
    log.error({ ...facts, err: outcome.error }, 'job failed for good');
    await bury(db, lease, describe(outcome.error), now);
  } else {
    const delayMs = retryDelay(bench.backoff, lease.attempts);
    log.warn({ ...facts, err: outcome.error, delayMs }, 'job failed and will be tried again');
    await retryLater(db, lease, describe(outcome.error), delayMs, now);
  }
}

/** Renews three times a lease: two renewals may be lost before another worker takes the job. */
async function keepLease({ db, leaseMs, now, log, away }: Bench, lease: Lease, over: AbortSignal): Promise<void> {
  const rest = () => pause(leaseMs / 3, true, { signal: over }).catch(() => false);
  while (await rest()) {
    try {
      if (await renew(db, lease, leaseMs, now)) continue;
      if (!over.aborted) log.warn({ job: lease.id, kind: lease.kind }, 'lease of a running job was lost');
      return;
    } catch (error) {
      away(error);
    }
  }
}
