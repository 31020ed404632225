import type { PictureFormat } from '../../lib/sniff.ts';
import type { ImagingLimits } from '../index.ts';
import type { Verdict } from '../protocol.ts';
import { NotTaken } from './verdict.ts';

/** No side may be longer: beyond, shrinking costs more than the pixels say, and no screen shows it. */
export const MAX_SIDE = 30_000;
/** AVIF holds the whole picture in memory several times over while it is decoded (security.md 0, row 4). */
export const MAX_AVIF_PIXELS = 36_000_000;
/** Progressive JPEG and interlaced PNG hold it once, where the plain kinds stream. */
export const MAX_PROGRESSIVE_PIXELS = 50_000_000;

export interface Measures {
  format: PictureFormat;
  width: number;
  height: number;
  frames: number;
  progressive: boolean;
}

/** Throws NotTaken where a picture is larger or smaller than the site takes, with the numbers for the sentence. */
export function checkLimits(picture: Measures, limits: ImagingLimits): void {
  const { width, height, frames } = picture;
  checkPixels(picture, limits.maxPixels);
  if (width > MAX_SIDE || height > MAX_SIDE) throw new NotTaken('side_too_long', { width, height, limit: MAX_SIDE });
  if (frames > limits.maxFrames) throw new NotTaken('too_many_frames', { frames, limit: limits.maxFrames });
  const pixels = width * height * frames;
  if (pixels > limits.maxPixels)
    throw new NotTaken('too_many_frame_pixels', { frames, width, height, pixels, limit: limits.maxPixels });
  const { minWidth: min_width, minHeight: min_height } = limits;
  if (width < min_width || height < min_height)
    throw new NotTaken('too_small', { width, height, min_width, min_height });
}

function checkPixels({ format, width, height, progressive }: Measures, maxPixels: number) {
  const ofKind = format === 'avif' ? MAX_AVIF_PIXELS : progressive ? MAX_PROGRESSIVE_PIXELS : maxPixels;
  const params: Verdict['params'] = { width, height, pixels: width * height };
  if (width * height > maxPixels) throw new NotTaken('too_many_pixels', { ...params, limit: maxPixels });
  if (width * height > ofKind) throw new NotTaken('too_many_pixels_of_kind', { ...params, limit: ofKind });
}
