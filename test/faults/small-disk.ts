import { spawnSync } from 'node:child_process';
import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Around } from './mortal.ts';

/** A site's folder in which the room can be made little. */
export interface Disk {
  /** Starts the site with its folder on this disk, which goes when the site goes. */
  around: Around;
  /** The folder as it is seen from outside, once the site runs as `pid`. */
  folder(pid: number): string;
  /** Leaves so many bytes of room, or all there is. */
  leave(pid: number, bytes: number | 'all'): Promise<void>;
}

const MOUNT = 'mount -t tmpfs -o size=12m,mode=0700 bowerbird "$DATA_DIR" && exec "$0" "$@"';

/** A disk of 12 MB in a name space of the site's own: for root, or where users may have such name spaces. */
function realDisk(dataDir: string, flags: string): Disk {
  const folder = (pid: number) => join('/proc', String(pid), 'root', dataDir);
  return {
    around: (command) => ['unshare', flags, '/bin/sh', '-c', MOUNT, ...command],
    folder,
    async leave(pid, bytes) {
      const filler = join(folder(pid), 'filler');
      await writeFile(filler, '');
      if (bytes === 'all') return;
      const { bavail, bsize } = await statfs(folder(pid));
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
    },
  };
}

/** Where nothing can be mounted: the system lets the site's process write no file longer than this (EFBIG). */
function shortFiles(dataDir: string): Disk {
  return {
    around: (command) => command,
    folder: () => dataDir,
    async leave(pid, bytes) {
      const limit = bytes === 'all' ? 'unlimited' : String(Math.max(SHORTEST, bytes));
      const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${limit}:`], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`prlimit: ${stderr}`);
    },
  };
}

/** The database itself must be able to grow. */
const SHORTEST = 700 * 1024;

/** The most real of what this machine allows. */
export function smallDisk(dataDir: string): Disk {
  for (const flags of ['-m', '-rm']) {
    const trial = [flags, '/bin/sh', '-c', 'mount -t tmpfs -o size=1m bowerbird "$0"', dataDir];
    if (spawnSync('unshare', trial).status === 0) return realDisk(dataDir, flags);
  }
  return shortFiles(dataDir);
}
