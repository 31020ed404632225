import { copyFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from '../../../src/cli/backup/backup.ts';
import { restore } from '../../../src/cli/backup/restore.ts';
import { openPlain } from '../../../src/db/index.ts';
import { openStorage } from '../../../src/storage/index.ts';
import { openMachine, plantKept, type Machine } from '../../support/restored.ts';

let folder: string;
let path: string;
let site: Machine;
let empty: Machine;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bowerbird-backup-'));
  path = join(folder, 'site.backup');
  site = await openMachine('sqlite', { SECRET: 'ours' });
  empty = await openMachine('sqlite', { SECRET: 'ours' });
});
afterEach(async () => {
  await site.end();
  await empty.end();
  await rm(folder, { recursive: true, force: true });
});

const plant = (name: string, many: number) => plantKept(site.db, site.config.dataDir, name, many);
const keysOf = (machine: Machine): Promise<string[]> => machine.db('files').orderBy('image_id').pluck('storage_key');
const storageOf = ({ config }: Machine) => openStorage(config);
const membersOf = (machine: Machine): Promise<string[]> => machine.db('accounts').orderBy('id').pluck('username');

/** Writes over some bytes of a file. */
async function scratch(at: number, bytes = Buffer.from('scratched')) {
  const file = await open(path, 'r+');
  await file.write(bytes, 0, bytes.length, at);
  await file.close();
}

describe('a second backup into the same file', () => {
  test('adds what is new alone; each of them can be restored', async () => {
    await plant('ann', 400);
    await backUp(site.desk, path, {});
    const first = (await stat(path)).size;
    await plant('bea', 3);
    await backUp(site.desk, path, {});
    const added = (await stat(path)).size - first;
    expect(added).toBeLessThan(first / 2);
    await restore(empty.desk, path, { list: true });
    expect(empty.lines).toEqual([
      expect.stringMatching(/^1\t\d{4}-\S+Z\t1 accounts\t400 images\t/),
      expect.stringMatching(/^2\t\d{4}-\S+Z\t2 accounts\t403 images\t/),
    ]);
    await restore(empty.desk, path, { run: 1 });
    expect(await membersOf(empty)).toEqual(['ann']);
    await expect(restore(empty.desk, path, { run: 7 })).rejects.toThrow(/There is no backup 7 in .*site\.backup/);
  });

  test('with --keep drops the older ones, and the bytes that nothing names any more', async () => {
    const ids = await plant('ann', 400);
    await backUp(site.desk, path, {});
    const before = (await stat(path)).size;
    await site.db('images').whereIn('id', ids.slice(3)).delete();
    await backUp(site.desk, path, { keep: 1 });
    expect(site.lines).toContain('1 older backup was dropped.');
    expect((await stat(path)).size).toBeLessThan(before / 2);
    await restore(empty.desk, path, {});
    expect(await keysOf(empty)).toEqual(await keysOf(site));
  });
});

describe('a backup that is damaged', () => {
  beforeEach(async () => {
    await plant('ann', 40);
    await backUp(site.desk, path, {});
  });

  /** Nothing is made of it, and the sentence says which file it is. */
  async function isRefused(pattern: RegExp) {
    const error = await restore(empty.desk, path, {}).catch((caught: unknown) => caught as Error);
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).toMatch(pattern);
    expect(await membersOf(empty)).toEqual([]);
  }

  test('in the bytes of an image', async () => {
    const [key = ''] = await keysOf(site);
    const bytes = await readFile(join(site.config.dataDir, 'media', key));
    await scratch((await readFile(path)).indexOf(bytes) + 100);
    await isRefused(new RegExp(`is damaged \\(${key}\\)`));
  });

  test('in its rows, or in what it says of itself', async () => {
    const file = await openPlain(path);
    const [piece] = await file.all<{ body: Buffer }>(`SELECT body FROM pieces WHERE part = 'images'`);
    await file.close();
    const at = (await readFile(path)).indexOf(piece!.body.subarray(20, 60));
    await scratch(at);
    await isRefused(/is damaged \(images 0\)/);
    await scratch((await readFile(path)).indexOf('"steps"'));
    await isRefused(/is damaged \(runs 1\)/);
  });

  test('because its end is missing, or all but its name', async () => {
    const { size } = await stat(path);
    await truncate(path, Math.floor(size / 2));
    await isRefused(/is damaged|is no backup/);
    await truncate(path, 0);
    await isRefused(/is no backup/);
  });

  test('by a row that is missing', async () => {
    const file = await openPlain(path);
    await file.run(`DELETE FROM pieces WHERE part = 'images'`);
    await file.close();
    await isRefused(/is damaged \(images\)/);
  });
});

