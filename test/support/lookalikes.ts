import sharp from 'sharp';
import { cellsOf } from '../../src/imaging/child/cells.ts';
import { difference } from '../../src/imaging/child/compare.ts';
import { hashOf } from '../../src/imaging/child/facts.ts';
import { coverSize } from '../../src/imaging/child/pixels.ts';
import type { Bitmap } from '../../src/imaging/child/pixels.ts';
import { isFlat, NEAR, neighbours, quarters, SAME } from '../../src/lib/likeness.ts';
import { phashDistance } from '../../src/lib/phash.ts';

/** What is known of a picture when it is looked for among others. */
export interface Look {
  hash: string;
  small: Bitmap;
}

export async function look(bytes: Buffer): Promise<Look> {
  const { autoOrient: whole } = await sharp(bytes).metadata();
  const size = coverSize(whole, { width: Math.min(124, whole.width), height: Math.min(124, whole.height) });
  const image = sharp(bytes)
    .autoOrient()
    .resize({ ...size, fit: 'fill' })
    .toColourspace('srgb');
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const small: Bitmap = { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
  return { hash: hashOf(cellsOf(small, 32, 32)), small };
}

/** Whether a save of the one would look at the other: their hashes are near enough, and the index finds them. */
export function isCandidate({ hash: one }: Look, { hash: other }: Look): boolean {
  if (isFlat(one) || isFlat(other) || phashDistance(one, other) > NEAR) return false;
  const stored = quarters(other);
  return quarters(one).some((quarter, n) => neighbours(quarter).includes(stored[n] ?? -1));
}

/** Whether somebody who has the one and saves the other is asked whether they have it. */
export const isAlike = (one: Look, other: Look): boolean =>
  isCandidate(one, other) && difference(one.small, other.small) < SAME;

type Random = () => number;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, by Tommy Ettinger). */
function randomOf(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const colour = (random: Random) => `rgb(${[0, 0, 0].map(() => Math.floor(random() * 256)).join()})`;

const svg = (width: number, height: number, body: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`);

/** Half as large as its measures say, which is enough to be known by. */
const drawn = (width: number, height: number, background: string, body: string) =>
  sharp(svg(width / 2, height / 2, `<g transform="scale(0.5)">${bar(0, 0, width, height, background)}${body}</g>`))
    .png({ compressionLevel: 1 })
    .toBuffer();

const bar = (x: number, y: number, width: number, height: number, fill: string, opacity = 1) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" opacity="${opacity}"/>`;

/** As rough as a photograph: patches of five sizes, the larger the stronger. */
async function scene(seed: number): Promise<Buffer> {
  const random = randomOf(seed);
  const [width, height] = [360, 240];
  const sum = new Float64Array(width * height * 3);
  for (const side of [3, 6, 12, 24, 48]) {
    const patches = Buffer.from(Array.from({ length: side * side * 3 }, () => Math.floor(random() * 256)));
    const layer = await sharp(patches, { raw: { width: side, height: side, channels: 3 } })
      .resize(width, height, { fit: 'fill' })
      .raw()
      .toBuffer();
    for (let n = 0; n < sum.length; n++) sum[n]! += ((layer[n]! - 128) * 1.05) / Math.sqrt(side);
  }
  const data = Buffer.from(sum.map((value) => Math.min(255, Math.max(0, value + 128))));
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** A few shapes on white. */
function logo(seed: number): Promise<Buffer> {
  const random = randomOf(seed + 1000);
  const shapes = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
    const [x, y, size, fill] = [150 + random() * 300, 150 + random() * 300, 40 + random() * 130, colour(random)];
    const kind = Math.floor(random() * 3);
    if (kind === 0) return `<circle cx="${x}" cy="${y}" r="${size}" fill="${fill}"/>`;
    if (kind === 1) return bar(x - size, y - size, 2 * size, 2 * size * random(), fill);
    return `<polygon points="${x},${y - size} ${x + size},${y + size} ${x - size},${y + size * random()}" fill="${fill}"/>`;
  });
  return drawn(600, 600, 'white', shapes.join(''));
}

/** A page of text, as far as one can tell from afar. */
function text(seed: number): Promise<Buffer> {
  const random = randomOf(seed + 5000);
  let words = '';
  for (let y = 40; y < 760; y += 22) {
    if (random() < 0.08) continue;
    const end = random() < 0.15 ? 40 + random() * 500 : 560;
    for (let x = 40, width = 0; x < end - 20; x += width + 8) {
      width = Math.min(12 + random() * 60, 560 - x);
      words += bar(x, y, width, 11, '#222', 0.5 + random() * 0.4);
    }
  }
  return drawn(600, 800, 'white', words);
}

/** The same program each time, with other content. */
function screenshot(seed: number): Promise<Buffer> {
  const random = randomOf(seed + 9000);
  let parts = bar(0, 0, 1000, 50, '#334') + bar(0, 50, 180, 600, '#e6e6ee');
  for (let n = 0; n < 8; n++) parts += bar(20, 80 + n * 40, 60 + random() * 80, 12, '#667');
  for (let y = 80; y < 620; y += 26) parts += bar(210, y, 200 + random() * 540, 12, '#444', 0.7);
  if (random() < 0.5) parts += bar(220 + random() * 300, 100 + random() * 300, 200, 150, colour(random));
  return drawn(1000, 650, '#fafafa', parts);
}

function gradient(seed: number): Promise<Buffer> {
  const random = randomOf(seed + 20_000);
  const turn = `gradientTransform="rotate(${Math.floor(random() * 360)} .5 .5)"`;
  const stops = `<stop offset="0" stop-color="${colour(random)}"/><stop offset="1" stop-color="${colour(random)}"/>`;
  return drawn(600, 400, `url(#g)`, `<defs><linearGradient id="g" ${turn}>${stops}</linearGradient></defs>`);
}

const flat = (seed: number): Promise<Buffer> => drawn(500, 400, colour(randomOf(seed + 30_000)), '');

/** One thing in the middle of a light ground, the same on both sides. */
function product(seed: number): Promise<Buffer> {
  const random = randomOf(seed + 40_000);
  const [width, height] = [120 + random() * 160, 160 + random() * 200];
  const shadow = `<ellipse cx="300" cy="${320 + height / 2}" rx="${width * 0.7}" ry="20" fill="#ccc"/>`;
  const thing = bar(300 - width / 2, 300 - height / 2, width, height, colour(random));
  const label = bar(300 - width / 3, 300 - height / 6 + random() * 40, width * 0.66, height / 4, colour(random));
  return drawn(600, 600, '#f4f4f4', shadow + thing + label);
}

/** Kinds of pictures; another seed is another picture. */
export const KINDS = { scene, logo, text, screenshot, product, gradient, flat } as const;
export type Kind = keyof typeof KINDS;

async function cut(bytes: Buffer, left: number, top: number, right: number, bottom: number): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const frame = {
    left: Math.round(width * left),
    top: Math.round(height * top),
    width: Math.round(width * (1 - left - right)),
    height: Math.round(height * (1 - top - bottom)),
  };
  return sharp(bytes).extract(frame).png({ compressionLevel: 1 }).toBuffer();
}

