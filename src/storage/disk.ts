import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { codeOf, diskSteps, makeFolderNow, type Steps } from './durable.ts';
import { diskFull } from './full.ts';
import { isKey } from './key.ts';
import type { ByteRange, Storage, Stored } from './storage.ts';
import { orNull, sweep } from './sweep.ts';

export interface DiskSettings {
  dir: string;
  /** Best on the same file system as `dir`: then a file is moved there without copying. */
  temporaryDir: string;
}

/** Bytes in a folder of this machine, readable by our own user alone. Makes the folders that are missing. */
export function diskStorage({ dir, temporaryDir }: DiskSettings, steps: Steps = diskSteps): Storage {
  const root = resolve(dir);
  const arriving = join(root, '.arriving');
  const temporary = resolve(temporaryDir);
  for (const folder of [root, temporary]) makeFolderNow(folder);
  const move = mover(root, arriving, steps);
  return {
    async keep(key, file) {
      try {
        await move(file, pathOf(root, key));
      } catch (error) {
        throw diskFull(error) ?? error;
      }
    },
    read: (key, range) => orNull(readFrom(pathOf(root, key), range)),
    async local(key) {
      const path = pathOf(root, key);
      return (await orNull(stat(path))) && { path, async done() {} };
    },
    async size(key) {
      return (await orNull(stat(pathOf(root, key))))?.size ?? null;
    },
    pathOf: async (key) => pathOf(root, key),
    addressOf: async () => null,
    list: (beginning) => listUnder(root, beginning),
    remove: async (key) => rm(pathOf(root, key), { force: true }),
    async check() {
      await rm(await mkdtemp(join(temporary, 'check-')), { recursive: true });
    },
    folders: { reads: [root], writes: [temporary] },
    temporary: () => join(temporary, randomUUID()),
    async sweepTemporary(olderThanMs) {
      const before = Date.now() - olderThanMs;
      return (await sweep(temporary, before)) + (await sweep(arriving, before));
    },
    async free() {
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
  };
}

function pathOf(root: string, key: string): string {
  if (!isKey(key)) throw new Error(`not a storage key: ${JSON.stringify(key)}`);
  return join(root, key);
}

// Opened before it answers, so that a file removed in the meantime still reaches its reader whole.
async function readFrom(path: string, range: ByteRange | undefined) {
  const handle = await open(path, 'r');
  return handle.createReadStream(range ? { start: range.start, end: range.end } : {});
}

async function listUnder(root: string, beginning: string): Promise<Stored[]> {
  const names = (await orNull(readdir(join(root, beginning), { recursive: true }))) ?? [];
  const keys = names.map((name) => `${beginning}/${name.split(sep).join('/')}`).filter(isKey);
  const found = await Promise.all(keys.map((key) => orNull(stat(pathOf(root, key)))));
  return keys.flatMap((key, n) => {
    const file = found[n];
    return file?.isFile() ? [{ key, bytes: file.size, writtenAt: file.mtimeMs }] : [];
  });
}

/**
 * The durable move: the bytes are synced before they get their name, and their name is synced before anyone hears of it.
 * After an error there is nothing at `target`.
 */
function mover(root: string, arriving: string, steps: Steps) {
  // Folders whose names we have synced. Another process may have made one and not synced it yet, so each process does it once.
  const synced = new Set<string>();
  const makeFolder = async (folder: string): Promise<void> => {
    if (synced.has(folder)) return;
    if (folder !== root) await makeFolder(dirname(folder));
    await steps.makeFolder(folder);
    if (folder !== root) await steps.sync(dirname(folder));
    synced.add(folder);
  };
  const place = async (file: string, target: string): Promise<void> => {
    await makeFolder(dirname(target));
    try {
      await steps.rename(file, target);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      // Someone has tidied empty folders away since we made them.
      synced.clear();
      await makeFolder(dirname(target));
      await steps.rename(file, target);
    }
  };
  const copyAcross = async (file: string, target: string): Promise<void> => {
    const copy = join(arriving, randomUUID());
    await makeFolder(arriving);
    try {
      await steps.copy(file, copy);
      await steps.sync(copy);
      await place(copy, target);
    } finally {
      await rm(copy, { force: true });
    }
    await rm(file, { force: true });
  };
  return async (file: string, target: string): Promise<void> => {
    await chmod(file, 0o600);
    await steps.sync(file);
    await place(file, target).catch((error: unknown) => {
      if (codeOf(error) !== 'EXDEV') throw error;
      return copyAcross(file, target);
    });
    try {
      await steps.sync(dirname(target));
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
  };
}
