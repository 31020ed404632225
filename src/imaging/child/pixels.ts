import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { tierSize } from '../../lib/tiers.ts';
import type { Rendition } from '../../lib/tiers.ts';
import type { Source } from './source.ts';

/** Decoded, upright sRGB of 8 bits: what every tier and fact of a still is made from. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 3 | 4;
  opaque: boolean;
}

/**
 * The smallest size from which all these tiers can be made without enlarging. Low is cropped, so a panorama must be
 * decoded larger for it than for the tiers that it is fitted into.
 */
export function decodeSize(
  tiers: readonly Rendition[],
  width: number,
  height: number,
): { width: number; height: number } {
  const scales = tiers
    .filter((tier) => tier !== 'full')
    .map((tier) => {
      const size = tierSize(tier, width, height);
      return Math.max(size.width / width, size.height / height);
    });
  const scale = Math.max(0, ...scales);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Decodes a picture (of an animation: its first frame) once, shrinking on the way. libvips reads the whole file for it,
 * so a truncated one throws here. The colour profile is applied, CMYK, grey and 16 bits become 8-bit sRGB.
 */
export async function decode(source: Source, tiers: readonly Rendition[]): Promise<Pixels> {
  const { data, info } = await source
    .look('first')
    .resize({ ...decodeSize(tiers, source.width, source.height), fit: 'fill' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) throw new TypeError(`sRGB with ${channels} channels`);
  const pixels = { data, width, height, channels, opaque: true };
  if (channels === 4) pixels.opaque = (await lookAt(pixels).stats()).isOpaque;
  return pixels;
}

export const lookAt = ({ data, width, height, channels }: Omit<Pixels, 'opaque'>): Sharp =>
  sharp(data, { raw: { width, height, channels } });
