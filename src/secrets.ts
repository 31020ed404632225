import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomToken } from './lib/secret.ts';

const NAME = 'secret';
const ATTEMPTS = 5;
const UNFINISHED = /^secret\.[\w-]{8}$/;

/**
 * The keys that sign cookies and forms, newest first: those of SECRET, or one that is made on first start and kept in
 * DATA_DIR. Written to a temporary name, synced and linked, so that no crash leaves half a secret, and of several
 * processes that start at once on a shared folder all get the same.
 */
export async function readSecrets(given: readonly string[], dataDir: string): Promise<readonly string[]> {
  if (given.length > 0) return given;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // What a start that was killed has left. One that is still under way begins anew.
  for (const name of await readdir(dataDir)) if (UNFINISHED.test(name)) await rm(join(dataDir, name), { force: true });
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const kept = await readFile(join(dataDir, NAME), 'utf8').catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
      return null;
    });
    if (kept?.trim()) return kept.trim().split('\n');
    if (kept !== null)
      throw new Error(`DATA_DIR: ${join(dataDir, NAME)} is empty: restore it, or remove it to sign everyone out`);
    await makeSecret(dataDir);
  }
  throw new Error(`DATA_DIR: no secret could be made in ${dataDir}`);
}

/** Puts a secret in front of those in DATA_DIR: it signs from the next start on, the others are still known. Answers how many there are. */
export async function putInFront(dataDir: string, secret: string): Promise<number> {
  const all = [secret, ...(await readSecrets([], dataDir))];
  await replace(dataDir, all);
  return all.length;
}

/** Brings the secrets of a backup back; one that a first start has made meanwhile stays known, behind them. */
export async function bringBackSecrets(dataDir: string, secrets: readonly string[]) {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const made = await readFile(join(dataDir, NAME), 'utf8').catch(() => '');
  const own = made.trim() ? made.trim().split('\n') : [];
  await replace(dataDir, [...new Set([...secrets, ...own])]);
}

/** Does away with all secrets in DATA_DIR but the newest. */
export async function keepNewest(dataDir: string) {
  await replace(dataDir, (await readSecrets([], dataDir)).slice(0, 1));
}

async function replace(dataDir: string, secrets: readonly string[]) {
  await written(dataDir, secrets, (temporary) => rename(temporary, join(dataDir, NAME)));
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

const makeSecret = (dataDir: string) =>
  written(dataDir, [randomToken()], (temporary) => publish(temporary, join(dataDir, NAME)));

/** Writes secrets to a temporary file, one a line, lets them be put in place, and waits until that is on the disk. */
async function written(dataDir: string, secrets: readonly string[], put: (temporary: string) => Promise<void>) {
  const temporary = join(dataDir, `${NAME}.${randomToken().slice(0, 8)}`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    await handle.writeFile(secrets.map((secret) => `${secret}\n`).join(''));
    await handle.sync();
    await handle.close();
    await put(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
  const folder = await open(dataDir, 'r');
  await folder.sync();
  await folder.close();
}

/** Unlike a rename, a link leaves what another process has put there; some file systems have none. */
async function publish(temporary: string, file: string) {
  try {
    await link(temporary, file);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EEXIST' && code !== 'ENOENT') await rename(temporary, file);
  }
}
