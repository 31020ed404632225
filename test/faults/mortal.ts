import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Step } from '../../src/images/index.ts';
import { builtDir } from '../../src/lib/root.ts';
import { BASE, Visitor } from '../support/site.ts';

/** A site in a process that is going to be killed. */
export interface Mortal {
  pid: number;
  address: string;
  /** Lets it end itself at a point of the next save. */
  arm(point: Step, fate?: NodeJS.Signals): Promise<void>;
  /** Puts its clock forward. */
  setClock(aheadMs: number): Promise<void>;
  /** Asks its database, where a test cannot reach it. */
  ask(sql: string): Promise<object[]>;
  kill(): Promise<void>;
  /** Resolves when it has gone. */
  dead: Promise<unknown>;
}

export type Around = (command: string[]) => string[];

/** Starts a site on a folder; `around` makes another command of the one that starts it. */
export async function startMortal(
  dataDir: string,
  env: Record<string, string> = {},
  around: Around = (command) => command,
): Promise<Mortal> {
  const { PATH = '', BOWERBIRD_TEST_RUN = '' } = process.env;
  const main = join(builtDir, 'test', 'faults', 'killed-site.js');
  const [command = '', ...args] = around([process.execPath, main]);
  const own = { PATH, BOWERBIRD_TEST_RUN, DATA_DIR: dataDir, BASE_URL: BASE, TLS: 'off', LIMITS: 'off', WORKERS: '1' };
  const child = spawn(command, args, {
    cwd: dataDir,
    env: { ...own, SECRET: 'test-secret', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const dead = once(child, 'exit');
  const [heard] = (await Promise.race([
    once(child, 'message'),
    dead.then(() => {
      throw new Error(`the site ended before it began: ${said}`);
    }),
  ])) as [{ port: number }];
  const tell = async (message: object) => {
    const answered = once(child, 'message') as Promise<[{ rows: object[] }]>;
    child.send(message);
    return (await answered)[0].rows;
  };
  return {
    pid: child.pid ?? 0,
    address: `http://127.0.0.1:${heard.port}`,
    dead,
    arm: async (point, fate = 'SIGKILL') => void (await tell({ point, fate })),
    setClock: async (aheadMs) => void (await tell({ aheadMs })),
    ask: (sql) => tell({ sql }),
    async kill() {
      child.kill('SIGKILL');
      await dead;
    },
  };
}

/** The same person with the same cookies, at the site that was started again. */
export function returning(visitor: Visitor, { address }: Mortal): Visitor {
  const back = new Visitor(address);
  for (const [name, value] of visitor.cookies) back.cookies.set(name, value);
  return back;
}
