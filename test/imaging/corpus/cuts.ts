import { apng, cut, type Format, type Picture } from '../../support/pictures.ts';
import { refused, SIZE, small, taken, type Case, type Refused, type Taken } from './case.ts';

/** What it is called, its bytes, and what is said of it as long as it is whole. */
type Whole = readonly [name: string, bytes: Buffer, verdict: Taken];

/** Pictures that were cut off: at each place of the head that says something, in the middle, and near the end. */
export async function cuts(): Promise<Case[]> {
  const wholes = await Promise.all(
    KINDS.map(async ([name, wanted]): Promise<Whole> => {
      const { format, frames = 1 } = wanted;
      const size = frames > 1 ? { width: 140, height: 124 } : SIZE;
      return [name, await small({ drawing: 'noise', ...size, ...wanted }), taken(format, { frames, ...size })];
    }),
  );
  const moving = await apng({ ...SIZE, drawing: 'noise' });
  return [
    ...wholes.flatMap(([name, bytes]) => heads(name, bytes)),
    ...wholes.flatMap(bodies),
    ['an APNG in the middle of its first frame', cut(moving, 0.3), broken],
    ['an APNG in the middle of its second frame', cut(moving, 0.7), taken('png', { still_of: 'apng' })],
  ];
}

const KINDS: readonly (readonly [name: string, wanted: Picture & { format: Format }])[] = [
  ['a JPEG', { format: 'jpeg' }],
  ['a progressive JPEG', { format: 'jpeg', progressive: true }],
  ['a PNG', { format: 'png' }],
  ['an interlaced PNG', { format: 'png', progressive: true }],
  ['a GIF', { format: 'gif' }],
  ['an animated GIF', { format: 'gif', frames: 3 }],
  ['a WebP', { format: 'webp' }],
  ['an animated WebP', { format: 'webp', frames: 3 }],
  ['an AVIF', { format: 'avif' }],
];

const broken = refused('broken');
/** What the beginning of a file seems to be when less than its signature is there. */
const BEFORE: Record<string, readonly (readonly [bytes: number, verdict: Refused])[]> = {
  'a JPEG': [
    [2, refused('is_unknown')],
    [3, broken],
    [4, broken],
    [20, broken],
    [160, broken],
  ],
  'a PNG': [
    [3, refused('is_unknown')],
    [4, broken],
    [8, broken],
    [16, broken],
    [24, broken],
    [33, broken],
    [37, broken],
  ],
  'a GIF': [
    [3, refused('is_text')],
    [6, broken],
    [10, broken],
    [13, broken],
    [40, broken],
  ],
  'a WebP': [
    [4, refused('is_text')],
    [11, refused('is_unknown')],
    [12, broken],
    [20, broken],
    [30, broken],
  ],
  'an AVIF': [
    [8, refused('is_video')],
    [20, broken],
    [40, broken],
    [100, broken],
    [280, broken],
  ],
};

const heads = (name: string, bytes: Buffer): Case[] =>
  (BEFORE[name] ?? []).map(([keep, verdict]) => [
    `the first ${keep} bytes of ${name}`,
    bytes.subarray(0, keep),
    verdict,
  ]);

/** So many bytes may be missing at the end, and all the pixels are there: browsers show it, and so do we. */
const SPARE: Record<string, number> = { 'a PNG': 11, 'an interlaced PNG': 11, 'a GIF': 1, 'an animated GIF': 1 };

const bodies = ([name, bytes, whole]: Whole): Case[] => [
  ...[0.3, 0.5, 0.9].map((keep): Case => [`${keep * 100} % of ${name}`, cut(bytes, keep), broken]),
  ...[1, 2, 9, 40].map((less): Case => [
    `${name} without its last ${less} bytes`,
    cut(bytes, -less),
    less <= (SPARE[name] ?? 0) ? whole : broken,
  ]),
];
