import { createHash } from 'node:crypto';

const BLOCK = Buffer.alloc(1024, 7);
const SAMPLE = 20_000;

/** An amount of work that is the same however often it is interrupted. */
export function hashTimes(times: number): void {
  for (let n = 0; n < times; n++) createHash('sha256').update(BLOCK).digest();
}

/** How many take a millisecond of processor time here. */
export function hashesInMs(): number {
  hashTimes(SAMPLE);
  const before = process.cpuUsage();
  hashTimes(SAMPLE);
  const { user, system } = process.cpuUsage(before);
  return (1000 * SAMPLE) / (user + system);
}