async function marked(bytes: Buffer, mark: (width: number, height: number) => string): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  return sharp(bytes)
    .composite([{ input: svg(width, height, mark(width, height)) }])
    .jpeg()
    .toBuffer();
}

const half = async (bytes: Buffer) => {
  const { width } = await sharp(bytes).metadata();
  return sharp(bytes)
    .resize(Math.round(width / 2))
    .jpeg()
    .toBuffer();
};

/** What happens to a picture on the web, and leaves it the same. */
export const CHANGES = {
  'compressed again': (bytes) => sharp(bytes).jpeg({ quality: 75 }).toBuffer(),
  'compressed to bits': (bytes) => sharp(bytes).jpeg({ quality: 30 }).toBuffer(),
  'as WebP': (bytes) => sharp(bytes).webp({ quality: 50, effort: 0 }).toBuffer(),
  'half as large': half,
  '200 pixels wide': (bytes) => sharp(bytes).resize(200).jpeg().toBuffer(),
  'with other greys': (bytes) => sharp(bytes).gamma(1.3).jpeg().toBuffer(),
  'cropped by 2 % at one side': (bytes) => cut(bytes, 0, 0, 0.02, 0),
  'cropped by 2 % in both ways': (bytes) => cut(bytes, 0, 0, 0.02, 0.02),
  'cropped by 2 % all round': (bytes) => cut(bytes, 0.02, 0.02, 0.02, 0.02),
  'a watermark in the corner': (bytes) =>
    marked(bytes, (width, height) => bar(width * 0.7, height * 0.92, width * 0.27, height * 0.04, 'white', 0.6)),
  'a watermark across': (bytes) =>
    marked(bytes, (width, height) =>
      [0, 1, 2, 3, 4, 5]
        .map((n) => bar(width * (0.2 + n * 0.1), height * 0.45, width * 0.05, height * 0.1, '#eee', 0.35))
        .join(''),
    ),
} as const satisfies Record<string, (bytes: Buffer) => Promise<Buffer>>;
export type Change = keyof typeof CHANGES;

/** What makes another picture of it. */
export const mirrored = (bytes: Buffer): Promise<Buffer> => sharp(bytes).flop().png({ compressionLevel: 1 }).toBuffer();
