import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { reasonOf, TlsFault } from './faults.ts';
import type { Pair } from './validity.ts';

const LOCK = '.making';
const LOCK_STALE = 15_000;
const LOCK_PATIENCE = 20_000;

/** The files of one folder of certificates. */
export const FILES = { caCert: 'ca.pem', caKey: 'ca-key.pem', leafCert: 'leaf.pem', leafKey: 'leaf-key.pem' } as const;
const ours = new Set<string>([...Object.values(FILES), LOCK]);

async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(dir, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Makes the folder for its owner alone. One that holds other things too keeps its mode: it is not ours to close. */
export async function openFolder(dir: string): Promise<void> {
  const made = await mkdir(dir, { recursive: true, mode: 0o700 });
  const names = made ? [] : await readdir(dir);
  const strange = names.some((name) => !ours.has(name) && !name.endsWith('.tmp'));
  if (!strange && ((await stat(dir)).mode & 0o777) !== 0o700) await chmod(dir, 0o700);
  if (made) await syncFolder(dirname(made));
}

/** All of the file or nothing of it, also when the power goes: temporary name, synced, renamed, folder synced. */
export async function writeWhole(dir: string, name: string, text: string, mode: number): Promise<void> {
  const temporary = join(dir, `${name}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.chmod(mode); // the umask may have taken more away than it should
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(dir, name));
    await syncFolder(dir);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

/** The key first: a crash in between leaves a pair that does not match, which counts as broken and is made anew. */
export async function writePair(dir: string, names: { cert: string; key: string }, pair: Pair): Promise<void> {
  await writeWhole(dir, names.key, pair.key, 0o600);
  await writeWhole(dir, names.cert, pair.cert, 0o644);
}

const absent = (cause: unknown) => reasonOf(cause) === 'ENOENT';

async function readKey(path: string): Promise<string> {
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(path, 0o600);
  return readFile(path, 'utf8');
}

/** A pair from the folder, or null where one of the two is missing. A key that others could read is closed to them. */
export async function readPair(dir: string, names: { cert: string; key: string }): Promise<Pair | null> {
  try {
    return { cert: await readFile(join(dir, names.cert), 'utf8'), key: await readKey(join(dir, names.key)) };
  } catch (cause) {
    if (absent(cause)) return null;
    throw cause;
  }
}

const holder = `${hostname()} ${process.pid}`;

/** Whether the lock's holder was killed: at once where it ran on this machine, elsewhere after a while. */
async function isForsaken(lock: string): Promise<boolean> {
  const [text, age] = await Promise.all([
    readFile(lock, 'utf8'),
    stat(lock).then((found) => Date.now() - found.mtimeMs),
  ]).catch(() => ['', 0] as const); // given back meanwhile
  const [host, pid] = text.split(' ');
  if (age > LOCK_STALE) return true;
  if (!pid) return age > 500; // killed before it could say who it is
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (cause) {
    return reasonOf(cause) === 'ESRCH';
  }
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, holder, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (cause) {
    if (reasonOf(cause) !== 'EEXIST') throw cause;
    if (await isForsaken(lock)) await rm(lock, { force: true });
    return false;
  }
}

/** Lets one process at a time make certificates in a folder; the lock of one that was killed is broken. */
export async function alone<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const lock = join(dir, LOCK);
  const until = Date.now() + LOCK_PATIENCE;
  while (!(await takeLock(lock))) {
    if (Date.now() > until) throw new TlsFault('tls.busy', { dir, lock });
    await wait(20);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Removes what an interrupted write left behind; called under the lock, where no write is under way. */
export async function sweep(dir: string): Promise<void> {
  for (const name of await readdir(dir))
    if (/\.[0-9a-f]{12}\.tmp$/.test(name)) await rm(join(dir, name), { force: true });
}
