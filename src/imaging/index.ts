import type { Quality, Tier } from '../lib/tiers.ts';

export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif';

/** A tier as the child made it: a file in the folder it was given, to be kept or removed by the caller. */
export interface RenderedTier {
  tier: Tier;
  /** Absolute path. Tiers that came out the same share one file: then `path` is the same. */
  path: string;
  width: number;
  height: number;
  bytes: number;
  /** `image/jpeg`, `image/webp`, … */
  type: string;
  sha256: string;
}

/** Facts of an image as people see it: upright, in pixels of one frame. */
export interface Inspection {
  format: ImageFormat;
  type: string;
  width: number;
  height: number;
  frames: number;
  animated: boolean;
  /** Whether there is transparency. */
  alpha: boolean;
  /** An animation that we can only show as a still: APNG or an AVIF sequence. */
  still_of: 'apng' | 'avif_sequence' | null;
  quality: Quality;
  /** 64-bit perceptual hash as 16 hex digits (DCT over 32 × 32 grey). */
  phash: string;
  /** `#rrggbb` */
  colour: string;
  /** A 16-pixel WebP of at most 200 bytes, base64. */
  placeholder: string;
}

export interface ImagingLimits {
  maxPixels: number;
  maxFrames: number;
  minWidth: number;
  minHeight: number;
}

export interface Imaging {
  /**
   * Opens `file`, checks that it is one of the five formats within the limits, decodes it and makes High into `folder`.
   * A Refusal (422: not_an_image, too_small, too_many_pixels, broken) says what is wrong, without a field.
   */
  inspect(file: string, folder: string): Promise<{ facts: Inspection; high: RenderedTier }>;
  /** Makes the named tiers from the original, decoded once. */
  render(file: string, folder: string, tiers: readonly Tier[]): Promise<RenderedTier[]>;
  /** Ends the children; calls under way fail. */
  close(): Promise<void>;
}
