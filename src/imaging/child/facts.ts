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
  // What is asked of a few pixels is asked of a small copy, made once.
  const small = await shrunk(pixels, 64);
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
    colour: await dominantColour(small),
    placeholder: (await placeholder(small)).toString('base64'),
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

const CELLS = 16;

/**
 * The middle of the fullest of 16 × 16 × 16 cells of the colour cube: what sharp's statistics call dominant, without all
 * the others, which take ten times as long.
 */
async function dominantColour(small: Small): Promise<string> {
  const { data, info } = await lookAt(small)
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const cells = new Uint32Array(CELLS ** 3);
  let fullest = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
    const cell = ((r >> 4) * CELLS + (g >> 4)) * CELLS + (b >> 4);
    const count = (cells[cell] ?? 0) + 1;
    cells[cell] = count;
    if (count > (cells[fullest] ?? 0)) fullest = cell;
  }
  const parts = [fullest >> 8, (fullest >> 4) & 15, fullest & 15];
  return `#${parts.map((part) => (part * CELLS + CELLS / 2).toString(16).padStart(2, '0')).join('')}`;
}

/** A blur of at most 200 bytes to show until a tier has loaded: the best quality that fits, then without alpha. */
async function placeholder(small: Small): Promise<Buffer> {
  for (const flat of [false, true]) {
    const tiny = await shrunk(small, 16, (image) => (flat ? image.flatten({ background: '#ffffff' }) : image));
    for (const quality of [50, 25, 10, 1]) {
      const bytes = await lookAt(tiny).webp({ quality, alphaQuality: quality, effort: 4 }).toBuffer();
      if (bytes.length <= PLACEHOLDER_BYTES) return bytes;
    }
  }
  throw new TypeError('no placeholder fits');
}

type Small = Omit<Pixels, 'opaque'>;

async function shrunk(pixels: Small, side: number, prepare = (image: Sharp) => image): Promise<Small> {
  const { data, info } = await prepare(lookAt(pixels))
    .resize(side, side, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}
