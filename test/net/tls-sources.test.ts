import { spawn, type SpawnOptions } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, watch, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/lib/log.ts';
import { WrongSetting } from '../../src/lib/settings.ts';
import { nameConstraints, permits } from '../../src/net/tls/constraints.ts';
import { openDoors } from '../../src/net/tls/door.ts';
import { alone, writeWhole } from '../../src/net/tls/files.ts';
import {
  canonicalHost,
  certificateHosts,
  ensureCertificates,
  fileSource,
  ownSource,
  readCertificates,
} from '../../src/net/tls/index.ts';
import { makeLeaf } from '../../src/net/tls/make.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bowerbird-source-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const DAY = 86_400_000;
const at = (name: string) => join(dir, name);
const pair = (name: string) => [at(`${name}.pem`), at(`${name}-key.pem`)] as const;

/** A log that keeps what it was told. */
function keptLog() {
  const lines: string[] = [];
  const keep = (_facts: object, text = '') => void lines.push(text);
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  return { log, lines };
}

describe('TLS=cert.pem,key.pem', () => {
  test('what is wrong with the files is one sentence that names TLS and the file', async () => {
    await ensureCertificates({ dir, hosts: [] });
    const [cert, key] = pair('leaf');
    await writeFile(at('empty.pem'), '');
    const wrong = async (a: string, b: string, now?: Date) =>
      readCertificates(a, b, now).then(
        () => 'accepted',
        (fault: unknown) => (fault instanceof WrongSetting ? fault.message : 'a bug'),
      );
    expect(await wrong(at('none.pem'), key)).toMatch(/^TLS: .*none\.pem.*ENOENT/);
    expect(await wrong(at('empty.pem'), key)).toMatch(/^TLS: .*empty\.pem holds no certificate/);
    expect(await wrong(key, key)).toMatch(/^TLS: .*leaf-key\.pem holds no certificate/);
    expect(await wrong(cert, at('empty.pem'))).toMatch(/^TLS: .*empty\.pem holds no private key/);
    expect(await wrong(cert, at('ca-key.pem'))).toMatch(/^TLS: .*does not belong/);
    expect(await wrong(cert, key, new Date(Date.now() + 500 * DAY))).toMatch(/^TLS: .*ran out on \d{4}-\d\d-\d\d/);
    expect(await wrong(cert, key)).toBe('accepted');
  });

  test('a certificate that another program renews is taken up, a broken one is not', async () => {
    const { ca } = await ensureCertificates({ dir, hosts: [] });
    const [cert, key] = pair('leaf');
    const source = await fileSource(cert, key);
    expect(await source.renew()).toBeNull();
    await writeFile(cert, 'half written');
    await expect(source.renew()).rejects.toThrow(/^TLS: /);
    const next = await makeLeaf(
      { cert: ca.pem, key: await readFile(at('ca-key.pem'), 'utf8') },
      ['localhost'],
      new Date(),
    );
    await writeFile(cert, next.cert);
    await writeFile(key, next.key);
    expect(await source.renew()).toEqual({ cert: next.cert, key: next.key });
    expect(await source.renew()).toBeNull();
  });
});

describe('TLS=auto', () => {
  test('looks again by itself, and says when trust has to be given anew', async () => {
    const { log, lines } = keptLog();
    const source = await ownSource({ dir, hosts: ['pictures.example'] }, log);
    expect(source.certificates.made).toBe(true);
    expect(await source.renew()).toBeNull();
    await rm(at('leaf.pem'));
    const next = await source.renew();
    expect(new X509Certificate(next?.cert ?? '').checkHost('pictures.example')).toBe('pictures.example');
    await rm(at('ca-key.pem'));
    expect(await source.renew()).not.toBeNull();
    expect(lines).toEqual(['certificate renewed', expect.stringContaining('trust it again')]);
  });
});

