import type { Db } from '../db/index.ts';

export interface Job<Payload = Record<string, unknown>> {
  id: number;
  kind: string;
  payload: Payload;
  /** How often it was begun, this time included. */
  attempts: number;
}

/**
 * Does a job, which may come twice: after a crash, or when the process stood still for longer than its lease. It takes
 * ids, reads the rows as they are now, and leaves quietly when they have gone. A `Refusal` of a status below
 * 500 is final; anything else that is thrown is tried again.
 */
export type Handler = (job: Job) => Promise<void>;

export interface EnqueueOptions {
  /** Milliseconds since 1970; now when left out. */
  runAt?: number;
  /** Lower goes first; 100 when left out. */
  priority?: number;
  /** With a key, a job of the same kind and key that still waits is not doubled. */
  key?: string;
}

export type Enqueue = (
  db: Db,
  kind: string,
  payload: Record<string, unknown>,
  options?: EnqueueOptions,
) => Promise<void>;
