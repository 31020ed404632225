import { readFile } from 'node:fs/promises';
import { family } from './memory.ts';
import { processorTime } from './servers.ts';

/** Processors in use meanwhile, on average: 1 is one whole core. */
export interface Shares {
  server: number;
  /** This process, which asks. */
  client: number;
  /** Everything else on the machine, PostgreSQL among it. */
  others: number;
}

/** Seconds of processor time of a process and all that it has started. */
export async function familyTime(pid: number): Promise<number> {
  const times = await Promise.all((await family(pid)).map(processorTime));
  return times.reduce((sum, seconds) => sum + (seconds || 0), 0);
}

/** Seconds for which the machine's processors have worked. Linux counts in hundredths. */
async function machineTime(): Promise<number> {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (await readFile('/proc/stat', 'latin1'))
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) / 100;
}

/** Does some work that a server is asked for, and tells who took how much of the processors. */
export async function shared<T>(pid: number, work: () => Promise<T>): Promise<{ made: T; shares: Shares }> {
  const began = performance.now();
  const [server, machine, own] = [await familyTime(pid), await machineTime(), process.cpuUsage()];
  const made = await work();
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(own);
  const client = (used.user + used.system) / 1_000_000;
  const ours = (await familyTime(pid)) - server;
  const others = Math.max(0, (await machineTime()) - machine - ours - client);
  return { made, shares: { server: ours / seconds, client: client / seconds, others: others / seconds } };
}
