import { apng } from '../../support/pictures.ts';
import { be32, flipped, join, noise, patched, pngChunk, PNG_MAGIC, withChunks } from './bytes.ts';
import { refused, SIZE, small, taken, type Case } from './case.ts';
import { palette, png, pngKinds } from './png-kinds.ts';

/** PNGs of every kind, and those that are out of order. */
export async function pngs(): Promise<Case[]> {
  const plain = await small({ format: 'png' });
  const rgb = { depth: 8, colour: 2 };
  const idat = plain.indexOf('IDAT');
  const header = (...bytes: number[]) => join(PNG_MAGIC, pngChunk('IHDR', Buffer.from(bytes)), plain.subarray(33));
  const [w, h] = [
    [0, 0, 0, 160],
    [0, 0, 0, 130],
  ];
  return [
    ...pngKinds(),
    ['an interlaced PNG', await small({ format: 'png', progressive: true }), taken('png')],
    ['a PNG in many pieces', png({ ...rgb, pieces: 3 }), taken('png')],
    ['a PNG of 0 × 130', png({ ...rgb, width: 0 }), refused('broken')],
    ['a PNG of 160 × 0', png({ ...rgb, height: 0 }), refused('broken')],
    ['a PNG of 3 bits', header(...w, ...h, 3, 0, 0, 0, 0), refused('broken')],
    ['a PNG of a colour that is none', header(...w, ...h, 8, 5, 0, 0, 0), refused('broken')],
    ['a PNG of another packing', header(...w, ...h, 8, 2, 9, 0, 0), refused('broken')],
    ['a PNG of another interlacing', header(...w, ...h, 8, 2, 0, 0, 7), refused('broken')],
    ['a PNG with a filter that is none', png({ ...rgb, filter: 9 }), refused('broken')],
    ['a PNG with a row too few', png({ ...rgb, less: 481 }), refused('broken')],
    ['a PNG with pixels too many', png({ ...rgb, less: -999 }), taken('png')],
    ['a PNG of palette without one', png({ depth: 8, colour: 3 }), refused('broken')],
    ['a PNG of palette with too few colours', png({ depth: 8, colour: 3, chunks: [palette(0)] }), refused('broken')],
    ['a PNG with a palette of 257', png({ depth: 8, colour: 3, chunks: [palette(257)] }), refused('broken')],
    ['a PNG with a wrong check of its header', flipped(plain, 30), refused('broken')],
    ['a PNG with a wrong check of its pixels', flipped(plain, plain.length - 14), refused('broken')],
    ['a PNG with a wrong check of a text', withChunks(plain, pngChunk('tEXt', 'a\0b', 7)), taken('png')],
    ['a PNG with a changed pixel', flipped(plain, idat + 400), refused('broken')],
    [
      'a PNG with noise for pixels',
      join(plain.subarray(0, idat - 4), pngChunk('IDAT', noise(5, 500)), pngChunk('IEND')),
      refused('broken'),
    ],
    ['a PNG without pixels', join(plain.subarray(0, idat - 4), pngChunk('IEND')), refused('broken')],
    ['a PNG with its header twice', join(plain.subarray(0, 33), plain.subarray(8)), refused('broken')],
    ['a PNG without a header', join(PNG_MAGIC, plain.subarray(33)), refused('broken')],
    ['a PNG with a critical chunk that nobody knows', withChunks(plain, pngChunk('ABCD', 'x')), refused('broken')],
    ['a PNG with a chunk that nobody knows', withChunks(plain, pngChunk('abCd', 'x')), taken('png')],
    [
      'a PNG with a chunk of 2 GB',
      patched(withChunks(plain, pngChunk('abCd', 'x')), 33, be32(0x7fffffff)),
      refused('broken'),
    ],
    [
      'a PNG with a name of a chunk that is none',
      withChunks(plain, pngChunk('\x01\x02\x03\x04', 'x')),
      refused('broken'),
    ],
    ['a PNG of the iPhone', join(PNG_MAGIC, pngChunk('CgBI', be32(0x50002002)), plain.subarray(8)), refused('broken')],
    ['a MNG', join('\x8aMNG\r\n\x1a\n', Buffer.alloc(40)), refused('is_other')],
    ['an APNG', await apng(SIZE), taken('png', { still_of: 'apng' })],
    ['an APNG whose second frame is noise', await noisyApng(), taken('png', { still_of: 'apng' })],
    [
      'an APNG that says no frames',
      withChunks(plain, pngChunk('acTL', be32(0, 0))),
      taken('png', { still_of: 'apng' }),
    ],
  ];
}

async function noisyApng() {
  const bytes = await apng(SIZE);
  const at = bytes.indexOf('fdAT');
  return join(bytes.subarray(0, at - 4), pngChunk('fdAT', join(be32(2), noise(6, 300))), pngChunk('IEND'));
}
