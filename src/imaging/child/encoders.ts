import type { JpegOptions, WebpOptions } from 'sharp';

// Chosen by `npm run bench:encoders`; the table stands in docs/decisions.md.

export const JPEG: JpegOptions = { quality: 80, chromaSubsampling: '4:2:0', optimiseCoding: false };

/** Stills through which something shines, or all of them where the operator wants it so. */
export const WEBP: WebpOptions = { quality: 80, alphaQuality: 90, effort: 2 };

export const MOVING_WEBP: WebpOptions = { quality: 70, effort: 2 };
