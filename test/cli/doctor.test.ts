import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from '../../src/cli/doctor.ts';
import { checkCertificates } from '../../src/cli/doctor/certificates.ts';
import { checkNode } from '../../src/cli/doctor/machine.ts';
import { readConfig } from '../../src/config.ts';
import { openDb } from '../../src/db/index.ts';
import { words } from '../../src/lib/words/index.ts';
import { enqueue } from '../../src/queue/index.ts';
import { readSecrets } from '../../src/secrets.ts';
import { ownSource } from '../../src/net/tls/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { freshDatabase, type FreshDatabase } from '../support/databases.ts';

let folder: string;
let env: Record<string, string>;
const databases: FreshDatabase[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bowerbird-doctor-'));
  env = { DATA_DIR: join(folder, 'data'), CERTS_DIR: join(folder, 'certs') };
});
afterEach(async () => {
  for (const { drop } of databases.splice(0)) await drop();
  await rm(folder, { recursive: true, force: true });
});

async function examined() {
  const lines: string[] = [];
  const well = await examine(env, (line) => void lines.push(line));
  const said = (state: string) =>
    lines.filter((line) => line.startsWith(`${state}\t`)).map((line) => line.slice(state.length + 1));
  return { well, wrong: said('WRONG'), notes: said('note'), lines };
}

/** A site that has run: its folder, secret, store and certificates. The schema is another database's. */
async function inUse() {
  const { dataDir } = readConfig(env);
  await mkdir(join(dataDir, 'media'), { recursive: true });
  await readSecrets([], dataDir);
  await ownSource({ dir: join(folder, 'certs'), hosts: [] }, silentLog);
  const database = await freshDatabase('postgres');
  databases.push(database);
  env['DATABASE_URL'] = database.url;
  return { dataDir, url: database.url };
}

test('before the first start nothing is wrong, and nothing is made', async () => {
  const { well, lines } = await examined();
  expect({ well, lines: lines.length }).toEqual({ well: true, lines: 8 });
  expect(await readdir(folder)).toEqual([]);
});

test('of a site in use it says that all is well', async () => {
  await inUse();
  const { well, wrong, lines } = await examined();
  expect({ well, wrong }).toEqual({ well: true, wrong: [] });
  expect(lines).toHaveLength(9);
});

test('a wrong setting is named, and ends it', async () => {
  env['PORT'] = 'many';
  expect(await examined()).toMatchObject({ well: false, wrong: [expect.stringMatching(/^Settings: PORT must be/)] });
});

test('a secret that is missing beside data, or that others can read, is wrong', async () => {
  const { dataDir } = await inUse();
  await chmod(join(dataDir, 'secret'), 0o644);
  expect((await examined()).wrong).toEqual([expect.stringMatching(/chmod 600/)]);
  await rm(join(dataDir, 'secret'));
  expect((await examined()).wrong).toEqual([expect.stringMatching(/from a backup/)]);
});

test('a store that is no folder is wrong', async () => {
  await inUse();
  await writeFile(join(folder, 'media'), '');
  env['STORAGE'] = `file:${join(folder, 'media')}`;
  expect((await examined()).wrong).toEqual([expect.stringMatching(/^STORAGE .*EEXIST|ENOTDIR/)]);
});

test('a schema that lacks steps, or has some of a newer release, is wrong', async () => {
  const { url } = await inUse();
  const db = openDb({ url });
  await db('migrations').where({ name: '001_accounts' }).update({ name: '999_of_next_year' });
  expect((await examined()).wrong).toEqual([expect.stringContaining('999_of_next_year')]);
  await db('migrations').where({ name: '999_of_next_year' }).delete();
  expect((await examined()).wrong).toEqual([expect.stringMatching(/lacks 1 step:/)]);
  await db.destroy();
});

test('a database that does not answer, or is damaged, is wrong', async () => {
  const { dataDir } = await inUse();
  env['DATABASE_URL'] = 'postgres://nobody@127.0.0.1:1/nothing';
  expect((await examined()).wrong).toEqual([expect.stringContaining('ECONNREFUSED')]);
  delete env['DATABASE_URL'];
  await writeFile(join(dataDir, 'bowerbird.sqlite'), Buffer.alloc(8192, 'no database'));
  expect((await examined()).wrong).toEqual([expect.stringMatching(/^The database .*SQLITE_NOTADB/)]);
});

test('jobs that were given up, or wait for long, are wrong', async () => {
  const { url } = await inUse();
  const db = openDb({ url });
  await enqueue(db, 'rest', {}, { runAt: Date.now() - 60 * 60 * 1000 });
  expect((await examined()).wrong).toEqual([expect.stringMatching(/^Jobs: 1 waits, for 60 minutes now/)]);
  await db('jobs').update({ failed_at: 1 });
  expect((await examined()).wrong).toEqual([expect.stringMatching(/^Jobs: 1 was given up/)]);
  await db.destroy();
});

test.each([
  ['20.18.0', 'wrong'],
  ['20.19.0', 'note'],
  ['24.1.0', 'ok'],
])('Node %s is %s', (version, state) => expect(checkNode(version).state).toBe(state));

test('certificates that run out soon or have run out are told of, and a clock that is wrong', async () => {
  const own = await ownSource({ dir: join(folder, 'certs'), hosts: [] }, silentLog);
  expect(own.certificates.hosts).toContain('localhost');
  const config = readConfig({ ...env, TLS: `${join(folder, 'certs', 'leaf.pem')},key.pem` });
  const at = async (days: number, read = config) => {
    const { said, params } = await checkCertificates(read, Date.now() + days * 86_400_000);
    return words(said, params);
  };
  expect(await at(0)).toMatch(/^Certificates hold until \d{4}-/);
  expect(await at(10_000)).toMatch(/has run out on .*Put a new one/);
  expect(await at(10_000, readConfig(env))).toMatch(/Starting it makes a new one/);
  expect(await at(-10_000)).toMatch(/clock of this machine/);
  const { params } = await checkCertificates(config);
  expect((await checkCertificates(config, Date.parse(String(params?.['date'])) - 86_400_000)).state).toBe('note');
});
