import type { Counts } from '../lib/counts.ts';
import type { Imaging } from './index.ts';

/** Counts the tiers that are made, by their names. */
export function countTiers(imaging: Imaging, counts: Counts): Imaging {
  const made = (tiers: readonly { tier: string }[]) => {
    for (const { tier } of tiers) counts.add(tier);
  };
  return {
    ...imaging,
    async inspect(...args) {
      const seen = await imaging.inspect(...args);
      made([seen.high]);
      // What fails here is told to whoever waits for it.
      void seen.also.then(made, () => {});
      return seen;
    },
    async render(...args) {
      const tiers = await imaging.render(...args);
      made(tiers);
      return tiers;
    },
  };
}
