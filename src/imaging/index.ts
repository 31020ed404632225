import type { Config } from '../config.ts';
import type { Authorship } from '../lib/authorship/index.ts';
import type { Look } from '../lib/look.ts';
import type { Log } from '../lib/log.ts';
import { isPicture, sniff, SNIFF_BYTES } from '../lib/sniff.ts';
import type { PictureFormat } from '../lib/sniff.ts';
import type { BoxTier, Quality, Rendition, Tier } from '../lib/tiers.ts';
import { attempts, type Inspecting } from './attempts.ts';
import { compared } from './compared.ts';
import { createPlace } from './place.ts';
import { createPoison } from './poison.ts';
import { createPool, type Wish } from './pool.ts';
import type { Ask } from './protocol.ts';
import { notAnImage } from './refusals.ts';
import { headOf } from './results.ts';
import { CLOCKS, startChild } from './supervised.ts';
import type { Clocks } from './supervised.ts';
import { createKeeper } from './walls.ts';
import type { Folders } from './walls.ts';

export { countTiers } from './counted.ts';
export type ImageFormat = PictureFormat;
export type { Clocks };

/** A tier as the child made it: a file in the folder it was given, to be kept or removed by the caller. */
export interface RenderedTier<Made extends Rendition = Tier> {
  tier: Made;
  /** Absolute path. Tiers that came out the same share one file: then `path` is the same. */
  path: string;
  width: number;
  height: number;
  bytes: number;
  /** `image/jpeg`, `image/webp`, … */
  type: string;
  sha256: string;
}

/** Facts of an image as people see it: upright, in pixels of one frame. */
export interface Inspection {
  format: ImageFormat;
  type: string;
  width: number;
  height: number;
  frames: number;
  animated: boolean;
  /** Whether something shines through (of an animation: through its first frame). */
  alpha: boolean;
  /** An animation that we can only show as a still: APNG or an AVIF sequence. */
  still_of: 'apng' | 'avif_sequence' | null;
  quality: Quality;
  /** 64-bit perceptual hash as 16 hex digits (DCT over 32 × 32 grey). */
  phash: string;
  /** `#rrggbb` */
  colour: string;
  /** What it looks like: thirteen small numbers, see lib/look.ts. */
  look: Look;
  /** A 16-pixel WebP of at most 200 bytes, base64. */
  placeholder: string;
  /** Whose work it says it is. */
  authorship: Authorship;
}

export interface Inspected {
  facts: Inspection;
  high: RenderedTier;
  /** Fails where the child does not get through with them; what it leaves out is the same as High. */
  also: Promise<RenderedTier[]>;
}

export interface ImagingLimits {
  maxPixels: number;
  maxFrames: number;
  minWidth: number;
  minHeight: number;
}

/** Whose picture it is, so that those who wait take turns, and who is told of its place in the line. */
export type Turn = Pick<Wish, 'whose' | 'watch' | 'signal'>;

export interface Imaging {
  /** Throws the Refusal of a file that is none of the five formats, by its first bytes: what needs no child. */
  recognise(file: string): Promise<ImageFormat>;
  /**
   * Opens `file`, checks that it is one of the five formats within the limits, decodes it and makes High into `folder`.
   * A Refusal (422: not_an_image, too_small, too_many_pixels, broken) says what is wrong, without a field.
   * `also` names tiers that the child goes on to make of the same decoded pixels, while High is already here: some 20 ms
   * for medium and low of a still, against a whole decoding later. Of an animation none are made so.
   */
  inspect(file: string, folder: string, also?: readonly BoxTier[], turn?: Turn): Promise<Inspected>;
  /** Makes the named tiers from the original, decoded once. */
  render<Made extends Rendition>(
    file: string,
    folder: string,
    tiers: readonly Made[],
    turn?: Turn,
  ): Promise<RenderedTier<Made>[]>;
  /**
   * How far each of at most five pictures differs from `file`: 0 is the same, also when it was cropped a little, and about 1
   * has nothing in common with it. Throws where one of them cannot be looked at. `cut`: of `file` only what is left when it is
   * cut to the proportions of the other, as thumbnails are.
   */
  compare(file: string, beside: readonly string[], turn?: Turn, cut?: boolean): Promise<number[]>;
  /** Ends the children; calls under way fail. */
  close(): Promise<void>;
}

