import sharp from 'sharp';
import { flipped, join, le16, le24, le32, patched, riffChunk, text, webpOf } from './bytes.ts';
import { refused, small, taken, type Case } from './case.ts';
import { extended } from './metadata.ts';

const ALPHA = 0x10;
const MOVES = 0x02;

const header = (flags: number, width = 160, height = 130) =>
  riffChunk('VP8X', join(le32(flags), le24(width - 1, height - 1)));
const rhythm = (loop = 0) => riffChunk('ANIM', join(le32(0xffffffff), le16(loop)));

interface Frame {
  left?: number;
  top?: number;
  width?: number;
  height?: number;
  ms?: number;
  flags?: number;
}
/** A frame that shows the pixels of a plain WebP. */
const frame = (webp: Buffer, { left = 0, top = 0, width = 160, height = 130, ms = 50, flags = 0 }: Frame = {}) =>
  riffChunk('ANMF', join(le24(left / 2, top / 2, width - 1, height - 1, ms), [flags], webp.subarray(12)));

/** The kinds of WebP that there are, and those that are out of order. */
export async function webps(): Promise<Case[]> {
  const [lossy, clear, lossless, clearLossless] = await Promise.all([
    small({ format: 'webp' }),
    small({ format: 'webp', alpha: true }),
    sharp(await small({ format: 'png' }))
      .webp({ lossless: true })
      .toBuffer(),
    sharp(await small({ format: 'png', alpha: true }))
      .webp({ lossless: true })
      .toBuffer(),
  ]);
  const shining = taken('webp', { alpha: true });
  const body = lossy.subarray(12);
  const vp8 = lossy.indexOf('VP8 ') + 8;
  return [
    ['a WebP with loss', lossy, taken('webp')],
    ['a WebP without loss', lossless, taken('webp')],
    ['a WebP with alpha', clear, shining],
    ['a WebP without loss, with alpha', clearLossless, shining],
    [
      'a WebP with an alpha channel through which nothing shines',
      await small({ format: 'webp', alpha: 'opaque' }),
      taken('webp'),
    ],
    ['a WebP that only says it has alpha', extended(lossy, ALPHA), taken('webp')],
    ['a WebP that does not say it has alpha', patched(clear, 20, '\0'), taken('webp')],
    ['a WebP in its extended form', extended(lossy, 0), taken('webp')],
    ['a WebP that says EXIF and has none', extended(lossy, 0x08), taken('webp')],
    ['a WebP with EXIF of noise', extended(lossy, 0x08, riffChunk('EXIF', Buffer.alloc(99, 0xff))), taken('webp')],
    ['a WebP with a chunk that nobody knows', extended(lossy, 0, riffChunk('abcd', text('x'))), taken('webp')],
    ['a WebP with a canvas that is not its picture', webpOf(header(0, 400, 400), body), refused('broken')],
    ['a WebP of another version', flipped(lossy, vp8, 0x0e), refused('broken')],
    ['a WebP that begins with what is no whole picture', flipped(lossy, vp8, 0x01), refused('broken')],
    ['a WebP of 0 × 130', patched(lossy, vp8 + 6, '\0\0'), refused('broken')],
    ['a WebP without loss of another version', flipped(lossless, 24, 0xe0), refused('broken')],
    [
      'a WebP whose pixels are noise',
      patched(lossy, vp8 + 30, Buffer.from(Array.from({ length: 300 }, (_, n) => (n * 91) % 256))),
      taken('webp'),
    ],
    ['a WebP without pixels', webpOf(header(0)), refused('broken')],
    ['a WebP of nothing', webpOf(), refused('broken')],
    ['a WebP that says it is longer', patched(lossy, 4, le32(lossy.length + 4000)), refused('broken')],
    ['a WebP that says it is shorter', patched(lossy, 4, le32(lossy.length - 508)), refused('broken')],
    ['a WebP of 4 GB, it says', patched(lossy, 4, le32(0xffffffff)), refused('broken')],
    ['a WebP that says its pixels are of 4 GB', patched(lossy, 16, le32(0xfffffff0)), refused('broken')],
    ...(await moving(lossy)),
  ];
}

async function moving(lossy: Buffer): Promise<Case[]> {
  const tiny = await small({ format: 'webp', width: 20, height: 20 });
  const film = (...frames: Buffer[]) => webpOf(header(MOVES), rhythm(), ...frames);
  const two = taken('webp', { frames: 2 });
  const corner = { width: 20, height: 20 };
  return [
    ['an animated WebP', film(frame(lossy), frame(lossy)), two],
    [
      'an animated WebP that is shown 65,535 times',
      webpOf(header(MOVES), rhythm(65_535), frame(lossy), frame(lossy)),
      two,
    ],
    ['an animated WebP without pauses', film(frame(lossy, { ms: 0 }), frame(lossy, { ms: 0 })), two],
    ['an animated WebP with pauses of four hours', film(frame(lossy, { ms: 0xffffff }), frame(lossy)), two],
    [
      'an animated WebP with small frames at its edges',
      film(frame(lossy), frame(tiny, { ...corner, left: 140, top: 110 })),
      two,
    ],
    [
      'an animated WebP whose frames are cleared',
      film(frame(lossy, { flags: 1 }), frame(tiny, { ...corner, flags: 3 })),
      two,
    ],
    [
      'an animated WebP whose first frame is small',
      film(frame(tiny, corner), frame(lossy)),
      taken('webp', { frames: 2, alpha: true }),
    ],
    [
      'an animated WebP with a frame outside',
      film(frame(lossy), frame(tiny, { ...corner, left: 150, top: 110 })),
      refused('broken'),
    ],
    [
      'an animated WebP whose frame is not what it says',
      film(frame(lossy), frame(tiny, { width: 90, height: 90 })),
      two,
    ],
    ['an animated WebP of one frame', film(frame(lossy)), taken('webp')],
    ['an animated WebP of no frame', film(), refused('broken')],
    [
      'an animated WebP that does not say it moves',
      webpOf(header(0), rhythm(), frame(lossy), frame(lossy)),
      refused('broken'),
    ],
    ['an animated WebP without a rhythm', webpOf(header(MOVES), frame(lossy), frame(lossy)), refused('broken')],
    ['an animated WebP whose last frame is cut', film(frame(lossy), frame(lossy)).subarray(0, -400), refused('broken')],
  ];
}
