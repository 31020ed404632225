import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { randomToken } from './lib/secret.ts';

/**
 * The keys that sign cookies and forms, newest first: those of SECRET, or one that is made on first start and kept in
 * DATA_DIR. Written to a temporary name, synced and renamed, so that no crash leaves half a secret.
 */
export async function readSecrets(given: readonly string[], dataDir: string): Promise<readonly string[]> {
  if (given.length > 0) return given;
  const file = join(dataDir, 'secret');
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (kept.trim()) return kept.trim().split('\n');
  const made = randomToken();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomToken().slice(0, 8)}`;
  const handle = await open(temporary, 'wx', 0o600);
  await handle.writeFile(`${made}\n`);
  await handle.sync();
  await handle.close();
  await rename(temporary, file);
  const folder = await open(dataDir, 'r');
  await folder.sync();
  await folder.close();
  return [made];
}
