import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { get as getSecure } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { builtDir } from '../../src/lib/root.ts';

/** A server in a process of its own. */
export interface Running {
  base: string;
  pid: number;
  /** Seconds of processor time that it has used so far; NaN where there is no /proc. */
  cpu(): Promise<number>;
  end(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface SiteOptions {
  /** For Node. */
  flags?: readonly string[];
  settings?: Readonly<Record<string, string>>;
  /** Over HTTPS with its own certificates, as it starts by itself; without, plain HTTP as behind a proxy. */
  tls?: boolean;
}

/** The site as `npm start` starts it; its log goes to a file. */
export async function startSite(
  dataDir: string,
  { flags = [], settings, tls = false }: SiteOptions = {},
): Promise<Running> {
  const port = await freePort();
  const { PATH = '' } = process.env;
  const env = {
    PATH,
    UV_THREADPOOL_SIZE: '16',
    PORT: String(port),
    ...(tls ? { CERTS_DIR: join(dataDir, 'certs') } : { TLS: 'off', HOST: '127.0.0.1' }),
    DATA_DIR: dataDir,
    SECRET: 'bench',
    WORKERS: '1',
    ...settings,
  };
  const base = tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  return launch([...flags, join(builtDir, 'src', 'main.js')], env, base, join(dataDir, 'log'));
}

/** Bare Koa, which answers from memory what it reads in `answers` (see bare-koa.ts), with the certificate in `certs`. */
export async function startBare(answers: string, folder: string, certs: string): Promise<Running> {
  const port = await freePort();
  const program = join(builtDir, 'bench', 'support', 'bare-koa.js');
  const args = [program, String(port), answers, certs];
  return launch(args, { NODE_ENV: 'production' }, `https://localhost:${port}`, join(folder, 'bare.log'));
}

/** So many processes of bare Koa on one port, with so much work for each answer (see bare-crew.ts). */
export async function startCrew(folder: string, processes: number, hashes: number, file: string): Promise<Running> {
  const port = await freePort();
  const program = join(builtDir, 'bench', 'support', 'bare-crew.js');
  const args = [program, String(port), String(processes), String(hashes), file];
  return launch(args, { NODE_ENV: 'production' }, `http://127.0.0.1:${port}`, join(folder, 'crew.log'));
}

async function launch(args: string[], env: Record<string, string>, base: string, log: string): Promise<Running> {
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', output, output] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await answering(`${base}/healthz`, child, log);
  return {
    base,
    pid: child.pid ?? 0,
    cpu: () => processorTime(child.pid ?? 0),
    async end() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

const START_MS = 30_000;

async function answering(url: string, child: ChildProcess, log: string): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until && child.exitCode === null) {
    if (await isAnswered(url)) return;
    await pause(50);
  }
  child.kill('SIGKILL');
  throw new Error(`${url} does not answer:\n${await readFile(log, 'utf8')}`);
}

/** Whether it answers at all. Its certificate is nobody's yet: this is loopback, and a process of ours. */
const isAnswered = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const ask = url.startsWith('https:') ? getSecure : get;
    ask(url, { rejectUnauthorized: false }, (answer) => answer.resume().once('end', () => resolve(true))).once(
      'error',
      () => resolve(false),
    );
  });

/** Linux counts in hundredths of a second, whatever the kernel ticks at. */
const TICKS = 100;

/** Seconds of processor time that a process has used so far; NaN where there is no /proc. */
export async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
