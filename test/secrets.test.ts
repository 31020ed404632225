import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecrets } from '../src/secrets.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'bowerbird-secret-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

test('given secrets are taken, and nothing is written', async () => {
  expect(await readSecrets(['new', 'old'], folder)).toEqual(['new', 'old']);
  expect(await readdir(folder)).toEqual([]);
});

test('one is made on first start, for our own user alone, and read from then on', async () => {
  const [made] = await readSecrets([], folder);
  expect(made).toMatch(/^[\w-]{43}$/);
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  expect(await readSecrets([], folder)).toEqual([made]);
});

test('all that start at once on one folder get the same', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => readSecrets([], folder)));
  expect(new Set(all.flat()).size).toBe(1);
  expect(await readdir(folder)).toEqual(['secret']);
});

test('what a start that was killed has left is removed', async () => {
  await writeFile(join(folder, 'secret.AbC-_123'), 'half');
  await readSecrets([], folder);
  expect(await readdir(folder)).toEqual(['secret']);
});

test('an empty file is no reason to sign everyone out without a word', async () => {
  await writeFile(join(folder, 'secret'), '\n');
  await expect(readSecrets([], folder)).rejects.toThrow(/^DATA_DIR: .*secret is empty/);
});
