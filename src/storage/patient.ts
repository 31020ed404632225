import { stat } from 'node:fs/promises';
import { Refusal } from '../errors.ts';
import type { Storage } from './storage.ts';

/** How long a store may take for a file, and how much longer for each byte of it: 10 MB a second is a slow disk. */
const KEEP_MS = 30_000;
const BYTES_A_MS = 10_000;

/**
 * A store that waits for no file for ever: a disk that hangs (a server of files that is away, say) would hold everybody who saves. Whoever
 * waited too long is refused (503). What comes of it later is removed; until then nobody else removes it, so that what is
 * `expected` stays so for the sweep.
 */
export function patient(storage: Storage, keepMs = KEEP_MS): Storage {
  const late = new Set<string>();
  return {
    ...storage,
    async keep(key, file) {
      const { size } = await stat(file);
      const kept = storage.keep(key, file);
      if (await inTime(kept, keepMs + size / BYTES_A_MS)) return;
      late.add(key);
      void kept
        .then(() => storage.remove(key))
        .catch(() => {})
        .finally(() => late.delete(key));
      throw new Refusal(503, 'slow_store', 'storage.slow', { retryAfter: RETRY_S });
    },
    async remove(key) {
      if (late.has(key)) throw new Error(`${key} is still being written`);
      await storage.remove(key);
    },
  };
}

const RETRY_S = 60;

/** Whether work ends well within its time; throws what it throws within it. */
async function inTime(work: Promise<void>, ms: number): Promise<boolean> {
  let clock: NodeJS.Timeout | undefined;
  // It keeps no process alive that wants to end.
  const over = new Promise<boolean>((resolve) => (clock = setTimeout(resolve, ms, false).unref()));
  try {
    return await Promise.race([work.then(() => true), over]);
  } finally {
    clearTimeout(clock);
  }
}
