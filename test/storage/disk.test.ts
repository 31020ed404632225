import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, statfs, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { speak } from '../../src/lib/words/index.ts';
import { diskStorage } from '../../src/storage/disk.ts';
import { diskSteps, type Steps } from '../../src/storage/durable.ts';
import { diskFull, isKey, newKey, type Storage } from '../../src/storage/index.ts';

let folder: string;
let dir: string;
let storage: Storage;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'disk-'));
  dir = join(folder, 'data', 'media');
  storage = openDisk();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const openDisk = (steps?: Partial<Steps>) =>
  diskStorage({ dir, temporaryDir: join(dir, '.temporary') }, { ...diskSteps, ...steps });

async function written(content: string, at: Storage = storage): Promise<string> {
  const file = at.temporary();
  await writeFile(file, content);
  return file;
}

async function kept(content: string): Promise<string> {
  const key = newKey();
  await storage.keep(key, await written(content));
  return key;
}

async function readAll(key: string, range?: { start: number; end: number }): Promise<string | null> {
  const stream = await storage.read(key, range);
  return stream && text(stream);
}

const systemError = (code: string) => Object.assign(new Error(code), { code });

/** Every file below a folder. */
async function filesIn(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('keeping and reading', () => {
  test('what was kept is read back, byte for byte', async () => {
    const key = await kept('a bower of blue glass');
    expect(await readAll(key)).toBe('a bower of blue glass');
    expect(await storage.size(key)).toBe(21);
    expect(await readFile((await storage.local(key))?.path ?? '', 'utf8')).toBe('a bower of blue glass');
  });

  test('the temporary file is gone afterwards', async () => {
    await kept('once');
    expect(await filesIn(join(dir, '.temporary'))).toEqual([]);
  });

  test('a range has both its first and its last byte', async () => {
    const key = await kept('0123456789');
    expect(await readAll(key, { start: 2, end: 5 })).toBe('2345');
    expect(await readAll(key, { start: 0, end: 0 })).toBe('0');
    expect(await readAll(key, { start: 8, end: 100 })).toBe('89');
  });

  test('a key without bytes reads as null everywhere', async () => {
    const key = newKey();
    expect([await storage.read(key), await storage.local(key), await storage.size(key)]).toEqual([null, null, null]);
  });

  test('a reader who has begun gets the whole, also when the bytes are removed meanwhile', async () => {
    const key = await kept('still here');
    const stream = await storage.read(key);
    await storage.remove(key);
    expect(stream && (await text(stream))).toBe('still here');
    expect(await storage.size(key)).toBeNull();
  });

  test('removing twice is no error', async () => {
    const key = await kept('gone');
    await storage.remove(key);
    await storage.remove(key);
    expect(await storage.read(key)).toBeNull();
  });

  test('only our own user can list the folders and read the files', async () => {
    const file = await written('mine');
    await chmod(file, 0o644);
    const key = newKey();
    await storage.keep(key, file);
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await modeOf(join(dir, key))).toBe('600');
    const folders = [dirname(join(dir, key)), dirname(dirname(join(dir, key))), dir, dirname(dir)];
    expect(await Promise.all(folders.map(modeOf))).toEqual(['700', '700', '700', '700']);
  });

  test('twenty kept at once are all there', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, (_, n) => kept(`number ${n}`)));
    expect(await Promise.all(keys.map((key) => readAll(key)))).toEqual(keys.map((_, n) => `number ${n}`));
  });

  test('a folder that was tidied away is made again', async () => {
    const key = await kept('first');
    await rm(join(dir, key.slice(0, 2)), { recursive: true });
    await storage.keep(key, await written('second'));
    expect(await readAll(key)).toBe('second');
  });
});

describe('keys', () => {
  test('no two are alike, and they spread over folders', () => {
    const keys = Array.from({ length: 500 }, newKey);
    expect(new Set(keys).size).toBe(500);
    expect(keys.every(isKey)).toBe(true);
    expect(new Set(keys.map((key) => key.slice(0, 2))).size).toBeGreaterThan(100);
  });

  const good = newKey();
  test.each([
    '',
    '../../etc/passwd',
    `../${good}`,
    `${good}/..`,
    `/${good}`,
    `${good}\0`,
    good.toUpperCase() + '!',
    `${good}\n`,
  ])('what is no key never becomes a path: %j', async (key) => {
    const file = await written('x');
    await expect(storage.keep(key, file)).rejects.toThrow('not a storage key');
    await expect((async () => storage.read(key))()).rejects.toThrow('not a storage key');
    await expect(storage.local(key)).rejects.toThrow('not a storage key');
    await expect(storage.size(key)).rejects.toThrow('not a storage key');
    await expect(storage.remove(key)).rejects.toThrow('not a storage key');
  });
});