test('what is no backup is left as it is, and so are folders and names without a folder', async () => {
  await plant('ann', 1);
  await writeFile(path, 'Dear diary, today I have written a few words that are no database at all. '.repeat(20));
  const before = await readFile(path);
  await expect(backUp(site.desk, path, {})).rejects.toThrow(`${path} is no backup of Bowerbird`);
  await expect(restore(empty.desk, path, {})).rejects.toThrow(`${path} is no backup of Bowerbird`);
  expect(await readFile(path)).toEqual(before);
  await copyFile(join(site.config.dataDir, 'bowerbird.sqlite'), path);
  await expect(backUp(site.desk, path, {})).rejects.toThrow(`${path} is no backup of Bowerbird`);
  await expect(backUp(site.desk, folder, {})).rejects.toThrow(/is a folder\. Please name a file/);
  await expect(backUp(site.desk, join(folder, 'no', 'x'), {})).rejects.toThrow(/Is there a folder .*no, and may you/);
  await expect(restore(empty.desk, join(folder, 'none'), {})).rejects.toThrow(/There is no file .*none\./);
  await expect(backUp(empty.desk, join(folder, 'x'), {})).rejects.toThrow(/There is no account in this database/);
});

test('two commands at once do not get into each other’s way: the second is told', async () => {
  await plant('ann', 2);
  await backUp(site.desk, path, {});
  const other = await openPlain(path);
  try {
    await other.run('BEGIN EXCLUSIVE');
    await expect(backUp(site.desk, path, {})).rejects.toThrow(`${path} is in use: another command is at work with it.`);
  } finally {
    await other.close();
  }
});

test('a backup of a newer release is refused, and one of an older release is brought up to date', async () => {
  await plant('ann', 2);
  await backUp(site.desk, path, {});
  await site.db('migrations').insert({ name: '999_from_the_future', batch: 99, migration_time: new Date() });
  await backUp(site.desk, path, {});
  await expect(restore(empty.desk, path, {})).rejects.toThrow(
    /of a newer release of Bowerbird \(999_from_the_future\)/,
  );
  await restore(empty.desk, path, { run: 1 });
  expect(await membersOf(empty)).toEqual(['ann']);
});

test('a file that is missing or not what it was is named, left out, and told of when the rest is restored', async () => {
  await plant('ann', 3);
  const [gone = '', spoilt = '', well = ''] = await keysOf(site);
  await rm(join(site.config.dataDir, 'media', gone));
  await writeFile(join(site.config.dataDir, 'media', spoilt), 'something else');
  expect(await backUp(site.desk, path, {})).toBe(false);
  for (const key of [gone, spoilt]) expect(site.lines).toContain(`missing or damaged\t${key}`);
  await restore(empty.desk, path, {});
  expect(empty.lines).toContain(
    '2 files were missing or damaged already when the backup was made. See `images check`.',
  );
  const storage = storageOf(empty);
  expect([await storage.size(gone), await storage.size(well)]).toEqual([null, 300]);
});

test('the secret of DATA_DIR is in it unless it is to stay outside, and what is a setting never is', async () => {
  await plant('ann', 1);
  await backUp(site.desk, path, {});
  expect(site.lines.join('\n')).toContain('SECRET is a setting of yours and not in it');
  const own = await openMachine('sqlite');
  try {
    await plantKept(own.db, own.config.dataDir, 'ann', 1);
    await backUp(own.desk, join(folder, 'without'), { secret: false });
    expect(own.lines.join('\n')).toContain('DATA_DIR/secret is not in it');
    await backUp(own.desk, join(folder, 'with'), {});
    const secret = (await readFile(join(own.config.dataDir, 'secret'), 'utf8')).trim();
    expect((await readFile(join(folder, 'without'))).includes(secret)).toBe(false);
    expect((await readFile(join(folder, 'with'))).includes(secret)).toBe(true);
    await restore(empty.desk, join(folder, 'with'), {});
    expect(empty.lines.join('\n')).toContain('SECRET is a setting of yours: it has to be the one that the site had');
  } finally {
    await own.end();
  }
});

test('numbers that were given are never given again, also where their row has gone', async () => {
  const ids = await plant('ann', 5);
  await site
    .db('images')
    .where({ id: ids.at(-1) })
    .delete();
  await backUp(site.desk, path, {});
  const there = await openMachine('postgres', { SECRET: 'ours' });
  try {
    await restore(there.desk, path, {});
    const [id = 0] = await plantKept(there.db, there.config.dataDir, 'bea', 1);
    expect(id).toBeGreaterThan(ids.at(-1) ?? 0);
  } finally {
    await there.end();
  }
});
