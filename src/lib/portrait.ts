import { createHash } from 'node:crypto';

/** Blue things, as a bowerbird collects them, and what lies between. */
const PALETTE = ['#1f3fb3', '#3d66d9', '#7fa2f2', '#16235c', '#c9a86a', '#8a6f4d', '#2f7f8f', '#b9c9f5'] as const;

export interface Portrait {
  ground: string;
  /** Circles in a square of 100 × 100. */
  finds: { x: number; y: number; r: number; fill: string }[];
  initial: string;
}

/** The picture of whoever has no photo, drawn from their name: the same name has the same picture everywhere. */
export function portraitOf(name: string): Portrait {
  const bytes = createHash('sha256').update(name.normalize('NFKC').toLowerCase()).digest();
  const at = (index: number) => bytes[index % bytes.length] ?? 0;
  const colour = (index: number) => PALETTE[at(index) % PALETTE.length] ?? PALETTE[0];
  const finds = Array.from({ length: 7 }, (_, i) => ({
    x: 5 + Math.round((at(3 * i) * 90) / 255),
    y: 5 + Math.round((at(3 * i + 1) * 90) / 255),
    r: 8 + (at(3 * i + 2) % 18),
    fill: colour(3 * i + 5),
  }));
  return { ground: colour(30), finds, initial: [...name][0]?.toUpperCase() ?? '' };
}
