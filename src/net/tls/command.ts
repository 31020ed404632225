import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { reasonOf } from './faults.ts';

/** Where this runs and for whom; tests name another machine. */
export interface Surroundings {
  platform: NodeJS.Platform;
  /** The person's home folder. */
  home: string;
  /** What the system's folders stand under: `/`. */
  root: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Null where there are no such numbers (Windows). */
  uid: number | null;
  /** Whether somebody sits at the terminal and can type a password. */
  interactive: boolean;
  print(text: string): void;
}

/** A program and its arguments; no shell ever reads them. */
export type Command = readonly [string, ...string[]];

const LIMIT_MS = 180_000;

// Debian's own people do not have the administrator's tools in their PATH.
const searchPath = ({ env, platform }: Surroundings): string =>
  platform === 'win32' ? (env['PATH'] ?? '') : [env['PATH'], '/usr/sbin', '/sbin'].filter(Boolean).join(delimiter);

/** Where a program is, or null. */
export function findProgram(name: string, around: Surroundings): string | null {
  for (const folder of searchPath(around).split(delimiter)) {
    const path = join(folder, around.platform === 'win32' ? `${name}.exe` : name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder: the next one
    }
  }
  return null;
}

/** Runs one command; null when it went well, else why not, in a few words. */
export function run([name, ...args]: Command, around: Surroundings): Promise<string | null> {
  return new Promise((done) => {
    const stdin = around.interactive ? 'inherit' : 'ignore';
    const env = { ...around.env, PATH: searchPath(around) };
    const child = spawn(name, args, { env, stdio: [stdin, 'ignore', 'pipe'] });
    // Not spawn's own `timeout`: where the program is missing, that clock runs on and holds the process.
    const clock = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS).unref();
    const said: string[] = [];
    child.stderr.on('data', (part: Buffer) => said.push(String(part)));
    const end = (fault: string | null) => {
      clearTimeout(clock);
      done(fault);
    };
    child.once('error', (cause) => end(reasonOf(cause)));
    child.once('close', (code, signal) => {
      const last = said.join('').trim().split('\n').at(-1);
      end(code === 0 ? null : last || `${name}: ${signal ?? code}`);
    });
  });
}

/** Runs them one after the other up to the first that fails. */
export async function runAll(commands: readonly Command[], around: Surroundings): Promise<string | null> {
  for (const command of commands) {
    const fault = await run(command, around);
    if (fault !== null) return fault;
  }
  return null;
}

const quote = (word: string) => (/^[\w@%+=:,./~$-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** As one would type it, at a terminal where sudo may ask. */
export const typed = (command: Command): string =>
  command
    .map(quote)
    .join(' ')
    .replace(/^sudo -n /, 'sudo ');