describe('hosts', () => {
  test.each([
    ['LOCALHOST', 'localhost'],
    ['[0:0::1]', '::1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['127.1', '127.0.0.1'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['pictures.example.', 'pictures.example'],
  ])('%s is written %s', (given, canonical) => expect(canonicalHost(given)).toBe(canonical));

  test.each(['', 'a b', 'a/b', 'me@host', 'host:8080', '[::1', '*.example/'])('%j is none', (given) =>
    expect(() => canonicalHost(given)).toThrow(/^BASE_URL: /),
  );

  test('each stands once', () => expect(certificateHosts(['localhost', '[::1]', 'a'])).toHaveLength(4));
});

describe('name constraints', () => {
  const constraints = nameConstraints(['localhost', '127.0.0.1', '::1']);

  test('permit what is listed and nothing that only looks like it', () => {
    expect(permits(constraints, ['localhost', '::1'])).toBe(true);
    for (const host of ['local', 'localhost.example', 'ocalhost', '127.0.0.2', '::2'])
      expect(permits(constraints, [host])).toBe(false);
  });

  test('are read to the same answer when long, and never believed when cut short', () => {
    const long = Array.from({ length: 40 }, (_, n) => `host-${n}.example`);
    const der = nameConstraints(long);
    expect(permits(der, long)).toBe(true);
    for (let cut = 0; cut < der.length; cut += 7) expect(permits(der.subarray(0, cut), long)).toBe(false);
  });
});

describe('files', () => {
  test('a write that fails leaves nothing behind', async () => {
    await mkdir(at('leaf.pem/full'), { recursive: true });
    await expect(writeWhole(dir, 'leaf.pem', 'new', 0o644)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(await readdir(dir)).toEqual(['leaf.pem']);
  });

  test('whoever is killed at any moment leaves certificates that the next start completes', async () => {
    const module = new URL('../../src/net/tls/certificates.js', import.meta.url).href;
    const script = `
      import { ensureCertificates } from '${module}';
      process.send('ready');
      for (let n = 0; ; n += 1) await ensureCertificates({ dir: process.argv[1], hosts: ['host-' + n + '.example'] });`;
    await mkdir(at('certs'));
    for (let kill = 0; kill < 3; kill += 1) {
      const options: SpawnOptions = { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] };
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, at('certs')], options);
      await once(child, 'message');
      // Killed in the middle of work, and at another place each time: when so many changes have been seen.
      const changes = watch(at('certs'));
      let seen = 0;
      for await (const _ of changes) if ((seen += 1) > kill * 9) break;
      child.kill('SIGKILL');
      await once(child, 'exit');
      const { leaf, ca } = await ensureCertificates({ dir: at('certs'), hosts: ['pictures.example'] });
      expect(new X509Certificate(leaf.certPem).verify(new X509Certificate(ca.pem).publicKey)).toBe(true);
      expect(await readdir(at('certs'))).toHaveLength(4);
    }
  });

  test('a lock is given back after a fault', async () => {
    await expect(alone(dir, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await alone(dir, async () => 'in')).toBe('in');
  });
});

test('on a machine without ::1 the site listens on 127.0.0.1 alone, and says so', async () => {
  const missing: string[] = [];
  const make = () => {
    const door = net.createServer();
    const { listen } = door;
    door.listen = ((options: net.ListenOptions, done: () => void) => {
      if (options.host !== '::1') return listen.call(door, options, done);
      const fault = Object.assign(new Error('listen EADDRNOTAVAIL'), { code: 'EADDRNOTAVAIL', syscall: 'listen' });
      process.nextTick(() => door.emit('error', fault));
      return door;
    }) as typeof door.listen;
    return door;
  };
  const open = await openDoors(['127.0.0.1', '::1'], 0, make, (host) => void missing.push(host));
  expect(open.hosts).toEqual(['127.0.0.1']);
  expect(missing).toEqual(['::1']);
  await expect(openDoors(['::1'], 0, make, () => {})).rejects.toThrow(/^HOST: /);
  for (const door of open.doors) door.close();
});