describe('the order of a durable move', () => {
  /** Steps that are really done, and written down with paths relative to the store. */
  function recorded(overrides: Partial<Steps> = {}): { log: string[]; steps: Steps } {
    const log: string[] = [];
    const steps = { ...diskSteps, ...overrides };
    const short = (path: string) =>
      path === dir ? 'root' : /^\.\w+\/./.test(path.slice(dir.length + 1)) ? 'file' : path.slice(dir.length + 1);
    const recording: Steps = {
      sync: (path) => (log.push(`sync ${short(path)}`), steps.sync(path)),
      makeFolder: (path) => (log.push(`make ${short(path)}`), steps.makeFolder(path)),
      rename: (from, to) => (log.push(`rename ${short(to)}`), steps.rename(from, to)),
      copy: (from, to) => (log.push('copy'), steps.copy(from, to)),
    };
    return { log, steps: recording };
  }

  test('bytes are synced before they get their name, and the name before anyone hears of it', async () => {
    const key = newKey();
    const [one, two] = key.split('/');
    const { log, steps } = recorded();
    const disk = openDisk(steps);
    await disk.keep(key, await written('x', disk));
    const folders = ['make root', `make ${one}`, 'sync root', `make ${one}/${two}`, `sync ${one}`];
    expect(log).toEqual(['sync file', ...folders, `rename ${key}`, `sync ${one}/${two}`]);
    await disk.keep(key, await written('y', disk));
    expect(log.slice(-3)).toEqual(['sync file', `rename ${key}`, `sync ${one}/${two}`]);
  });

  test('over a border between disks the bytes are copied, synced and only then named', async () => {
    let first = true;
    const { log, steps } = recorded({
      async rename(from, to) {
        if (!first) return diskSteps.rename(from, to);
        first = false;
        throw systemError('EXDEV');
      },
    });
    const disk = openDisk(steps);
    const key = newKey();
    const file = await written('far', disk);
    await disk.keep(key, file);
    expect(log.slice(log.indexOf('copy'))).toEqual(['copy', 'sync file', `rename ${key}`, `sync ${key.slice(0, 5)}`]);
    expect(await filesIn(dir)).toEqual([join(dir, key)]);
    expect(await readAll(key)).toBe('far');
  });

  const steps = ['sync', 'makeFolder', 'rename'] as const;
  const failures = steps
    .flatMap((step) => [1, 2, 3].map((nth) => [nth, step] as const))
    .filter(([nth, s]) => s !== 'rename' || nth === 1);
  test.each(failures)('when call %d of %s fails, nothing lies under the key', async (nth, step) => {
    let calls = 0;
    const failing = async (from: string, to: string) => {
      calls += 1;
      if (calls === nth) throw systemError('EIO');
      return diskSteps[step](from, to);
    };
    const disk = openDisk({ [step]: failing });
    const key = newKey();
    await expect(disk.keep(key, await written('x', disk))).rejects.toThrow('EIO');
    expect(calls).toBeGreaterThanOrEqual(nth);
    expect(await storage.size(key)).toBeNull();
  });

  test.each(['copy', 'sync'] as const)(
    'when %s fails on the way to another disk, nothing lies under the key',
    async (step) => {
      const file = await written('x');
      const fail = async (from: string) => {
        if (step === 'copy' || from.includes('.arriving/')) throw systemError('EIO');
        return diskSteps.sync(from);
      };
      const rename = async () => {
        throw systemError('EXDEV');
      };
      const key = newKey();
      await expect(openDisk({ rename, [step]: fail }).keep(key, file)).rejects.toThrow('EIO');
      expect(await filesIn(dir)).toEqual([file]);
    },
  );

  test('a try that fails early takes nothing from what the key already has', async () => {
    const key = await kept('safe');
    await expect(storage.keep(key, storage.temporary())).rejects.toThrow('ENOENT');
    expect(await readAll(key)).toBe('safe');
  });

  test('a real obstacle in the way is an error, and leaves the temporary file to its owner', async () => {
    const key = newKey();
    await writeFile(join(dir, key.slice(0, 2)), 'in the way');
    const file = await written('x');
    await expect(storage.keep(key, file)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(await readFile(file, 'utf8')).toBe('x');
  });
});

describe('a full disk', () => {
  test.each(['ENOSPC', 'EDQUOT'])('%s is told in a sentence, with 507', async (code) => {
    const disk = openDisk({
      async rename() {
        throw systemError(code);
      },
    });
    const refusal = await disk.keep(newKey(), await written('x', disk)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      name: 'Refusal',
      status: 507,
      code: 'disk_full',
      said: { key: 'storage.disk_full' },
    });
  });

  test('the sentence says what happened and what to do', () => {
    const refusal = diskFull(systemError('ENOSPC'));
    expect(refusal && speak(refusal.said)).toMatch(/no room left.*Nothing was saved.*try again later/);
  });

  test('every other error stays a bug', () => {
    expect(diskFull(systemError('EIO'))).toBeNull();
    expect(diskFull('ENOSPC')).toBeNull();
  });
});

describe('housekeeping', () => {
  test('the sweep takes what is old from the temporary folder, and nothing else', async () => {
    const key = await kept('kept');
    const [old, young] = [await written('old'), await written('young')];
    const oldFolder = storage.temporary();
    await mkdir(oldFolder);
    await writeFile(join(oldFolder, 'high.webp'), 'x');
    const anHourAgo = new Date(Date.now() - 3_600_000);
    for (const path of [old, oldFolder, join(dir, key)]) await utimes(path, anHourAgo, anHourAgo);
    expect(await storage.sweepTemporary(3_500_000)).toBe(2);
    expect((await filesIn(dir)).sort()).toEqual([young, join(dir, key)].sort());
  });

  test('a copy that a crash left half-way is swept as well', async () => {
    await mkdir(join(dir, '.arriving'));
    await writeFile(join(dir, '.arriving', 'half'), 'x');
    expect(await storage.sweepTemporary(-1000)).toBe(1);
  });

  test('it knows how many bytes are free', async () => {
    const { bsize, blocks } = await statfs(dir);
    const free = await storage.free();
    expect(free).toBeGreaterThan(0);
    expect(free).toBeLessThanOrEqual(bsize * blocks);
  });
});
