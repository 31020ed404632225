import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { PICTURE_TYPES } from '../../lib/sniff.ts';
import { phash, PHASH_SIDE } from '../../lib/phash.ts';
import { qualityOf } from '../../lib/tiers.ts';
import type { Facts } from '../protocol.ts';
import { lookAt } from './pixels.ts';
import type { Pixels } from './pixels.ts';
import type { Source } from './source.ts';

const PLACEHOLDER_BYTES = 200;

/** What is to be known of a picture; `pixels` is any small rendition of it. */
export async function factsOf(source: Source, pixels: Pixels): Promise<Facts> {
  const { format, width, height, frames, animated } = source;
  return {
    format,
    type: PICTURE_TYPES[format],
    width,
    height,
    frames,
    animated,
    alpha: !pixels.opaque,
    still_of: source.stillOf,
    quality: qualityOf(width, height),
    phash: phash(await greys(pixels)),
    colour: await dominantColour(pixels),
    placeholder: (await placeholder(pixels)).toString('base64'),
  };
}

/** Transparency becomes middle grey, on which both a black and a white drawing can be told from nothing. */
const greys = (pixels: Pixels): Promise<Buffer> =>
  lookAt(pixels)
    .flatten({ background: '#808080' })
    .resize(PHASH_SIDE, PHASH_SIDE, { fit: 'fill' })
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer();

async function dominantColour(pixels: Pixels): Promise<string> {
  const small = await shrunk(pixels, 64, (image) => image.flatten({ background: '#ffffff' }));
  const { dominant } = await small.stats();
  return `#${[dominant.r, dominant.g, dominant.b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** A blur of at most 200 bytes to show until a tier has loaded: the best quality that fits, then without alpha. */
async function placeholder(pixels: Pixels): Promise<Buffer> {
  for (const flat of [false, true]) {
    const small = await shrunk(pixels, 16, (image) => (flat ? image.flatten({ background: '#ffffff' }) : image));
    for (const quality of [50, 25, 10, 1]) {
      const bytes = await small.clone().webp({ quality, alphaQuality: quality, effort: 4 }).toBuffer();
      if (bytes.length <= PLACEHOLDER_BYTES) return bytes;
    }
  }
  throw new TypeError('no placeholder fits');
}

async function shrunk(pixels: Pixels, side: number, prepare: (image: Sharp) => Sharp): Promise<Sharp> {
  const { data, info } = await prepare(lookAt(pixels))
    .resize(side, side, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } });
}
