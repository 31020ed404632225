import cluster, { type Worker } from 'node:cluster';
import type { Config } from './config.ts';
import { migrate, openDb } from './db/index.ts';
import type { Log } from './lib/log.ts';
import { WrongSetting } from './lib/settings.ts';
import { probeLinks } from './redis/index.ts';
import { readSecrets } from './secrets.ts';

/** How long the processes have to finish what they do, and what is killed then has not. */
const GRACE_MS = 10_000;
/** A process that ends is begun again after so long, and twice that each time that it does not live for a minute. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const SOUND_MS = 60_000;

/** Whether this process is to begin others instead of being the site itself. */
export const isFirst = ({ processes, role }: Config): boolean =>
  cluster.isPrimary && processes > 1 && role !== 'worker';

/**
 * Runs the site as several processes on one port: `processes` that answer, and, where the role is `all`, one that does the
 * jobs. What only one may do, secrets and schema, is done before they begin. One that ends is begun again.
 *
 * @param ready called once, when the first of them answers
 * @throws WrongSetting with SQLite, which belongs to one process
 */
export async function runProcesses(config: Config, log: Log, ready: () => void): Promise<void> {
  if (config.databaseUrl.startsWith('sqlite:')) throw new WrongSetting('setting.processes', {});
  await prepare(config);
  // Each takes its connections from the system itself: none is lost on its way to a process that has just died, and none waits for
  // this one.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const crew = new Crew(log);
  for (let n = 0; n < config.processes; n++) crew.begin('web');
  if (config.role === 'all') crew.begin('worker');
  cluster.once('listening', ready);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void crew.stop(signal));
  await crew.failed;
}

/** One that is begun again later has to live without Redis where that is away, and asks no more. */
async function prepare(config: Config) {
  const { secrets, dataDir, databaseUrl } = config;
  await readSecrets(secrets, dataDir);
  await probeLinks(config);
  const db = openDb({ url: databaseUrl, connections: 1 });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

type Role = 'web' | 'worker';

class Crew {
  readonly #log: Log;
  readonly #alive = new Set<Worker>();
  #stopping = false;
  #fail: (error: Error) => void = () => {};
  /** Never resolves; rejects when a process could not even begin. */
  readonly failed = new Promise<never>((_, reject) => (this.#fail = reject));

  constructor(log: Log) {
    this.#log = log;
  }

  begin(role: Role, pauseMs = FIRST_PAUSE_MS, again = false): void {
    const begun = performance.now();
    const worker = cluster.fork({ ROLE: role });
    this.#alive.add(worker);
    let lives = false;
    worker.once('message', () => (lives = true));
    worker.once('exit', (code, signal) => {
      this.#alive.delete(worker);
      if (this.#stopping) return void (this.#alive.size === 0 && process.exit(0));
      // It has said why. One that takes another's place is tried again: the others go on, as where a newer release has changed the schema.
      if (!lives && code === 1 && !again) return this.#fail(new NeverLived());
      const sound = performance.now() - begun > SOUND_MS;
      const wait = sound ? FIRST_PAUSE_MS : pauseMs;
      this.#log.error({ role, code, signal, wait }, 'a process has ended: another one takes its place');
      setTimeout(() => this.#stopping || this.begin(role, Math.min(LONGEST_PAUSE_MS, 2 * wait), true), wait);
    });
  }

  stop(signal: 'SIGTERM' | 'SIGINT'): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#log.info({ signal }, 'stopping');
    if (this.#alive.size === 0) process.exit(0);
    for (const { process: child } of this.#alive) child.kill('SIGTERM');
    setTimeout(() => {
      for (const { process: child } of this.#alive) child.kill('SIGKILL');
    }, GRACE_MS);
  }
}

/** A process that did not begin has said why itself. */
export class NeverLived extends Error {}

/** One of several processes tells that it is up. */
export const tellUp = () => void process.send?.('up');

/** Whether somebody else has begun this process, and greets. */
export const isOneOfSeveral = (): boolean => cluster.isWorker;
