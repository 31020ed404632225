import { open, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { readAuthorship, type Authorship } from '../../lib/authorship/index.ts';
import { isWholeGif, xmpOfGif } from '../../lib/gif.ts';
import { knownOrientation } from '../../lib/orientation.ts';
import { pixelSize } from '../../lib/pixel-size.ts';
import { isAvifSequence, SNIFF_BYTES } from '../../lib/sniff.ts';
import type { PictureFormat } from '../../lib/sniff.ts';
import type { ImagingLimits } from '../index.ts';
import type { Ask } from '../protocol.ts';
import { HEAD_BYTES, headOf } from '../results.ts';
import { checkLimits } from './limits.ts';
import { NotTaken } from './verdict.ts';

// All of libvips' loaders out, then the five formats' in. A misspelt name is silently ignored: tests open each format.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadHeifFile',
  ],
});

/** A picture that was opened and lies within the limits. Sizes are upright and of one frame. */
export interface Source {
  file: string;
  format: PictureFormat;
  width: number;
  height: number;
  frames: number;
  animated: boolean;
  stillOf: 'apng' | 'avif_sequence' | null;
  authorship: Authorship;
  /** How all frames together have still to be turned, each by itself, by EXIF's number: 1 is upright. */
  turn: number;
  /** Opens all frames, or a single one. Every look at the file goes through here, so that all see the same. */
  look(which: 'all' | 'first'): Sharp;
}

/** Opens a file and checks it against the limits, before a single pixel is decoded. */
export async function openSource({ file, format, limits }: Ask): Promise<Source> {
  // Without a limit here, since the sentence wants the numbers of what is too large.
  const facts = await sharp(file, { failOn: 'error', limitInputPixels: false })
    .metadata()
    .catch(async (error: unknown) => {
      if (format === 'jpeg' || format === 'webp') await checkSaid(file, format, limits);
      throw error;
    });
  await checkFormat(file, format, facts);
  const frames = format === 'gif' || format === 'webp' ? (facts.pages ?? 1) : 1;
  const { width, height } = facts.autoOrient;
  checkLimits({ format, width, height, frames, progressive: facts.isProgressive }, limits);

  const gif = format === 'gif' ? await readFile(file) : null;
  if (gif && !isWholeGif(gif)) throw new NotTaken('broken');

  const options: SharpOptions = { failOn: 'error', limitInputPixels: limits.maxPixels };
  if (format === 'avif' && facts.pagePrimary) options.page = facts.pagePrimary;
  // sharp takes a profile's colours to sRGB, but those of 16 bits to Display P3: from there it is told to go on.
  const wide = facts.hasProfile && facts.space === 'rgb16';
  const turn = frames > 1 ? knownOrientation(facts.orientation) : 1;
  return {
    file,
    format,
    width,
    height,
    frames,
    animated: frames > 1,
    stillOf: await stillOf(file, format),
    authorship: authorshipOf(facts, gif),
    turn,
    look(which) {
      const all = frames > 1 && which === 'all';
      const opened = sharp(file, all ? { ...options, pages: -1 } : options);
      const upright = all && turn > 1 ? opened : opened.autoOrient();
      return wide ? upright.withIccProfile('srgb', { attach: false }) : upright;
    },
  };
}

/** libvips reads no metadata of a GIF. */
function authorshipOf({ exif, iptc, xmp, comments }: Metadata, gif: Buffer | null): Authorship {
  return readAuthorship({ exif, iptc, xmp: gif ? xmpOfGif(gif) : xmp, texts: comments });
}

/** These decoders do not even look at what is very large: then its size is said all the same. */
async function checkSaid(file: string, format: 'jpeg' | 'webp', limits: ImagingLimits) {
  const size = pixelSize(format, await headOf(file, HEAD_BYTES));
  if (size) checkLimits({ format, ...size, frames: 1, progressive: false }, { ...limits, minWidth: 0, minHeight: 0 });
}

async function checkFormat(file: string, format: PictureFormat, facts: Metadata) {
  if (facts.format === 'heif' && facts.compression !== 'av1' && !(await hasAv1(file))) throw new NotTaken('is_heic');
  if ((facts.format === 'heif' ? 'avif' : facts.format) !== format) throw new NotTaken('broken');
}

/** libvips goes by the first brand alone, and some programs write a general one there, and `avif` behind it. */
const hasAv1 = async (file: string) => (await headOf(file, HEAD_BYTES)).includes('av01');

/** libvips shows APNG and AVIF sequences as stills; people are told so. */
async function stillOf(file: string, format: PictureFormat): Promise<Source['stillOf']> {
  if (format !== 'png' && format !== 'avif') return null;
  const handle = await open(file);
  try {
    const read = async (at: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    if (format === 'avif') return isAvifSequence(await read(0, SNIFF_BYTES)) ? 'avif_sequence' : null;
    return (await hasAnimationChunk(read)) ? 'apng' : null;
  } finally {
    await handle.close();
  }
}

/** An APNG has an `acTL` chunk before its first `IDAT`. Only the chunks' headers are read, and not without end. */
async function hasAnimationChunk(read: (at: number, length: number) => Promise<Buffer>): Promise<boolean> {
  for (let at = 8, chunks = 0; chunks < 1000; chunks++) {
    const header = await read(at, 8);
    const type = header.toString('latin1', 4);
    if (type === 'acTL') return true;
    if (header.length < 8 || type === 'IDAT') return false;
    at += 12 + header.readUInt32BE();
  }
  return false;
}
