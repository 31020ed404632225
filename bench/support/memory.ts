import { readdir, readFile } from 'node:fs/promises';

const MB = 1024;

/** The process and all that it has started, as they are now. */
export async function family(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '') : '';
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const found = [pid];
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child);
  return found;
}

/** The most that each of them ever had resident, in megabytes: the site first, then its children. Linux only. */
export async function peakMemory(pid: number): Promise<number[]> {
  const peaks: number[] = [];
  for (const one of await family(pid)) {
    const status = await readFile(`/proc/${one}/status`, 'utf8').catch(() => '');
    const [, kb] = /^VmHWM:\s+(\d+)/m.exec(status) ?? [];
    if (kb) peaks.push(Number(kb) / MB);
  }
  return peaks;
}
