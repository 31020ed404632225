import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { reply } from './protocol.ts';
import type { Ask, Reply } from './protocol.ts';
import { behind } from './walls.ts';
import type { Folders, Keeper } from './walls.ts';

/** How long a child may take, in milliseconds: to start, for inspection and High of a still, of an animation, for tiers. */
export interface Clocks {
  start: number;
  still: number;
  animation: number;
  render: number;
}

export const CLOCKS: Clocks = { start: 10_000, still: 10_000, animation: 30_000, render: 60_000 };

export type Answer = Extract<Reply, { say: 'done' | 'compared' | 'refused' | 'failed' }>;
/** What is said of an inspected picture while its other tiers are still being made. */
export type Seen = Extract<Reply, { say: 'seen' }>;
/**
 * `start`: it never became ready; `walls`: nor could it, behind walls that do not stand here; `memory`, `clock`, `nonsense`: it was killed for that; `crash`: it died by itself;
 * `replaced`, `closed`: its time was over.
 */
export type Death = 'start' | 'walls' | 'memory' | 'clock' | 'nonsense' | 'crash' | 'replaced' | 'closed';

export interface Child {
  readonly pid: number | undefined;
  /** Why it is dead, once it is. */
  readonly death: Death | undefined;
  /** What it last said on its error output. */
  readonly lastWords: string;
  /** Asks one thing; one at a time. Resolves to undefined when the child died over it. An inspection is `seen` before. */
  ask(ask: Ask, seen: (heard: Seen) => void): Promise<Answer | undefined>;
  /** Resident memory in MB; 0 where the system does not say. */
  memory(): Promise<number>;
  kill(why: Death): void;
  /** Resolves when the process has gone. */
  readonly gone: Promise<void>;
}

const WATCH_EVERY = 50;
const MAIN = fileURLToPath(new URL('./child/main.js', import.meta.url));

/**
 * What the system holds the child to, set by the shell that becomes it: data memory (kB), no core files, 1 GB a file
 * (in blocks of 512), 64 open files; first to go when memory runs out; and it gives way to what serves people.
 */
const script = (memoryMb: number) => `
  ulimit -d ${memoryMb * 1024} 2>/dev/null; ulimit -c 0; ulimit -f 2097152; ulimit -n 64
  { echo 900 > /proc/self/oom_score_adj; } 2>/dev/null
  exec nice -n 5 "$@"`;

/** Nothing of ours: no secret, no address. VIPS_DISC_THRESHOLD keeps libvips from spilling into temporary files. */
const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  LANG: 'C',
  VIPS_DISC_THRESHOLD: '4g',
  MALLOC_ARENA_MAX: '2',
};

export interface ChildOptions {
  memoryMb: number;
  clocks: Clocks;
  keeper: Keeper;
  folders?: Folders | undefined;
}

/** Starts an imaging child, and kills it when it takes too long, too much memory, or says what it may not. */
export function startChild({ memoryMb, clocks, keeper, folders }: ChildOptions): Child {
  const { walls } = keeper;
  const child = launch(memoryMb, behind(walls, COMMAND, folders));
  let death: Death | undefined;
  let lastWords = '';
  let hear: (heard: Reply) => void = () => {};
  const kill = (why: Death) => {
    death ??= why;
    child.kill('SIGKILL');
  };
  const gone = new Promise<void>((resolve) => {
    const end = () => {
      death ??= 'crash';
      resolve();
    };
    child.once('exit', end);
    child.once('error', (error) => {
      lastWords += error.message;
      if (child.pid === undefined) end();
    });
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (lastWords = (lastWords + text).slice(-2000)));
  child.on('message', (message) => {
    const heard = reply.safeParse(message);
    if (heard.success) hear(heard.data);
    else kill('nonsense');
  });
  const startClock = setTimeout(() => kill('start'), clocks.start);
  const ready = new Promise<void>((resolve) => (hear = () => resolve()));
  const started = Promise.race([ready.then(() => true), gone.then(() => false)]).finally(() =>
    clearTimeout(startClock),
  );

  async function ask(question: Ask, seen: (heard: Seen) => void): Promise<Answer | undefined> {
    if (!(await started)) {
      // What ended by itself before it was ready may have run into its walls.
      if (death === 'crash') death = keeper.fell(walls, lastWords) ? 'walls' : 'start';
      return undefined;
    }
    keeper.stood(walls);
    let clock = setTimeout(() => kill('clock'), question.task === 'render' ? clocks.render : clocks.still);
    const watch = setInterval(() => void refuseTooMuch(), WATCH_EVERY);
    try {
      return await Promise.race([gone.then(() => undefined), answered()]);
    } finally {
      clearTimeout(clock);
      clearInterval(watch);
      hear = () => {};
    }

    function answered() {
      return new Promise<Answer>((resolve) => {
        let extended = false;
        let isSeen = question.task !== 'inspect';
        const allow = (ms: number) => {
          clearTimeout(clock);
          clock = setTimeout(() => kill('clock'), ms);
        };
        hear = (heard) => {
          if (heard.say === 'ready' || heard.id !== question.id) return kill('nonsense');
          if (heard.say === 'seen' || heard.say === 'done') {
            // First what somebody waits for, once, and then the rest.
            if (isSeen !== (heard.say === 'done')) return kill('nonsense');
            if (heard.say === 'done') return resolve(heard);
            isSeen = true;
            allow(clocks.render);
            return seen(heard);
          }
          if (heard.say !== 'animated') return resolve(heard);
          if (extended || question.task === 'render') return;
          extended = true;
          allow(clocks.animation);
        };
        child.send(question, (error) => error && kill('crash'));
      });
    }
  }

  async function refuseTooMuch() {
    // Libraries and code are resident too, and are no part of the data that the system limits.
    if ((await residentMb(child.pid)) > memoryMb + 128) kill('memory');
  }

  return {
    get pid() {
      return child.pid;
    },
    get death() {
      return death;
    },
    get lastWords() {
      return lastWords;
    },
    ask,
    memory: () => residentMb(child.pid),
    kill,
    gone,
  };
}

const COMMAND = [process.execPath, '--max-old-space-size=96', MAIN];

const launch = (memoryMb: number, command: readonly string[]) =>
  spawn('/bin/sh', ['-c', script(memoryMb), 'limits', ...command], {
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });

/** The kernel's count of a process' resident memory; 0 where there is no /proc. */
async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
