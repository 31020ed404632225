import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis as Client } from 'ioredis';
import { eventually } from './chromium.ts';
import { freePort } from './process.ts';

const PROGRAM = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) => existsSync(path)) ?? null;

/** No npm package brings it; Debian's `redis-server` does. */
export const REDIS = PROGRAM !== null;

/** A real Redis of our own, on a port of the loopback, that keeps nothing on the disk. */
export interface Redis {
  url: string;
  port: number;
  /** What it knows just now. */
  client: Client;
  /** Its process stands still: it takes connections and says nothing. */
  hang(): void;
  goOn(): void;
  /** Ends it: all that it knew is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again, empty. */
  start(): Promise<void>;
  end(): Promise<void>;
}

/** `more`: options of its own, such as `--requirepass`; `secret` in front of its host. */
export async function startRedis(more: readonly string[] = [], secret = ''): Promise<Redis> {
  if (!PROGRAM) throw new Error('redis-server is not on this machine');
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const password = decodeURIComponent(secret.replace(/^.*:/, ''));
  const client = new Client({ port, host: '127.0.0.1', lazyConnect: true, ...(password ? { password } : {}) });
  client.on('error', () => {}); // away, as the test wants it
  let child: ChildProcess;
  let gone: Promise<void>;
  const start = async () => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...more];
    child = spawn(PROGRAM, args, { cwd: folder, stdio: 'ignore' });
    gone = new Promise((resolve) => child.once('close', () => resolve()));
    await eventually('Redis answers', async () => (await ask(port)).length > 0, 30_000);
    if (client.status === 'wait') await client.connect();
    await eventually('Redis is known again', async () => client.status === 'ready', 30_000);
  };
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    url: `redis://${secret && `${secret}@`}127.0.0.1:${port}/0`,
    port,
    client,
    hang: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    stop,
    start,
    async end() {
      client.disconnect();
      child.kill('SIGCONT');
      await stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Its first words to a stranger; '' when nobody listens. */
const ask = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (chunk) => (socket.destroy(), resolve(String(chunk))));
    socket.once('error', () => resolve(''));
  });

/** A way to a server on which answers come late, or not at all. */
export interface SlowWay {
  port: number;
  /** Every answer is so many milliseconds late from now on. */
  delay(ms: number): void;
  /** Cuts every connection that is there. */
  cut(): void;
  end(): Promise<void>;
}

export async function startSlowWay(to: number): Promise<SlowWay> {
  const open = new Set<Socket>();
  let late = 0;
  const server: Server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => (open.delete(socket), other.destroy()));
    }
    near.pipe(far);
    far.on('data', (chunk: Buffer) => {
      if (late === 0) return void near.write(chunk);
      setTimeout(() => near.writable && near.write(chunk), late);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => [...open].forEach((socket) => socket.destroy());
  return {
    port: (server.address() as { port: number }).port,
    delay: (ms) => void (late = ms),
    cut,
    async end() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
}
