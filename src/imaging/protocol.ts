import { z } from 'zod';
import { LOOK_COLUMNS } from '../lib/look.ts';
import { BOX_TIERS, RENDITIONS } from '../lib/tiers.ts';
import type { PictureFormat } from '../lib/sniff.ts';
import type { Rendition } from '../lib/tiers.ts';
import { clean, httpAddress, LIMITS } from '../lib/authorship/text.ts';
import type { ImagingLimits, StillFormat } from './index.ts';

/** What the serving process asks of an imaging child. */
export interface Ask {
  id: number;
  /** `compare` looks at `file` and tells how far each picture `beside` it differs. */
  task: 'inspect' | 'render' | 'compare';
  file: string;
  /** What the first bytes say it is. */
  format: PictureFormat;
  /** Files are made in `folder`, with names that begin with `stem`. */
  folder: string;
  stem: string;
  tiers: readonly Rendition[];
  /** To be made afterwards where it costs next to nothing: of pixels that are decoded anyway. */
  also: readonly Rendition[];
  beside?: readonly Pick<Ask, 'file' | 'format'>[];
  /** `file` may be more of the picture: it is cut to the proportions of each beside it. */
  cut?: boolean;
  /** What stills become through which nothing shines. */
  stills: StillFormat;
  limits: ImagingLimits;
  /** What the system lets the child have: near it, an unreadable file may be a sound one. */
  memoryMb: number;
}

/** With so many pictures one can be compared at once. */
export const MOST_COMPARED = 5;

/** Why a picture is not taken: numbers and names only; the words are the serving process's. */
export const REASONS = [
  'too_small',
  'too_many_pixels',
  'too_many_pixels_of_kind',
  'side_too_long',
  'too_many_frames',
  'too_many_frame_pixels',
  'too_heavy',
  'broken',
  'unprocessable',
  'is_heic',
] as const;
export type Reason = (typeof REASONS)[number];

const count = z.number().int().nonnegative();

const madeTier = z.strictObject({
  tier: z.enum(RENDITIONS),
  name: z.string().max(100),
  width: count.positive(),
  height: count.positive(),
  bytes: count.positive(),
  type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Text that a picture says of itself: as people may be shown it, and nothing else. */
const said = (limit: number) => z.string().refine((value) => clean(value, limit) === value);

const facts = z.strictObject({
  format: z.enum(['jpeg', 'png', 'gif', 'webp', 'avif']),
  type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']),
  width: count.positive(),
  height: count.positive(),
  frames: count.positive(),
  animated: z.boolean(),
  alpha: z.boolean(),
  still_of: z.enum(['apng', 'avif_sequence']).nullable(),
  quality: z.enum(BOX_TIERS),
  phash: z.string().regex(/^[0-9a-f]{16}$/),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  look: z.array(z.number().int().min(-2000).max(2000)).length(LOOK_COLUMNS.length),
  placeholder: z.base64().max(268),
  authorship: z.strictObject({
    creator: said(LIMITS.creator),
    copyright: said(LIMITS.copyright),
    credit: said(LIMITS.credit),
    licence: said(LIMITS.licence).refine((value) => httpAddress(value) === value),
    description: said(LIMITS.description),
  }),
});

const refusal = z.strictObject({
  reason: z.enum(REASONS),
  params: z.partialRecord(z.enum(['width', 'height', 'frames', 'pixels', 'limit', 'min_width', 'min_height']), count),
});

/**
 * What a child may say. Whoever takes over a decoder speaks through this too, so nothing else is listened to, and no
 * text of it ever reaches a person, but for what a picture may say of its author: printable, short, and never more than text.
 */
export const reply = z.discriminatedUnion('say', [
  z.strictObject({ say: z.literal('ready') }),
  /** It is an animation, and may take longer. */
  z.strictObject({ say: z.literal('animated'), id: count }),
  /** Of an inspection: all that somebody waits for. The rest follows with `done`. */
  z.strictObject({ say: z.literal('seen'), id: count, facts, tiers: z.array(madeTier).max(5) }),
  z.strictObject({ say: z.literal('done'), id: count, tiers: z.array(madeTier).max(5) }),
  z.strictObject({
    say: z.literal('compared'),
    id: count,
    apart: z.array(z.number().nonnegative()).max(MOST_COMPARED),
  }),
  z.strictObject({ say: z.literal('refused'), id: count, refusal, detail: z.string() }),
  /** Not the picture's fault: a full disk, a bug. */
  z.strictObject({ say: z.literal('failed'), id: count, code: z.string().max(40), message: z.string() }),
]);

export type Reply = z.infer<typeof reply>;
export type MadeTier = z.infer<typeof madeTier>;
export type Facts = z.infer<typeof facts>;
export type Verdict = z.infer<typeof refusal>;
