import { dirname } from 'node:path';
import { rm } from 'node:fs/promises';
import { Refusal } from '../../errors.ts';
import type { Inspected } from '../../imaging/index.ts';
import { isFlat, NEAR, SAME } from '../../lib/likeness.ts';
import { phashDistance } from '../../lib/phash.ts';
import { originals } from '../../lib/pick/originals/index.ts';
import type { Saving } from '../tools.ts';
import { receive, type Received, type Source } from './receive.ts';
import { ownerOf } from './watch.ts';

type Address = Source & { way: 'address' };

/** What may be wrong with the best address of a picture, when the one that the page showed is not. */
const POOR = new Set([
  'bad_address',
  'unreachable',
  'http_status',
  'too_slow',
  'not_an_image',
  'broken',
  'too_large',
  'too_small',
  'too_many_pixels',
  'another_picture',
]);
export const isPoor = (error: unknown): error is Refusal =>
  error instanceof Refusal && error.status === 422 && POOR.has(error.code);

/** Guesses by rule that are tried at the most: each costs a fetch, and whoever saves waits for it. */
const MOST_GUESSES = 2;
/** Sides may differ by rounding when a picture is made smaller, not by more. */
const PROPORTIONS = 1.03;

/**
 * The addresses to try for a picture, best first: what rules know of larger versions, and what was picked, and last the one that the
 * page showed. An address that somebody typed is that alone.
 */
export function addressesOf({ url, seenUrl, pageUrl }: Address): string[] {
  if (!seenUrl && !pageUrl) return [url];
  const guesses = originals(url, URL).slice(0, MOST_GUESSES);
  return [...new Set([...guesses, url, ...(seenUrl ? [seenUrl] : [])])];
}

/** The picture that the page showed: fetched once, when another is laid beside it or when it is to be kept itself. */
export interface Shown {
  /** Refuses (`another_picture`) what is not that picture, or smaller; where the shown one cannot be had, all is as good. */
  fits(other: Inspected): Promise<void>;
  /** Its bytes, for whoever keeps or removes them. */
  take(): Promise<Received>;
  /** Lets go of its files. */
  leave(): Promise<void>;
}

export function shownAt(saving: Saving, ownerId: number, source: Address): Shown {
  const whose = ownerOf(ownerId);
  let coming: Promise<Received> | null = null;
  let looking: Promise<Inspected | null> | null = null;
  let taken = false;

  async function look(): Promise<Inspected | null> {
    // How far it is, is told of the picture that is to be kept.
    const { progress: _, ...quietly } = saving;
    try {
      const { file } = await (coming ??= receive(quietly, source, whose));
      return await saving.imaging.inspect(file, dirname(file), [], { whose, signal: saving.signal });
    } catch (error) {
      if (isPoor(error)) return null;
      throw error;
    }
  }

  return {
    async fits(other) {
      const shown = await (looking ??= look());
      if (shown && !(await isSamePicture(saving, ownerId, shown, other)))
        throw new Refusal(422, 'another_picture', 'image.another_picture', { field: 'url' });
    },
    take() {
      taken = true;
      return (coming ??= receive(saving, source, whose));
    },
    async leave() {
      const seen = await looking?.catch(() => null);
      const got = taken ? null : await coming?.catch(() => null);
      for (const file of [seen?.high.path, got?.file]) if (file) await rm(file, { force: true });
    },
  };
}

/**
 * Whether the other one is the picture that was shown, and no smaller: by hash and pixels where the proportions are the same; where
 * the shown one is a part of it, as thumbnails are cut, by the pixels of that part.
 */
async function isSamePicture(
  { imaging }: Saving,
  ownerId: number,
  shown: Inspected,
  other: Inspected,
): Promise<boolean> {
  const [a, b] = [shown.facts, other.facts];
  if (b.width * b.height < a.width * a.height) return false;
  const stretched = (a.width * b.height) / (a.height * b.width);
  const cut = Math.max(stretched, 1 / stretched) > PROPORTIONS;
  // Hashes of what is all one colour say nothing, nor does that of a part: there the pixels decide alone.
  if (!cut && !isFlat(a.phash) && phashDistance(a.phash, b.phash) > NEAR) return false;
  const [apart = 1] = await imaging.compare(other.high.path, [shown.high.path], { whose: ownerOf(ownerId) }, cut);
  return apart < SAME;
}
