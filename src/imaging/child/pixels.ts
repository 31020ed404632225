import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { tierSize } from '../../lib/tiers.ts';
import type { Rendition } from '../../lib/tiers.ts';
import type { Source } from './source.ts';

/** Decoded, upright sRGB of 8 bits. */
export interface Bitmap {
  data: Buffer;
  width: number;
  height: number;
  /** Four only where something shines through. */
  channels: 3 | 4;
}

/** What every tier and fact of a still is made from. */
export interface Pixels extends Bitmap {
  /** The same, just large enough for a crop of `low`: what facts and the place of a crop are found on. */
  small: Bitmap;
}

interface Size {
  width: number;
  height: number;
}

/**
 * The smallest size from which all these tiers can be made without enlarging. Low is cropped, so a panorama must be
 * decoded larger for it than for the tiers that it is fitted into.
 */
export function decodeSize(tiers: readonly Rendition[], width: number, height: number): Size {
  const scales = tiers
    .filter((tier) => tier !== 'full')
    .map((tier) => {
      const size = tierSize(tier, width, height);
      return Math.max(size.width / width, size.height / height);
    });
  const scale = Math.max(0, ...scales);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The size of the smallest copy of `whole` from which `crop` can be cut. */
export function coverSize(whole: Size, crop: Size): Size {
  const scale = Math.min(1, Math.max(crop.width / whole.width, crop.height / whole.height));
  return {
    width: Math.max(Math.min(crop.width, whole.width), Math.round(whole.width * scale)),
    height: Math.max(Math.min(crop.height, whole.height), Math.round(whole.height * scale)),
  };
}

/**
 * Decodes a picture (of an animation: its first frame) once, shrinking on the way. libvips reads the whole file for it,
 * so a truncated one throws here. The colour profile is applied, CMYK, grey and 16 bits become 8-bit sRGB.
 */
export async function decode(source: Source, tiers: readonly Rendition[]): Promise<Pixels> {
  const size = decodeSize(tiers, source.width, source.height);
  const decoded = source.look('first').resize({ ...size, fit: 'fill' });
  const pixels = withoutIdleAlpha(await bitmap(decoded.toColourspace('srgb')));
  const small = coverSize(pixels, tierSize('low', source.width, source.height));
  return { ...pixels, small: await shrunk(pixels, small) };
}

const shrunk = async (pixels: Bitmap, size: Size): Promise<Bitmap> =>
  size.width === pixels.width && size.height === pixels.height
    ? pixels
    : bitmap(lookAt(pixels).resize({ ...size, fit: 'fill' }));

async function bitmap(image: Sharp): Promise<Bitmap> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) throw new TypeError(`sRGB with ${channels} channels`);
  return { data, width, height, channels };
}

/** Screenshots often have an alpha channel through which nothing shines; without it all that follows is quicker. */
function withoutIdleAlpha(picture: Bitmap): Bitmap {
  const { data, width, height, channels } = picture;
  if (channels === 3) return picture;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return picture;
  const packed = Buffer.allocUnsafe(width * height * 3);
  for (let from = 0, to = 0; to < packed.length; from += 4, to += 3) {
    packed[to] = data[from]!;
    packed[to + 1] = data[from + 1]!;
    packed[to + 2] = data[from + 2]!;
  }
  return { data: packed, width, height, channels: 3 };
}

export const lookAt = ({ data, width, height, channels }: Bitmap): Sharp =>
  sharp(data, { raw: { width, height, channels } });
