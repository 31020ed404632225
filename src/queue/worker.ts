import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../db/index.ts';
import type { Log } from '../lib/log.ts';
import { awayLog } from './away.ts';
import { defaultBackoff, type Backoff } from './backoff.ts';
import type { Handler } from './job.ts';
import { claimer, handBack, type Lease } from './lease.ts';
import { perform, type Bench } from './perform.ts';

export interface WorkerSettings {
  db: Db;
  /** What is done for each kind. Jobs of other kinds stay for the process that knows them. */
  handlers: Readonly<Record<string, Handler>>;
  log: Log;
  /** How many jobs run at once. */
  concurrency: number;
  /** After this many milliseconds without a sign of life a job is done by another worker; 30,000 when left out. */
  leaseMs?: number;
  /** Milliseconds between two looks when nobody wakes it; 1,000 when left out. */
  pollMs?: number;
  backoff?: Partial<Backoff>;
  /** Milliseconds since 1970, for tests; the database's clock when left out. */
  now?: () => number;
}

export interface Worker {
  /** Looks for jobs now. Call it after the commit that made one. */
  wake(): void;
  /** Whether as many jobs run as may. */
  isFull(): boolean;
  /** Resolves when it has looked and could have begun more. */
  room(): Promise<void>;
  /** Begins nothing more, and waits for what runs. What still runs after `graceMs` is done again when its lease is over. */
  stop(graceMs: number): Promise<void>;
  /** Resolves when nothing is due and nothing runs. */
  idle(): Promise<void>;
}

const LOOK_MS = 1000;

/** Waits for something, but no longer than so many milliseconds. */
async function atMost(ms: number, something: Promise<void>): Promise<void> {
  const over = new AbortController();
  const patience = pause(ms, undefined, { signal: over.signal }).catch(() => {});
  await Promise.race([something, patience]);
  over.abort();
}

/** Works through the jobs in the database until it is stopped; any number of workers may share one. */
export function startWorker(settings: WorkerSettings): Worker {
  const worker = new TableWorker(settings);
  worker.wake();
  return worker;
}

class TableWorker implements Worker {
  readonly #bench: Bench;
  readonly #concurrency: number;
  readonly #pollMs: number;
  readonly #claim: (db: Db, running: readonly number[]) => Promise<Lease[]>;
  readonly #running = new Map<number, { over: AbortController; ended: Promise<void> }>();
  #waiting: (() => void)[] = [];
  #waitingForRoom: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();
  #looking = false;
  #again = false;
  #stopped = false;

  constructor({ db, handlers, log, concurrency, leaseMs = 30_000, pollMs = 1000, backoff, now }: WorkerSettings) {
    this.#bench = { db, handlers, log, leaseMs, backoff: { ...defaultBackoff, ...backoff }, now, away: awayLog(log) };
    this.#concurrency = concurrency;
    this.#pollMs = pollMs;
    this.#claim = claimer(Object.keys(handlers), concurrency, leaseMs, now);
  }

  wake(): void {
    this.#again = true;
    if (!this.#looking && !this.#stopped) this.#look = this.#lookAround();
  }

  isFull(): boolean {
    return this.#running.size >= this.#concurrency;
  }

  async room(): Promise<void> {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      this.#waitingForRoom.push(resolve);
      this.wake();
    });
  }

  async idle(): Promise<void> {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      this.wake();
    });
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await atMost(graceMs, this.#ended());
    // A look is a query or two: the database must not be let go of beneath it, however little time there is.
    await atMost(LOOK_MS, this.#look);
    for (const { over } of this.#running.values()) over.abort();
    if (this.#running.size > 0) this.#bench.log.warn({ jobs: [...this.#running.keys()] }, 'stopped while jobs run');
    this.#sayIdle();
    this.#sayRoom();
  }

  async #ended(): Promise<void> {
    await this.#look;
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  /** One look at a time; a wake-up while it looks makes it look once more. */
  async #lookAround(): Promise<void> {
    this.#looking = true;
    clearTimeout(this.#timer);
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#takeWork();
      } catch (error) {
        this.#bench.away(error);
        this.#again = false;
      }
    }
    this.#looking = false;
    // A little chance, so that many processes don't all ask in the same millisecond.
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), this.#pollMs * (0.9 + Math.random() / 5));
  }

  async #takeWork(): Promise<void> {
    if (this.isFull()) return;
    const leases = await this.#claim(this.#bench.db, [...this.#running.keys()]);
    if (this.#stopped) {
      await Promise.all(leases.map((lease) => handBack(this.#bench.db, lease)));
      return;
    }
    for (const lease of leases) this.#begin(lease);
    if (!this.isFull()) this.#sayRoom();
    if (this.#running.size === 0 && !this.#again) this.#sayIdle();
  }

  #begin(lease: Lease): void {
    const over = new AbortController();
    this.#running.set(lease.id, { over, ended: this.#perform(lease, over) });
  }

  async #perform(lease: Lease, over: AbortController): Promise<void> {
    await perform(this.#bench, lease, over);
    this.#running.delete(lease.id);
    this.wake();
  }

  #sayRoom(): void {
    for (const resolve of this.#waitingForRoom.splice(0)) resolve();
  }

  #sayIdle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
