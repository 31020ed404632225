import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/imaging.ts';
import type { Around } from './mortal.ts';

/** A disk whose power can be cut: what was never synced is not on it. */
export interface CutDisk {
  /** Starts a site with its folder on this disk, which goes when the site goes. */
  around: Around;
  /** The folder as it is found after a power cut at this moment; the site goes on and knows nothing of it. */
  cut(pid: number): Promise<string>;
}

const run = (command: string, ...args: string[]) => {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
};

// Nothing is written by itself while a test lasts: what is not asked for stays in memory.
const MOUNT = 'mount -o loop,commit=300 "$0" "$DATA_DIR" && exec "$@"';
const COPY_OUT = 'mount -o loop "$0" "$1" && cp -a "$1/." "$2" && umount "$1"';

/** Whether this machine lets us mount a disk in a file: as root. */
export function canMount(folder: string): boolean {
  const make =
    'truncate -s 1M "$0/try" && mkfs.ext4 -q "$0/try" 2>/dev/null && mkdir "$0/on" && mount -o loop "$0/try" "$0/on"';
  return spawnSync('unshare', ['-m', '/bin/sh', '-c', make, folder]).status === 0;
}

/**
 * A disk in a file, with ext4 on it. What the system has written of it so far, which is what was synced, stands in the file: a copy
 * of that is the disk after a power cut, and mounting the copy replays its journal.
 */
export async function cutDisk(home: string): Promise<CutDisk> {
  const disk = join(home, 'disk');
  await writeFile(disk, '');
  await truncate(disk, 96 * 1024 * 1024);
  run('mkfs.ext4', '-q', disk);
  let cuts = 0;
  return {
    around: (command) => ['unshare', '-m', '/bin/sh', '-c', MOUNT, disk, ...command],
    async cut(pid) {
      const number = ++cuts;
      const [copy, on, out] = ['copy', 'on', 'out'].map((name) => join(home, `${name}-${number}`)) as [
        string,
        string,
        string,
      ];
      await frozen(pid, () => copyFile(disk, copy));
      for (const folder of [on, out]) await mkdir(folder);
      run('unshare', '-m', '/bin/sh', '-c', COPY_OUT, copy, on, out);
      return out;
    },
  };
}

/** Power goes at one moment, and copying takes several: meanwhile nothing may be asked of the disk. */
async function frozen(pid: number, work: () => Promise<void>) {
  process.kill(pid, 'SIGSTOP');
  try {
    // A thread that syncs stops when it has done so.
    await until('every thread to stand still', async () => (await threadsOf(pid)).every((state) => state === 'T'));
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

async function threadsOf(pid: number): Promise<string[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  return Promise.all(
    threads.map(async (thread) => {
      const stat = await readFile(`/proc/${pid}/task/${thread}/stat`, 'latin1').catch(() => ') T');
      return /\) (\S)/.exec(stat)?.[1] ?? '';
    }),
  );
}
