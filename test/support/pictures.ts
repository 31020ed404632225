import { crc32, deflateSync, gzipSync, inflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';

export type Format = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif';
export type Colour = { r: number; g: number; b: number };

export interface Picture {
  /** Default jpeg. */
  format?: Format;
  /** As a person sees it, upright; default 400 × 300. */
  width?: number;
  height?: number;
  /**
   * `mosaic`: soft patches, other ones for each `seed`, so that two seeds look unlike; `quarters`: red, green over blue,
   * white; `flat`: one colour; `noise`: what compresses badly; `subject`: a bright striped square on grey at `at`.
   */
  drawing?: 'mosaic' | 'quarters' | 'flat' | 'noise' | 'subject';
  seed?: number;
  colour?: Colour;
  /** Where the subject's middle is, from 0 to 1. */
  at?: { x: number; y: number };
  /** EXIF orientation 1–8: how a camera held so stores the same upright picture. */
  orientation?: number;
  /** The right half is see-through (png, webp, avif, gif). `opaque`: an alpha channel through which nothing shines. */
  alpha?: boolean | 'opaque';
  /** More than one makes an animation (gif, webp) of as many different frames. */
  frames?: number;
  /** Progressive JPEG, interlaced PNG. */
  progressive?: boolean;
  /** EXIF with camera, serial number, author and the place where it was taken. */
  exif?: boolean;
  /** `p3`, or the path of a profile: the pixels are stored in its numbers. */
  profile?: string;
  /** `rgb16`: of 16 bits, which are 10 in an AVIF. */
  space?: 'cmyk' | 'grey' | 'rgb16';
  palette?: boolean;
  quality?: number;
}

/** Makes a picture's bytes. The one builder for all tests. */
export async function picture(wanted: Picture = {}): Promise<Buffer> {
  const { format = 'jpeg', frames = 1 } = wanted;
  if (frames > 1) return animation(wanted, frames);
  const drawn = await drawing(wanted);
  return encoded(await stored(drawn, wanted.orientation ?? 1), format, wanted);
}

async function animation({ format = 'gif', ...wanted }: Picture, frames: number): Promise<Buffer> {
  const each = Array.from({ length: frames }, async (_, n) => {
    const frame = await drawing({ ...wanted, seed: (wanted.seed ?? 1) * 1000 + n });
    return frame.png({ compressionLevel: 1 }).toBuffer();
  });
  const joined = sharp(await Promise.all(each), { join: { animated: true }, limitInputPixels: false });
  const timing = { loop: 0, delay: Array.from({ length: frames }, () => 80) };
  return (format === 'webp' ? joined.webp({ effort: 0, ...timing }) : joined.gif({ effort: 1, ...timing })).toBuffer();
}

async function drawing(wanted: Picture): Promise<Sharp> {
  const { width = 400, height = 300, alpha = false } = wanted;
  const drawn = await painted(wanted, width, height);
  if (!alpha) return drawn;
  const left = alpha === 'opaque' ? width : Math.ceil(width / 2);
  const mask = sharp({ create: { width: left, height, channels: 3, background: '#fff' } })
    .extend({ right: width - left, background: '#000' })
    .toColourspace('b-w');
  return settled(drawn.joinChannel(await mask.png().toBuffer()));
}

async function painted(wanted: Picture, width: number, height: number): Promise<Sharp> {
  const { drawing = 'mosaic', seed = 1, colour = { r: 200, g: 120, b: 60 }, at = { x: 0.5, y: 0.5 } } = wanted;
  const flat = (background: Colour, w = width, h = height) =>
    sharp({ create: { width: w, height: h, channels: 3, background } });
  if (drawing === 'flat') return flat(colour);
  if (drawing === 'quarters')
    return tiny([RED, GREEN, BLUE, WHITE], 2).resize(width, height, { kernel: 'nearest', fit: 'fill' });
  if (drawing === 'noise') return sharp(random(seed, width * height * 3), { raw: { width, height, channels: 3 } });
  if (drawing === 'mosaic') return mosaic(seed).resize(width, height, { kernel: 'cubic', fit: 'fill' });
  const side = Math.round(Math.min(width, height) / 4);
  const subject = await tiny([RED, WHITE, WHITE, RED], 2).resize(side, side, { kernel: 'nearest' }).png().toBuffer();
  const left = Math.round((width - side) * at.x);
  return settled(
    flat({ r: 128, g: 128, b: 128 }).composite([{ input: subject, left, top: Math.round((height - side) * at.y) }]),
  );
}

const RED = [230, 20, 20];
const GREEN = [20, 200, 20];
const BLUE = [20, 20, 230];
const WHITE = [250, 250, 250];

const tiny = (colours: readonly (readonly number[])[], width: number) =>
  sharp(Buffer.from(colours.flat()), { raw: { width, height: colours.length / width, channels: 3 } });

const MOSAIC = 8;
const mosaic = (seed: number) =>
  sharp(random(seed, MOSAIC * MOSAIC * 3), { raw: { width: MOSAIC, height: MOSAIC, channels: 3 } });

/** Bytes that are the same for the same seed (mulberry32, by Tommy Ettinger). */
function random(seed: number, length: number): Buffer {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return Buffer.from(
    Uint8Array.from({ length }, () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return mixed >>> 24;
    }),
  );
}

