import { rm } from 'node:fs/promises';
import type { RenderedTier } from '../imaging/index.ts';

/**
 * Tiers that were made of the pixels High was decoded for, in temporary files, until the job of their image takes them:
 * so that nothing is decoded twice. Only a shortcut: what is lost with the process is made again from the original.
 */
export interface Handover {
  give(imageId: number, tiers: readonly RenderedTier[]): Promise<void>;
  /** They belong to whoever took them. */
  take(imageId: number): readonly RenderedTier[];
  /** Removes what nobody took. */
  end(): Promise<void>;
}

/** A job that has not come after so long was done without them. */
const FORGOTTEN_MS = 5 * 60 * 1000;

export function createHandover(now: () => number = Date.now): Handover {
  const waiting = new Map<number, { since: number; tiers: readonly RenderedTier[] }>();
  const take = (imageId: number) => {
    const tiers = waiting.get(imageId)?.tiers ?? [];
    waiting.delete(imageId);
    return tiers;
  };
  return {
    take,
    end: () => removeFiles([...waiting.keys()].flatMap(take)),
    async give(imageId, tiers) {
      const forgotten = [...waiting].filter(([, { since }]) => since < now() - FORGOTTEN_MS).map(([id]) => id);
      await removeFiles([...forgotten, imageId].flatMap(take));
      if (tiers.length > 0) waiting.set(imageId, { since: now(), tiers });
    },
  };
}

/** Removes the files of tiers; those that share one, or are gone already, are no error. */
export async function removeFiles(tiers: readonly { path: string }[]) {
  for (const path of new Set(tiers.map((tier) => tier.path))) await rm(path, { force: true });
}
