// What each setting of an encoder gives for its price: bytes, milliseconds of processor and likeness (SSIM of the greys), on
// pictures of the size of High. `node dist/bench/encoders.js [folder of photographs]`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { drawPhotos, givenPhotos } from './support/photos.ts';
import { machine, median } from './support/report.ts';
import { ssim, type Grey } from './support/ssim.ts';

sharp.concurrency(1);
sharp.cache(false);

const [from] = process.argv.slice(2);
const REPEAT = 3;
const FRAMES = 12;

/** Decoded pixels; of an animation all frames, one below the other. */
interface Raw {
  data: Buffer;
  width: number;
  height: number;
  channels: 3 | 4;
  pages: number;
}

interface Setting {
  name: string;
  encode(image: Sharp): Sharp;
}

const jpeg = (name: string, options: object): Setting => ({
  name: `JPEG ${name}`,
  encode: (image) => image.jpeg({ chromaSubsampling: '4:2:0', optimiseCoding: false, ...options }),
});
const webp = (name: string, options: object): Setting => ({
  name: `WebP ${name}`,
  encode: (image) => image.webp({ alphaQuality: 90, ...options }),
});

const STILLS: readonly Setting[] = [
  ...[75, 80, 82, 85].map((quality) => jpeg(`${quality}`, { quality })),
  jpeg('80, 4:4:4', { quality: 80, chromaSubsampling: '4:4:4' }),
  jpeg('80, optimised', { quality: 80, optimiseCoding: true }),
  jpeg('80, progressive', { quality: 80, progressive: true, optimiseCoding: true }),
  jpeg('80, mozjpeg', { quality: 80, mozjpeg: true }),
  ...[0, 1, 2, 3, 4, 5, 6].map((effort) => webp(`80, effort ${effort}`, { quality: 80, effort })),
  ...[70, 75, 85].map((quality) => webp(`${quality}, effort 2`, { quality, effort: 2 })),
];
const TRANSPARENT: readonly Setting[] = [
  ...[0, 2, 4, 6].map((effort) => webp(`80, effort ${effort}`, { quality: 80, effort })),
  webp('lossless, effort 2', { lossless: true, effort: 2 }),
  { name: 'PNG', encode: (image) => image.png() },
];
const MOVING: readonly Setting[] = [
  ...[0, 2, 4].map((effort) => webp(`70, effort ${effort}`, { quality: 70, effort })),
  webp('80, effort 2', { quality: 80, effort: 2 }),
  { name: 'GIF, effort 1', encode: (image) => image.gif({ effort: 1 }) },
];

async function raw(image: Sharp, pages = 1): Promise<Raw> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels as 3 | 4, pages };
}

const high = (file: string) =>
  raw(sharp(file).autoOrient().resize(1024, 786, { fit: 'inside', withoutEnlargement: true }).removeAlpha());

/** The photograph in a soft-edged disc: what lies outside shines through. */
async function disc(photo: Raw): Promise<Raw> {
  const { width, height } = photo;
  const shape = `<svg width="${width}" height="${height}"><defs><radialGradient id="g"><stop offset=".8" stop-color="#fff"/>
    <stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><ellipse cx="50%" cy="50%" rx="50%" ry="50%" fill="url(#g)"/></svg>`;
  return raw(
    open(photo)
      .ensureAlpha()
      .composite([{ input: Buffer.from(shape), blend: 'dest-in' }]),
  );
}

/** A window of 320 × 240 that moves over the photograph. */
async function pan(photo: Raw): Promise<Raw> {
  const frames: Buffer[] = [];
  for (let n = 0; n < FRAMES; n++) {
    const window = { left: 8 * n, top: 4 * n, width: 320, height: 240 };
    frames.push((await raw(open(photo).extract(window))).data);
  }
  return { data: Buffer.concat(frames), width: 320, height: 240 * FRAMES, channels: 3, pages: FRAMES };
}

function open({ data, width, height, channels, pages }: Raw): Sharp {
  return sharp(data, { raw: { width, height, channels, ...(pages > 1 ? { pageHeight: height / pages } : {}) } });
}

/** As it is seen: what shines through lies on grey. */
async function grey(image: Sharp): Promise<Grey> {
  const { data, info } = await image
    .flatten({ background: '#808080' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const step = info.channels;
  const bytes = step === 1 ? data : Uint8Array.from({ length: data.length / step }, (_, n) => data[n * step] ?? 0);
  return { data: bytes, width: info.width, height: info.height };
}

async function measure({ encode }: Setting, source: Raw) {
  const times: number[] = [];
  let bytes: Buffer = Buffer.alloc(0);
  for (let n = 0; n < REPEAT; n++) {
    const before = process.cpuUsage();
    bytes = await encode(open(source)).toBuffer();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  const likeness = ssim(await grey(open(source)), await grey(sharp(bytes, { animated: source.pages > 1 })));
  return { kb: bytes.length / 1000, ms: median(times), likeness };
}

async function table(title: string, settings: readonly Setting[], sources: readonly Raw[]) {
  process.stdout.write(`\n| ${title} | kB | ms | likeness |\n| --- | --- | --- | --- |\n`);
  for (const setting of settings) {
    const found: { kb: number; ms: number; likeness: number }[] = [];
    for (const source of sources) found.push(await measure(setting, source));
    const mean = (key: 'kb' | 'ms' | 'likeness') => found.reduce((sum, one) => sum + one[key], 0) / found.length;
    const figures = `${mean('kb').toFixed(0)} | ${mean('ms').toFixed(1)} | ${mean('likeness').toFixed(4)}`;
    process.stdout.write(`| ${setting.name} | ${figures} |\n`);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'bowerbird-encoders-'));
try {
  const files = from ? await givenPhotos(from) : await drawPhotos(folder, 6);
  const photos: Raw[] = [];
  for (const file of files) photos.push(await high(file));
  process.stdout.write(`Means of ${photos.length} pictures, milliseconds of processor (${machine()})\n`);
  await table('stills', STILLS, photos);
  const some = photos.slice(0, 8);
  await table('something shines through', TRANSPARENT, await Promise.all(some.map(disc)));
  await table(`${FRAMES} frames of 320 × 240`, MOVING, await Promise.all(some.map(pan)));
} finally {
  await rm(folder, { recursive: true, force: true });
}
