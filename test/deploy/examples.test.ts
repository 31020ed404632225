import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/lib/log.ts';
import { rootDir } from '../../src/lib/root.ts';
import { ownSource } from '../../src/net/tls/index.ts';
import { readDockerfile } from '../support/dockerfile.ts';
import { NGINX } from '../support/nginx.ts';

const read = (path: string) => readFileSync(join(rootDir, path), 'utf8');

interface Service {
  image?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  depends_on?: Record<string, unknown> | string[];
  networks?: { default: { ipv4_address?: string } };
  read_only?: boolean;
  cap_drop?: string[];
}
interface Compose {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
}

const compose = parse(read('compose.yaml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === 'bowerbird');

/** Every name that the settings are looked for under. */
function namesOfSettings(): Set<string> {
  const asked = new Set<string>();
  readConfig(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
  return asked;
}
const settings = namesOfSettings();
/** Node's own. */
const NODES = new Set(['NODE_ENV', 'UV_THREADPOOL_SIZE']);
const unknown = (names: readonly string[]) => names.filter((name) => !settings.has(name) && !NODES.has(name));

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'bowerbird-deploy-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every setting that an example names is one', () => {
  expect(settings.size).toBeGreaterThan(60);
  expect(unknown(readDockerfile().flatMap(({ env }) => Object.keys(env)))).toEqual([]);
  expect(unknown(ours.flatMap(([, { environment }]) => Object.keys(environment ?? {})))).toEqual([]);
  const unit = [...read('deploy/bowerbird.service').matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) =>
    line.split(' ').map((pair) => pair.split('=')[0] ?? ''),
  );
  expect(unit).toContain('DATA_DIR');
  expect(unknown(unit)).toEqual([]);
  const spoken = ['nginx.conf', 'Caddyfile'].flatMap(
    (name) => read(`deploy/${name}`).match(/\b[A-Z_]{3,}(?==)/g) ?? [],
  );
  expect(spoken).toContain('MEDIA');
  expect(unknown(spoken)).toEqual([]);
});

describe('compose.yaml', () => {
  test('has two processes that answer and two that work, over what the others are', () => {
    expect(ours.map(([, { environment }]) => environment?.['ROLE'])).toEqual(['web', 'web', 'worker', 'worker']);
    expect(services.map(([name]) => name)).toEqual(expect.arrayContaining(['postgres', 'redis', 'store', 'proxy']));
    for (const [, service] of ours) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  test('names nothing that is not there', () => {
    const names = Object.keys(compose.services);
    for (const [, { depends_on: before = [], secrets = [], volumes = [] }] of services) {
      expect(names).toEqual(expect.arrayContaining(Array.isArray(before) ? before : Object.keys(before)));
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(secrets));
      for (const volume of volumes) {
        const source = volume.split(':')[0] ?? '';
        if (!source.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(source);
        else if (!source.endsWith('certificate')) expect(existsSync(join(rootDir, source))).toBe(true);
      }
    }
  });

  test('gives each the address that nginx knows it by', () => {
    const known = read('deploy/compose/nginx.conf.template').match(/\b172\.30\.0\.\d+/g);
    const given = ['web-1', 'web-2', 'store'].map((name) => compose.services[name]?.networks?.default.ipv4_address);
    expect(known).toEqual(given);
  });

  test('is a site that starts with the secrets that are made for it, the same ones however often', async () => {
    const make = () => {
      const env = { PATH: process.env['PATH'], MEDIA_HOST: 'media.example.org' };
      const { status, stderr } = spawnSync('/bin/sh', [join(rootDir, 'deploy/compose/secrets.sh'), folder], { env });
      expect({ status, said: String(stderr) }).toEqual({ status: 0, said: '' });
      return Object.entries(compose.secrets).map(([name, { file }]) => {
        const path = file.replace('deploy/compose', folder);
        return [name, { path, content: readFileSync(path, 'utf8') }] as const;
      });
    };
    const made = Object.fromEntries(make());
    expect(Object.fromEntries(make())).toEqual(made);
    for (const [, { environment = {} }] of ours) {
      const env = Object.entries(environment).map(([name, value]) => [
        name,
        String(value)
          .replace(/^\/run\/secrets\/(\w+)$/, (_, secret: string) => made[secret]?.path ?? 'nowhere')
          .replaceAll(/\$\{SITE_HOST[^}]*\}/g, 'images.example.org')
          .replaceAll(/\$\{\w+:-\}/g, ''),
      ]);
      expect(readConfig(Object.fromEntries(env) as Record<string, string>)).toMatchObject({
        baseUrl: 'https://images.example.org',
        media: 'redirect',
        databaseUrl: `postgres://bowerbird:${made['postgres_password']?.content}@postgres/bowerbird`,
        stores: [{ kind: 's3', name: 's3+https://media.example.org/bowerbird', accessKey: 'bowerbird' }],
        queue: { name: 'redis://redis:6379/0' },
        cache: { name: 'redis://redis:6379/1' },
        trustProxy: 1,
      });
    }
    const { identities } = JSON.parse(made['store']?.content ?? '') as { identities: { credentials: object[] }[] };
    const [store] = readConfig({ STORAGE: made['storage']?.content }).stores;
    expect(identities[0]?.credentials).toEqual([
      { accessKey: 'bowerbird', secretKey: (store as { secretKey: string }).secretKey },
    ]);
  });

  // nginx is no npm package; `.ci/run` installs it.
  (NGINX ? test : test.skip)('has an nginx.conf that nginx takes', async () => {
    await ownSource({ dir: folder, hosts: ['images.example.org'] }, silentLog);
    const conf = (await readFile(join(rootDir, 'deploy/compose/nginx.conf.template'), 'utf8'))
      .replaceAll(`\${SITE_HOST}`, 'images.example.org')
      .replaceAll(`\${MEDIA_HOST}`, 'media.example.org')
      .replace('/etc/nginx/certificate/fullchain.pem', join(folder, 'leaf.pem'))
      .replace('/etc/nginx/certificate/privkey.pem', join(folder, 'leaf-key.pem'));
    const path = join(folder, 'nginx.conf');
    mkdirSync(join(folder, 'logs'), { recursive: true });
    writeFileSync(path, `pid ${folder}/pid; events {} http { ${conf} }`);
    const { status, stderr } = spawnSync(NGINX ?? '', ['-t', '-p', folder, '-c', path, '-e', join(folder, 'log')], {
      encoding: 'utf8',
    });
    expect({ status, wrong: stderr.match(/^.*(emerg|\[error\]).*$/gm) }).toEqual({ status: 0, wrong: null });
  });
});

describe('bowerbird.service', () => {
  const unit = read('deploy/bowerbird.service');
  const said = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];

  test('leaves the imaging children their walls, their memory and JavaScript its compiler', () => {
    expect(said('RestrictNamespaces')?.split(' ')).toEqual(expect.arrayContaining(['user', 'mnt', 'net', 'ipc']));
    expect(said('SystemCallFilter')?.split(' ')).toContain('@mount');
    for (const name of ['MemoryDenyWriteExecute', 'LimitDATA', 'LimitAS'])
      expect([name, said(name)]).toEqual([name, undefined]);
    expect(said('OOMPolicy')).toBe('continue');
  });

  const verify = spawnSync('systemd-analyze', ['--version']).status === 0;
  (verify ? test : test.skip)('is a unit that systemd understands', () => {
    const path = join(folder, 'bowerbird.service');
    writeFileSync(path, unit.replace('/usr/bin/node', process.execPath));
    const { stderr, stdout } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('bowerbird.service'))).toEqual([]);
  });
});
