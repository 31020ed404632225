import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from '../../src/net/tls/command.ts';
import { runTrust } from '../../src/net/tls/trusting.ts';

const main = fileURLToPath(new URL('../../src/net/tls/trust.js', import.meta.url));
let dir: string;
let said: string[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bowerbird-trust-'));
  said = [];
  for (const folder of ['bin', 'home', 'root/usr/local/share/ca-certificates'])
    await mkdir(join(dir, folder), { recursive: true });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A program that notes how it was called, and then does what the script says. */
async function program(name: string, script = ''): Promise<void> {
  const path = join(dir, 'bin', name);
  await writeFile(path, `#!/bin/sh\necho "${name} $*" >> "${join(dir, 'calls')}"\n${script}\n`);
  await chmod(path, 0o755);
}

const calls = async () => (await readFile(join(dir, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

async function browser(folder: string): Promise<string> {
  const store = join(dir, 'home', folder);
  await mkdir(store, { recursive: true });
  await writeFile(join(store, 'cert9.db'), '');
  return store;
}

/** A Linux machine of our own, where nothing real can be changed. */
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  platform: 'linux',
  home: join(dir, 'home'),
  root: join(dir, 'root'),
  env: { PATH: [join(dir, 'bin'), '/bin', '/usr/bin'].join(delimiter), CERTS_DIR: join(dir, 'certs') },
  uid: 0,
  interactive: false,
  print: (text) => void said.push(text),
  ...more,
});

const anchors = () => readdir(join(dir, 'root/usr/local/share/ca-certificates'));

test('makes the authority, and adds it to the system’s and every browser’s store', async () => {
  await program('update-ca-certificates');
  await program('certutil');
  const chrome = await browser('.pki/nssdb');
  const firefox = await browser('snap/firefox/common/.mozilla/firefox/abc.default');
  expect(await runTrust([], around())).toBe(0);
  const [file = ''] = await anchors();
  expect(file).toMatch(/^bowerbird-[0-9a-f]{8}\.crt$/);
  const installed = await readFile(join(dir, 'root/usr/local/share/ca-certificates', file), 'utf8');
  expect(installed).toBe(await readFile(join(dir, 'certs', 'ca.pem'), 'utf8'));
  const name = file.replace('.crt', '');
  const added = `-A -t C,, -n ${name} -i ${join(dir, 'certs', 'ca.pem')}`;
  const expected = [
    'update-ca-certificates ',
    `certutil -d sql:${chrome} ${added}`,
    `certutil -d sql:${firefox} ${added}`,
  ];
  expect(await calls()).toEqual(expected);
  expect(said.join('\n')).toContain('Close every browser window');
  expect(said.join('\n')).not.toContain('iPhone');
});

test('takes it out again everywhere, and twice is as good as once', async () => {
  await program('update-ca-certificates');
  await program('certutil');
  const chrome = await browser('.pki/nssdb');
  await runTrust([], around());
  expect(await runTrust(['--remove'], around())).toBe(0);
  expect(await anchors()).toEqual([]);
  expect((await calls()).at(-1)).toMatch(`certutil -d sql:${chrome} -D -n bowerbird-`);
  await program('certutil', 'exit 255');
  expect(await runTrust(['--remove'], around())).toBe(0);
  expect(said.join('\n')).not.toContain('Not done');
});

test('a store that refuses is named with its reason and the command, and the steps follow', async () => {
  await program('update-ca-certificates');
  await program('certutil', 'echo "SEC_ERROR_READ_ONLY: cannot write" >&2; exit 1');
  await browser('.pki/nssdb');
  expect(await runTrust([], around())).toBe(0);
  const text = said.join('\n');
  expect(text).toContain('cannot write');
  expect(text).toMatch(/By hand:\n {2}\S*certutil -d sql:/);
  for (const word of [
    'Debian',
    'Fedora',
    'macOS',
    'Windows',
    'Chrome',
    'Edge',
    'Firefox',
    'Safari',
    'iPhone',
    'Android',
  ])
    expect(text).toContain(word);
});

test('without the tool for browsers’ stores it says which package has it', async () => {
  await program('update-ca-certificates');
  await browser('.mozilla/firefox/abc.default');
  const { env } = around();
  expect(await runTrust([], around({ env: { ...env, PATH: join(dir, 'bin') } }))).toBe(0);
  expect(said.join('\n')).toContain('libnss3-tools');
});

test('someone who is not root is helped by sudo, which asks only where somebody can answer', async () => {
  await program('update-ca-certificates');
  await program('sudo', 'exit 1');
  await runTrust([], around({ uid: 1000 }));
  expect((await calls())[0]).toMatch(/^sudo -n install -m 0644 /);
  expect(said.join('\n')).toMatch(/By hand:\n {2}sudo install/);
});

test('run under sudo it makes nothing that the site could not read', async () => {
  const { env } = around();
  expect(await runTrust([], around({ env: { ...env, SUDO_USER: 'ann' } }))).toBe(1);
  expect(said.join('\n')).toContain('without sudo');
  await expect(readdir(join(dir, 'certs'))).rejects.toThrow(/ENOENT/);
});

test.each([['darwin', 'security', 'security add-trusted-cert -r trustRoot -p ssl -k ']] as const)(
  'on %s it speaks to the system’s own tool',
  async (platform, tool, call) => {
    await program(tool);
    await runTrust([], around({ platform, uid: 501 }));
    expect((await calls())[0]).toContain(call);
    await runTrust(['--remove'], around({ platform, uid: 501 }));
    expect((await calls()).slice(1).join('\n')).toMatch(
      /remove-trusted-cert [^]*delete-certificate -c Bowerbird local authority/,
    );
  },
);

test('where the system is unknown the steps are printed', async () => {
  await runTrust([], around({ platform: 'freebsd' }));
  expect(said.join('\n')).toContain('Firefox (every system)');
});

describe('as a command', () => {
  const command = (args: string[], env: Record<string, string> = {}) => {
    const options = { env: { PATH: '/nowhere', HOME: join(dir, 'home'), CERTS_DIR: join(dir, 'certs'), ...env } };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { ...options, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('--print only prints, with the path, the fingerprint and every system’s steps', async () => {
    const { status, stdout, stderr } = command(['--print'], { BASE_URL: 'https://pictures.example' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(join(dir, 'certs', 'ca.pem'));
    expect(stdout).toMatch(/SHA-256: ([0-9A-F]{2}:){31}[0-9A-F]{2}/);
    expect(stdout).toContain('localhost, 127.0.0.1, ::1, pictures.example');
    expect(stdout).not.toMatch(/\{\w+\}/);
    expect(await readdir(join(dir, 'home'))).toEqual([]);
  });

  test.each([
    [['--everything'], {}, '--print'],
    [['--print'], { BASE_URL: 'nonsense' }, 'BASE_URL'],
    [['--print'], { PORT: 'x' }, 'PORT'],
    [['--print'], { CERTS_DIR: '/dev/null/certs' }, 'CERTS_DIR'],
    [['--print'], { TLS: 'off' }, 'TLS'],
  ])('what is wrong is one sentence, never a stack: %j %j', (args, env, word) => {
    const { status, stdout, stderr } = command(args, env);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stdout).toContain(word);
  });

  test('--remove before anything was made says that there is nothing', () => {
    const { status, stdout } = command(['--remove']);
    expect(status).toBe(0);
    expect(stdout).toContain('nothing to take out');
  });
});