/** TIER_FORMAT: what opaque stills are published as. */
export type StillFormat = 'jpeg' | 'webp';

export interface ImagingOptions {
  /** How many children there are at most; each is started when it is first needed. */
  workers: number;
  limits: ImagingLimits;
  /** `jpeg` when left out. */
  stills?: StillFormat;
  log: Log;
  /** What the system lets a child have, in MB. An AVIF of 36 megapixels wants some 800, a plain JPEG or PNG of 100 under 500. */
  memoryMb?: number;
  clocks?: Partial<Clocks>;
  /** All that a child may see of our disks, where the system can hide the rest: left out, nothing is hidden. */
  folders?: Folders;
}

/** Work that is nobody's in particular has one turn among those who wait. */
const NOBODY: Turn = { whose: '' };

/** Tiers are of our own making: a narrow picture's may be a pixel wide. */
const anySize = (limits: ImagingLimits) => ({ ...limits, minWidth: 1, minHeight: 1 });

/** The pool of the settings: what is made anywhere comes out the same. */
export const configuredImaging = (config: Config, log: Log, folders: Folders, more: Partial<ImagingOptions> = {}) =>
  createImaging({ workers: config.workers, limits: config, stills: config.tierFormat, log, folders, ...more });

/**
 * Starts the pool of processes that decode and render: sharp is loaded in them alone. Opening a picture that kills its
 * child is tried once more in a fresh one. Nothing that failed leaves a file.
 */
export function createImaging({
  workers,
  limits,
  stills = 'jpeg',
  log,
  memoryMb = 1024,
  clocks = {},
  folders,
}: ImagingOptions): Imaging {
  const keeper = createKeeper(folders, log);
  const start = () => startChild({ memoryMb, clocks: { ...CLOCKS, ...clocks }, keeper, folders });
  const places = Array.from({ length: workers }, () => createPlace({ idleMb: memoryMb / 2, log, start }));
  const pool = createPool(places);
  const poison = createPoison();

  async function recognise(file: string): Promise<ImageFormat> {
    const format = sniff(await headOf(file, SNIFF_BYTES));
    if (!isPicture(format)) throw notAnImage(format);
    return format;
  }

  type Asked = Pick<Ask, 'task' | 'file' | 'folder' | 'tiers' | 'also'>;
  async function ask(asked: Asked, turn: Turn, told?: (made: Inspecting) => void) {
    const question = { ...asked, format: await recognise(asked.file), stills, limits, memoryMb };
    const wish = { ...turn, urgent: asked.task === 'inspect' };
    return pool.run(wish, (place) => attempts(place, question, { poison, log }, told));
  }

  return {
    recognise,
    async inspect(file, folder, also = [], turn = NOBODY) {
      const first = new Promise<{ seen: Inspecting; rest: Promise<RenderedTier[]> }>((resolve, reject) => {
        const told = (seen: Inspecting) => resolve({ seen, rest });
        const asked = { task: 'inspect', file, folder, tiers: ['high'], also } as const;
        const rest = ask(asked, turn, told) as Promise<RenderedTier[]>;
        // Before it is seen this fails the whole; afterwards only who waits for the rest is told.
        rest.catch(reject);
      });
      const { seen, rest } = await first;
      const [high] = seen.tiers as RenderedTier[];
      if (!high) throw new Error('inspected without High');
      return { facts: seen.facts, high, also: rest };
    },
    async render<Made extends Rendition>(file: string, folder: string, tiers: readonly Made[], turn = NOBODY) {
      if (tiers.length === 0) return [];
      return (await ask({ task: 'render', file, folder, tiers, also: [] }, turn)) as RenderedTier<Made>[];
    },
    async compare(file, beside, turn = NOBODY, cut = false) {
      const [one, ...others] = await Promise.all(
        [file, ...beside].map(async (path) => ({ file: path, format: await recognise(path) })),
      );
      if (!one || others.length === 0) return [];
      const question = { ...one, beside: others, cut, limits: anySize(limits), memoryMb };
      return pool.run({ ...turn, urgent: true }, (place) => compared(place, question));
    },
    close: () => pool.close(),
  };
}