/** Carries the steps so far out: sharp sorts the steps of one pipeline into an order of its own. */
async function settled(image: Sharp): Promise<Sharp> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } });
}

/** The upright picture as a camera stores it that then writes `orientation`: the way back of what EXIF asks viewers to do. */
async function stored(image: Sharp, orientation: number): Promise<Sharp> {
  const turned = async (degrees: number) => (degrees ? settled(image.rotate(degrees)) : image);
  const steps: Record<number, () => Promise<Sharp>> = {
    2: async () => image.flop(),
    3: () => turned(180),
    4: async () => image.flip(),
    5: async () => settled((await turned(90)).flop()),
    6: () => turned(270),
    7: async () => settled((await turned(270)).flop()),
    8: () => turned(90),
  };
  return (await steps[orientation]?.()) ?? image;
}

const EXIF = {
  IFD0: { Make: 'SpyCam', Model: 'SpyCam 3000', Artist: 'Erika Mustermann', Copyright: 'Erika Mustermann 2026' },
  IFD2: { BodySerialNumber: 'SN-424242', DateTimeOriginal: '2026:01:02 03:04:05' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '51/1 30/1 3230/100',
    GPSLongitudeRef: 'W',
    GPSLongitude: '0/1 7/1 4366/100',
  },
};

function encoded(image: Sharp, format: Format, wanted: Picture): Promise<Buffer> {
  const { space, profile, orientation, exif, progressive = false, palette = false, quality = 90 } = wanted;
  let out = image;
  if (space) out = out.toColourspace({ cmyk: 'cmyk', grey: 'b-w', rgb16: 'rgb16' }[space]);
  if (profile) out = out.withIccProfile(profile);
  if (exif) out = out.withExif(EXIF);
  if (orientation) out = out.withMetadata({ orientation });
  const encoders: Record<Format, () => Sharp> = {
    jpeg: () => out.jpeg({ quality, progressive, chromaSubsampling: '4:4:4' }),
    png: () => out.png({ compressionLevel: 2, progressive, palette }),
    gif: () => out.gif({ effort: 1 }),
    webp: () => out.webp({ quality, effort: 0 }),
    avif: () => out.avif({ quality, effort: 0, bitdepth: space === 'rgb16' ? 10 : 8 }),
  };
  return encoders[format]().toBuffer();
}

/** The beginning of a file: a fraction of it, or all but so many bytes where `keep` is negative. */
export const cut = (bytes: Buffer, keep: number): Buffer =>
  bytes.subarray(0, keep < 0 ? bytes.length + keep : Math.floor(bytes.length * keep));

const pngChunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
};

const words32 = (...numbers: number[]) => {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32BE(number, at * 4);
  return bytes;
};

