import { bombAvif } from '../../support/pictures.ts';
import {
  be32,
  join,
  le16,
  le24,
  le32,
  packedZeros,
  patched,
  pngChunk,
  PNG_MAGIC,
  riffChunk,
  text,
  webpOf,
} from './bytes.ts';
import { gifOf, pixelFrame } from './gifs.ts';
import { refused, small, taken, type Case } from './case.ts';

/** A PNG of any size in black, one bit a pixel; `megabytes` is what its data unfold to. */
const png = (width: number, height: number, megabytes: number, depth = 1, colour = 0, interlaced = 0) =>
  join(
    PNG_MAGIC,
    pngChunk('IHDR', join(be32(width, height), [depth, colour, 0, 0, interlaced])),
    pngChunk('IDAT', packedZeros(megabytes)),
    pngChunk('IEND'),
  );

/** Few bytes that say they are very many pixels, or are. Refused by what they say, before anything is unfolded. */
export async function bombs(): Promise<Case[]> {
  const [jpeg, webp, gif] = [await small(), await small({ format: 'webp' }), await small({ format: 'gif' })];
  const sof = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  const pixels = (width: string, height: string, megapixels: string, limit = '100') =>
    refused('too_many_pixels', { width, height, megapixels, limit });
  return [
    ['a PNG of 50,000 × 50,000', png(50_000, 50_000, 299), pixels('50,000', '50,000', '2,500')],
    ['a PNG that only says so', png(50_000, 50_000, 1), pixels('50,000', '50,000', '2,500')],
    ['a PNG of 2,147,483,647 × 2,147,483,647', png(0x7fffffff, 0x7fffffff, 1), refused('broken')],
    ['a PNG of 4,294,967,295 × 1', png(0xffffffff, 1, 1), refused('broken')],
    [
      'an interlaced PNG of 60 million pixels',
      png(10_000, 6000, 8, 1, 0, 1),
      refused('too_many_pixels_of_kind', { megapixels: '60', limit: '50' }),
    ],
    ['a PNG of 100 million pixels that unfolds to 1 MB', png(10_000, 10_000, 1), refused('unprocessable')],
    ['a small PNG that unfolds to 300 MB', png(160, 130, 300), taken('png')],
    [
      'a PNG 30,001 long',
      png(30_001, 130, 1),
      refused('side_too_long', { width: '30,001', height: '130', limit: '30,000' }),
    ],
    [
      'a JPEG that says 65,535 × 65,535',
      patched(jpeg, sof + 5, Buffer.from([255, 255, 255, 255])),
      pixels('65,535', '65,535', '4,294.8'),
    ],
    [
      'a JPEG that says 9,000 × 9,000',
      patched(jpeg, sof + 5, Buffer.from([0x23, 0x28, 0x23, 0x28])),
      taken('jpeg', { width: 9000, height: 9000 }),
    ],
    ['a GIF that says 65,535 × 65,535', patched(gif, 6, le16(65_535, 65_535)), taken('gif')],
    [
      'a GIF of 10,000 frames',
      gifOf({}, Buffer.concat(Array<Buffer>(10_000).fill(pixelFrame()))),
      refused('too_many_frames', { frames: '10,000', limit: '500' }),
    ],
    [
      'a GIF of 501 frames',
      gifOf({}, ...Array<Buffer>(501).fill(pixelFrame())),
      refused('too_many_frames', { frames: '501', limit: '500' }),
    ],
    ['a GIF of 500 frames', gifOf({}, ...Array<Buffer>(500).fill(pixelFrame())), taken('gif', { frames: 500 })],
    [
      'a GIF of 200 frames of 1,000 × 1,000',
      gifOf({ width: 1000, height: 1000 }, ...Array<Buffer>(200).fill(pixelFrame())),
      refused('too_many_frame_pixels', { frames: '200', megapixels: '200' }),
    ],
    [
      'a WebP of 16,383 × 16,383',
      patched(webp, webp.indexOf('VP8 ') + 14, le16(16_383, 16_383)),
      pixels('16,383', '16,383', '268.4'),
    ],
    [
      'a WebP of 16,777,216 × 16,777,216',
      webpOf(riffChunk('VP8X', join(le32(0), le24(0xffffff, 0xffffff))), webp.subarray(12)),
      refused('too_many_pixels'),
    ],
    ['a WebP of 3,000 frames', movingWebp(webp, 3000), refused('too_many_frames', { frames: '3,000', limit: '500' })],
    [
      'an AVIF of 10,000 × 10,000 in 2 kB',
      bombAvif(),
      refused('too_many_pixels_of_kind', { width: '10,000', height: '10,000', megapixels: '100', limit: '36' }),
    ],
    ['30 MB behind a small JPEG', join(jpeg, Buffer.alloc(30 << 20)), taken('jpeg')],
    ['2 MB of text', Buffer.alloc(2 << 20, text('all work and no play. ')), refused('is_text')],
    ['2 MB of zeros', Buffer.alloc(2 << 20), refused('is_unknown')],
  ];
}

/** A canvas on which the same picture is shown so many times. */
const movingWebp = (webp: Buffer, frames: number): Buffer => {
  const frame = riffChunk('ANMF', join(le24(0, 0, 159, 129, 10), [0], webp.subarray(12)));
  return webpOf(
    riffChunk('VP8X', join([2, 0, 0, 0], le24(159, 129))),
    riffChunk('ANIM', join(le32(0), le16(0))),
    ...Array<Buffer>(frames).fill(frame),
  );
};
