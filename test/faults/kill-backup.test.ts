import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openDb } from '../../src/db/index.ts';
import { builtDir } from '../../src/lib/root.ts';
import { until } from '../support/imaging.ts';
import { openMachine, plantKept, type Machine } from '../support/restored.ts';

const MANY = 800;

let folder: string;
let path: string;
let site: Machine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bowerbird-killed-backup-'));
  path = join(folder, 'site.backup');
  site = await openMachine('sqlite');
  await plantKept(site.db, site.config.dataDir, 'ann', MANY);
});
afterAll(async () => {
  await site.end();
  await rm(folder, { recursive: true, force: true });
});

/** One of the operator's commands in a process of its own. */
function begin(dataDir: string, ...args: string[]) {
  const { PATH = '', BOWERBIRD_TEST_RUN = '' } = process.env;
  const child = spawn(process.execPath, [join(builtDir, 'src', 'cli.js'), ...args], {
    env: { PATH, BOWERBIRD_TEST_RUN, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]).then((parts) => parts.join(''));
  return { child, gone: once(child, 'exit').then(([code]) => code as number | null), said };
}

async function run(dataDir: string, ...args: string[]) {
  const { gone, said } = begin(dataDir, ...args);
  return { code: await gone, said: await said };
}

async function killWhen(what: string, there: () => Promise<boolean>, dataDir: string, ...args: string[]) {
  const { child, gone } = begin(dataDir, ...args);
  await until(what, there);
  child.kill('SIGKILL');
  // Not a process that had ended before: then nothing was killed, and nothing shown.
  expect(await gone).toBe(null);
}

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => null))?.size ?? 0;
const filesIn = async (dir: string): Promise<number> =>
  (await readdir(join(dir, 'media'), { recursive: true }).catch(() => [])).filter((name) => name.length > 60).length;

test('a backup and a restore that are killed leave what was there, and go on when they are called again', async () => {
  const { dataDir } = site.config;
  await killWhen('rows or files in it', async () => (await sizeOf(path)) > 100_000, dataDir, 'backup', path);
  const half = await run(dataDir, 'restore', path, '--check');
  expect(half).toMatchObject({ code: 1, said: expect.stringContaining('no backup that was brought to its end') });
  expect(await run(dataDir, 'backup', path)).toMatchObject({ code: 0 });
  await plantKept(site.db, dataDir, 'bea', MANY);
  const before = await sizeOf(path);
  await killWhen('more in it', async () => (await sizeOf(path)) > before + 100_000, dataDir, 'backup', path);
  const first = await run(dataDir, 'restore', path, '--check');
  expect(first).toMatchObject({ code: 0, said: expect.stringContaining(`with ${MANY} files`) });
  expect(await run(dataDir, 'backup', path)).toMatchObject({ code: 0 });

  const empty = join(folder, 'empty');
  await killWhen('files there', async () => (await filesIn(empty)) > 50, empty, 'restore', path);
  expect((await run(empty, 'user', 'list')).said).toBe('');
  const restored = await run(empty, 'restore', path);
  expect(restored).toMatchObject({
    code: 0,
    said: expect.stringContaining(`and ${(2 * MANY).toLocaleString('en')} files`),
  });
  expect((await run(empty, 'user', 'list')).said).toMatch(/^ann\t[^\n]*\nbea\t[^\n]*\n$/);
  expect(await run(empty, 'images', 'check')).toMatchObject({
    code: 1,
    said: expect.not.stringMatching(/missing|wrong/),
  });
}, 240_000);

test('a move that is killed leaves the old database in use, and is brought to its end by the next try', async () => {
  const { dataDir } = site.config;
  const target = join(folder, 'moved', 'bowerbird.sqlite');
  const args = ['move', '--to', `sqlite:${target}`];
  await killWhen('tables or rows there', async () => (await sizeOf(`${target}-wal`)) > 500_000, dataDir, ...args);
  expect((await run(dataDir, 'user', 'list')).said).toContain('ann\t');
  expect(await run(dataDir, ...args)).toMatchObject({ code: 0, said: expect.stringContaining('Moved.') });
  const moved = openDb({ url: `sqlite:${target}` });
  try {
    expect(await moved('accounts').orderBy('id').pluck('username')).toEqual(['ann', 'bea']);
  } finally {
    await moved.destroy();
  }
  expect((await run(dataDir, 'user', 'list')).said).toContain('This database was moved into another one');
});
