import { rm } from 'node:fs/promises';
import type { RenderedTier } from '../imaging/index.ts';

/**
 * Tiers that were made of the pixels High was decoded for, in temporary files, until the job of their image takes them:
 * so that nothing is decoded twice. They go by the storage key of the original that they were made from, since an image
 * may be given other bytes. Only a shortcut: what is lost with the process is made again from the original.
 */
export interface Handover {
  give(originalKey: string, tiers: readonly RenderedTier[]): Promise<void>;
  /** They belong to whoever took them. */
  take(originalKey: string): readonly RenderedTier[];
  /** Removes what nobody took. */
  end(): Promise<void>;
}

/** A job that has not come after so long was done without them. */
const FORGOTTEN_MS = 5 * 60 * 1000;

export function createHandover(now: () => number = Date.now): Handover {
  const waiting = new Map<string, { since: number; tiers: readonly RenderedTier[] }>();
  const take = (originalKey: string) => {
    const tiers = waiting.get(originalKey)?.tiers ?? [];
    waiting.delete(originalKey);
    return tiers;
  };
  return {
    take,
    end: () => removeFiles([...waiting.keys()].flatMap(take)),
    async give(originalKey, tiers) {
      const forgotten = [...waiting].filter(([, { since }]) => since < now() - FORGOTTEN_MS).map(([key]) => key);
      await removeFiles(forgotten.flatMap(take));
      if (tiers.length > 0) waiting.set(originalKey, { since: now(), tiers });
    },
  };
}

/** Removes the files of tiers; those that share one, or are gone already, are no error. */
export async function removeFiles(tiers: readonly { path: string }[]) {
  for (const path of new Set(tiers.map((tier) => tier.path))) await rm(path, { force: true });
}
