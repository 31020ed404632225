import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { S3Setting } from '../../src/lib/store-settings.ts';
import { createAsker } from '../../src/storage/s3/ask.ts';
import { eventually } from './chromium.ts';
import { freePort } from './process.ts';

const PROGRAMS = ['swift-proxy-server', 'swift-account-server', 'swift-container-server', 'swift-object-server'];
const programAt = (name: string) => ['/usr/bin', '/usr/local/bin'].map((at) => join(at, name)).find(existsSync);

/** No npm package brings an S3 server that checks signatures; Debian's `swift` (proxy, account, container, object) with `memcached` does. */
export const SWIFT = [...PROGRAMS, 'memcached'].every(programAt);

/** A real S3 server of our own. */
export interface Swift {
  /** Makes a bucket. */
  bucket(name: string): Promise<S3Setting>;
  /** Its address as STORAGE has it. */
  storage(name: string): string;
  /** Its process is stopped: it takes connections and says nothing. */
  hang(): void;
  goOn(): void;
  /** Nobody listens any more, until it is started again. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends all of it and removes its folder. */
  end(): Promise<void>;
}

const ACCESS = 'test:tester';
/** With letters that an address has to escape. */
const SECRET = 'a/secret+with,all%of@it';

/** The three kinds of rings with one device each, by swift's own builder, in one go: its command takes a second each time. */
const RINGS = `
import sys
from swift.common.ring import RingBuilder
home, *ports = sys.argv[1:]
for kind, port in zip(('account', 'container', 'object'), ports):
    builder = RingBuilder(2, 1, 0)
    builder.add_dev(dict(id=0, region=1, zone=1, weight=1, ip='127.0.0.1', port=int(port), device='disk', meta='',
                         replication_ip='127.0.0.1', replication_port=int(port)))
    builder.rebalance()
    builder.get_ring().save(home + '/' + kind + '.ring.gz')
`;

const common = (home: string, port: number) => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
swift_dir = ${home}
user = ${userInfo().username}
workers = 0
log_level = ERROR
`;

const storing = (home: string, kind: string, port: number) => `${common(home, port)}devices = ${home}
mount_check = false
fallocate_reserve = 0
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`;

const asking = (home: string, port: number, memcached: number) => `${common(home, port)}
[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
# Those behind it may start a little later than it does; by itself it would then leave them alone for a minute.
error_suppression_limit = 1000000
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${memcached}
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${SECRET} .admin
`;

// The shell holds the other end of our pipe: when we end, however that happens, it ends the servers.
const GUARD = 'for line; do sh -c "exec $line" </dev/null & pids="$pids $!"; done; read -r end; kill -KILL $pids; wait';

function guarded(home: string, log: string, lines: readonly string[]): ChildProcess {
  const { PATH = '', BOWERBIRD_TEST_RUN = '' } = process.env;
  const env = { PATH, LC_ALL: 'C', TZ: 'UTC', BOWERBIRD_TEST_RUN };
  const command = `exec 2>"$0"; ${GUARD}`;
  return spawn('/bin/sh', ['-c', command, join(home, log), ...lines], {
    cwd: home,
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.stdin?.end();
  });

function makeHome(ports: readonly number[]): string {
  const home = mkdtempSync(join(tmpdir(), 'swift-'));
  mkdirSync(join(home, 'disk'));
  writeFileSync(
    join(home, 'swift.conf'),
    '[swift-hash]\nswift_hash_path_suffix = tests\n[storage-policy:0]\nname = one\ndefault = yes\n',
  );
  const python =
    /^#! *(\S+)/.exec(readFileSync(programAt('swift-proxy-server') ?? '', 'utf8'))?.[1] ?? '/usr/bin/python3';
  const { status, stderr } = spawnSync(python, ['-c', RINGS, home, ...ports.map(String)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Swift's rings could not be made: ${stderr}`);
  return home;
}

/** Starts Swift with S3's interface on free ports of the loopback: some five seconds. */
export async function startSwift(): Promise<Swift> {
  const ports = await Promise.all(Array.from({ length: 5 }, freePort));
  const [account = 0, container = 0, object = 0, memcached = 0, port = 0] = ports;
  const home = makeHome([account, container, object]);
  const kinds = Object.entries({ account, container, object });
  for (const [kind, at] of kinds) writeFileSync(join(home, `${kind}.conf`), storing(home, kind, at));
  writeFileSync(join(home, 'proxy.conf'), asking(home, port, memcached));
  const lines = kinds.map(([kind]) => `${programAt(`swift-${kind}-server`)} ${home}/${kind}.conf`);
  const cache = `${programAt('memcached')} -u ${userInfo().username} -l 127.0.0.1 -p ${memcached} -U 0 -m 16`;
  const behind = guarded(home, 'behind.log', [...lines, cache]);
  let proxy: ChildProcess;
  const settingOf = (name: string): S3Setting => ({
    kind: 's3',
    name: `s3+http://127.0.0.1:${port}/${name}`,
    bucket: `http://127.0.0.1:${port}/${name}`,
    accessKey: ACCESS,
    secretKey: SECRET,
    region: 'us-east-1',
    leaving: false,
  });
  // The proxy has no child of its own, and the shell became it: what the guard started is the first of its group.
  const signal = (name: NodeJS.Signals) => {
    const children = readFileSync(`/proc/${proxy.pid}/task/${proxy.pid}/children`, 'utf8').trim().split(' ');
    for (const child of children) process.kill(Number(child), name);
  };
  const end = async () => {
    await Promise.all([ended(proxy), ended(behind)]);
    rmSync(home, { recursive: true, force: true });
  };
  const start = async () => {
    proxy = guarded(home, 'proxy.log', [`${programAt('swift-proxy-server')} ${home}/proxy.conf`]);
    await eventually(
      'Swift answers',
      async () => {
        const asker = createAsker(settingOf('ready'), { connectMs: 1000, answerMs: 5000, waitsMs: [] });
        return asker.ask({ method: 'PUT', expects: [200, 409] }).then(
          ({ body }) => body.dump().then(() => true),
          () => false,
        );
      },
      60_000,
    );
  };
  try {
    await start();
  } catch (error) {
    await end();
    throw error;
  }
  return {
    async bucket(name) {
      const setting = settingOf(name);
      await (await createAsker(setting).ask({ method: 'PUT' })).body.dump();
      return setting;
    },
    storage: (name) =>
      `s3+http://${encodeURIComponent(ACCESS)}:${encodeURIComponent(SECRET)}@127.0.0.1:${port}/${name}?region=us-east-1&style=path`,
    hang: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    stop: () => ended(proxy),
    start,
    end,
  };
}
