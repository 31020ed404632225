import { readFile, writeFile } from 'node:fs/promises';

const field = async (pid: number, name: string): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'latin1');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? NaN) / 1024;
};

/** The most memory, in MB, that a process had resident while `work` was done, and what it had before. The kernel counts. */
export async function peakDuring(pid: number, work: () => Promise<unknown>): Promise<{ before: number; peak: number }> {
  const before = await field(pid, 'VmRSS');
  await writeFile(`/proc/${pid}/clear_refs`, '5');
  await work();
  return { before, peak: await field(pid, 'VmHWM') };
}
