import type { Watch } from '../../lib/line.ts';
import type { Saving } from '../tools.ts';

/** By what name somebody stands in a line. */
export const ownerOf = (ownerId: number) => `member ${ownerId}`;

/** Tells whoever waits for a save which place it has in a line, and `begins` when its turn has come. */
export const watchOf = ({ progress }: Saving, begins: () => void): Watch => ({
  waits: (place) => progress?.({ state: 'waiting', place }),
  begins,
});