const PNG_MAGIC = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A black one-bit PNG of any size: some hundred kilobytes that unfold to gigapixels. */
export function bombPng(width: number, height: number): Buffer {
  const header = Buffer.concat([words32(width, height), Buffer.from([1, 0, 0, 0, 0])]);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 1 });
  return Buffer.concat([
    PNG_MAGIC,
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A real white AVIF of 10,000 × 10,000 in 1,950 bytes; to encode one takes ten seconds. */
export const bombAvif = (): Buffer => inflateRawSync(Buffer.from(BOMB_AVIF, 'base64'));

/** An animated PNG of two frames, of which decoders that know no animation see the first. */
export async function apng(wanted: Picture = {}): Promise<Buffer> {
  const [first, second] = await Promise.all([1, 2].map((seed) => picture({ ...wanted, seed, format: 'png' })));
  if (!first || !second) throw new Error('no frames');
  const { width = 400, height = 300 } = wanted;
  const control = (number: number) =>
    pngChunk('fcTL', Buffer.concat([words32(number, width, height, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])]));
  const frame = pngChunk('fdAT', Buffer.concat([words32(2), pixelsOf(second)]));
  const at = first.indexOf('IDAT') - 4;
  const animated = pngChunk('acTL', words32(2, 0));
  return Buffer.concat([
    first.subarray(0, at),
    animated,
    control(0),
    first.subarray(at, -12),
    control(1),
    frame,
    first.subarray(-12),
  ]);
}

function pixelsOf(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return Buffer.concat(parts);
}

export const html = (body = 'Not found'): Buffer =>
  Buffer.from(`<!DOCTYPE html>\n<html lang="en"><head><title>Page</title></head><body>${body}</body></html>\n`);
export const svg = (): Buffer =>
  Buffer.from(
    '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300"/></svg>',
  );
export const svgz = (): Buffer => gzipSync(svg());
export const pdf = (): Buffer =>
  Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

const boxed = (brand: string, ...compatible: string[]) => {
  const names = Buffer.from([brand, '\0\0\0\0', ...compatible].join(''), 'latin1');
  return Buffer.concat([
    words32(names.length + 8),
    Buffer.from('ftyp'),
    names,
    words32(16),
    Buffer.from('mdat'),
    Buffer.alloc(8),
  ]);
};
/** Only the beginning of one: enough to be told what it is. */
export const heic = (): Buffer => boxed('heic', 'mif1', 'heic');
export const mp4 = (): Buffer => boxed('isom', 'isom', 'iso2', 'avc1', 'mp41');
export const jxl = (): Buffer => Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1');
export const ico = (): Buffer => Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]), Buffer.alloc(40)]);
export const bmp = (): Buffer =>
  Buffer.concat([Buffer.from('BM'), Buffer.alloc(12), Buffer.from([40, 0, 0, 0]), Buffer.alloc(200)]);
export const zip = (): Buffer => Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(40)]);
export const tiff = (): Promise<Buffer> =>
  sharp({ create: { width: 200, height: 200, channels: 3, background: '#a86' } })
    .tiff()
    .toBuffer();

const BOMB_AVIF = [
  'Y2BgkEkrqSxILMtMY2BgYMjNTDMEsXMzE0H8a7mpJYkMEKCYkZJTBGUzFGQmlzCgAaXMnPxkEMPFgYGRgREs9gtKM7AtYWBgUM7M',
  'zANbAxYVzcxLS2WC8hLLDAxBTL6CzJJcuJKwzIKiAgYGBovMguR8BgYGnsQyQ+dGe7AmkcziglSI4eoCEMwgUJBZkQkSYebg4GBg',
  'YBDLLMiFuZ+RgZG5kYmZgYFtTW5KYokQAxe3/fd0/jm2S1hMpByMJvEKnP+U1PL+//+P6Q8cGOLPn9L6Llm8uHhi17OagoTTOdrM',
  'VQtjFtnO++tutTXz1VzlqdOCC3umu63g3aTe9vany2R1xtMXqnxFjdT2Fc/Z6P9P7e+7HJXSN991pB6eL7ktczrlF8O0thNHfK+q',
  'dWn94Y3YtS8OZsGEn65ClhfPWOycpb8saXqn3YuAty+M0voOHBdNuZ6f9u6enwn3jRJv3s+fz8dcUepd1JT9mS0nt1jvbd2pIJn7',
  'Yt93iSssX//3yHEl5kf3NHa1c042ntcX3tjIQWvzK0k0//eMH0uEJPXTZkzu2+HRx3LqbNXCdRZ3jZhfHlm3KdVzGdO+aebCJ3kf',
  'GS6QKLIuXdPxf1pL7Pf3fJ9npDeen/VNWoSfu1bnQpLr9ZmWpRNgXivqFizbFpOT+9Rub+hcy4c3+5kE2mbe/xezpeO/+s47ea9t',
  'f+509Iov/hXg/HnHujUVUxYJMRx+yvLnIredMUfknFw9J/a8D5bl5mc6lyU63aqdOkWj7aj8pHaLE+HnT2kK7d65ZHmu8g4zCynP',
  'Fy/zby6aqv6iU+bL80/zm1mY81g7Le8xSB+6b+N0NYOjTOxBa4KAehF34qTuM85RTas2R6T92NskacJ0fMOhM3NLn95cMjHrO5fU',
  'IQWaGVxEvMGJop8LZGriw95LKJ2dqng1p+qV4puaM+dcytd/etTJ18nn+PLEx1spTac2TGPSX2TpWPSgMOzKMpPHvadc229PrTiu',
  'L8bw75Kic8jCBaOxMBhioZJ2saCg9jGv93Bx6GKnKm8dPZ0FOTunreo6cTNOg0euSG1bNSneJTocf4THnYvfz8m2Y9KT57dlg/v5',
  '5eetk5/yU2n51TMvWu7oOAyEnXSN1SvrXaz4a5NS1QutvPYBAA==',
].join('');
