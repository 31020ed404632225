import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Refusal } from '../errors.ts';

/** Beyond, the oldest is forgotten: it may kill another two children. */
const MOST = 1000;

/** Pictures that children died over: their bytes are refused for a while with the same sentence, without a child. */
export interface Poison {
  /** What was said of these bytes. A file is read for it only where one of its length has killed. */
  known(file: string): Promise<Refusal | undefined>;
  remember(file: string, refusal: () => Refusal, ms: number): Promise<void>;
}

interface Killer {
  length: number;
  refusal: () => Refusal;
  until: number;
}

export function createPoison(now: () => number = Date.now): Poison {
  /** By SHA-256, the oldest first. */
  const killers = new Map<string, Killer>();

  function forget() {
    for (const [sha256, { until }] of killers) if (until <= now() || killers.size > MOST) killers.delete(sha256);
  }

  return {
    async known(file) {
      forget();
      if (killers.size === 0) return undefined;
      const { size } = await stat(file);
      if (![...killers.values()].some(({ length }) => length === size)) return undefined;
      return killers.get(await hashOf(file))?.refusal();
    },
    async remember(file, refusal, ms) {
      const [{ size: length }, sha256] = await Promise.all([stat(file), hashOf(file)]);
      killers.delete(sha256);
      killers.set(sha256, { length, refusal, until: now() + ms });
      forget();
    },
  };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
