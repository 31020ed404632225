import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../src/db/index.ts';
import type { Log } from '../../src/lib/log.ts';
import { startWorker, type Handler, type Worker, type WorkerSettings } from '../../src/queue/index.ts';

export interface Entry {
  level: 'debug' | 'info' | 'warn' | 'error';
  facts: object;
  text: string | undefined;
}

export function memoryLog(): Log & { entries: Entry[] } {
  const entries: Entry[] = [];
  const at = (level: Entry['level']) => (facts: object, text?: string) => void entries.push({ level, facts, text });
  return { entries, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export interface JobRow {
  id: number;
  kind: string;
  unique_key: string | null;
  attempts: number;
  run_at: number;
  lease_token: string | null;
  lease_until: number | null;
  last_error: string | null;
  failed_at: number | null;
}

export const rows = (db: Db): Promise<JobRow[]> => db<JobRow>('jobs').orderBy('id').select('*');

/** Waits for something that comes true by itself. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await isSo()) return;
    await pause(5);
  }
  throw new Error('waited in vain');
}

/** A door that handlers wait at until the test opens it. */
export function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

type Handlers = Readonly<Record<string, Handler>>;

/** Workers on a clock that the test sets by hand, and that look only when they are woken; all are stopped after the test. */
export function workshop() {
  const workers: Worker[] = [];
  const clock = { now: 0, pass: (ms: number) => void (clock.now += ms) };
  let log = memoryLog();
  beforeEach(() => {
    // A little ahead of the database, so that what is enqueued now is due.
    clock.now = Date.now() + 60_000;
    log = memoryLog();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(0)));
  });
  return {
    clock,
    logged: (level: Entry['level']) => log.entries.filter((entry) => entry.level === level),
    start(db: Db, handlers: Handlers, settings: Partial<WorkerSettings> = {}): Worker {
      const now = () => clock.now;
      const worker = startWorker({ db, handlers, log, concurrency: 1, pollMs: 3_600_000, now, ...settings });
      workers.push(worker);
      return worker;
    },
  };
}
