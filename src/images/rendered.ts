import { rm } from 'node:fs/promises';

/** Removes the files of tiers; those that share one, or are gone already, are no error. */
export async function removeFiles(tiers: readonly { path: string }[]) {
  for (const path of new Set(tiers.map((tier) => tier.path))) await rm(path, { force: true });
}
