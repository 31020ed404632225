import { deflateSync } from 'node:zlib';
import {
  be16,
  be32,
  join,
  le16,
  le32,
  noise,
  packedZeros,
  pngChunk,
  riffChunk,
  segment,
  withChunks,
  withSegments,
} from './bytes.ts';
import { refused, small, taken, type Case } from './case.ts';
import { extended } from './metadata.ts';

const icc = (...parts: Buffer[]) =>
  parts.map((part, n) => segment(0xe2, join('ICC_PROFILE\0', [n + 1, parts.length], part)));
/** The head of a colour profile, of a size that it says and a space of colours. */
const profile = (size: number, space: string, tags = 0) =>
  join(
    be32(size),
    'none',
    be32(0x04000000),
    'mntr',
    space.padEnd(4),
    'XYZ ',
    Buffer.alloc(12),
    'acsp',
    Buffer.alloc(88),
    be32(tags),
  );

/** Colour profiles that are broken or too large: the picture is taken as sRGB. */
function colours(jpeg: Buffer, png: Buffer, webp: Buffer): Case[] {
  const iccp = (data: Buffer) => withChunks(png, pngChunk('iCCP', join('x\0\0', data)));
  return [
    ['a profile of noise', withSegments(jpeg, ...icc(noise(3, 600))), taken('jpeg')],
    ['a profile of nothing', withSegments(jpeg, ...icc(Buffer.alloc(0))), taken('jpeg')],
    ['a profile for CMYK on a picture in RGB', withSegments(jpeg, ...icc(profile(132, 'CMYK'))), taken('jpeg')],
    [
      'a profile that says four thousand million bytes',
      withSegments(jpeg, ...icc(profile(0xffffffff, 'RGB'))),
      taken('jpeg'),
    ],
    ['a profile of a million tags', withSegments(jpeg, ...icc(profile(132, 'RGB', 1_000_000))), taken('jpeg')],
    [
      'a profile in 255 parts',
      withSegments(jpeg, ...icc(...Array.from({ length: 255 }, (_, n) => noise(n, 9000)))),
      taken('jpeg'),
    ],
    ['a profile with a part missing', withSegments(jpeg, ...icc(noise(4, 600), noise(5, 600)).slice(1)), taken('jpeg')],
    ['a profile of noise in a PNG', iccp(deflateSync(noise(6, 600))), taken('png')],
    ['a profile of a PNG that is not packed', iccp(noise(7, 600)), taken('png')],
    ['a profile of a PNG that unfolds to 100 MB', iccp(packedZeros(100)), taken('png')],
    ['a profile of noise in a WebP', extended(webp, 0x20, riffChunk('ICCP', noise(8, 600))), taken('webp')],
    ['a profile that a WebP only says it has', extended(webp, 0x20), taken('webp')],
  ];
}

function texts(png: Buffer, jpeg: Buffer): Case[] {
  const bomb = packedZeros(100);
  return [
    [
      'a text in a PNG that unfolds to 100 MB',
      withChunks(png, pngChunk('zTXt', join('Comment\0\0', bomb))),
      taken('png'),
    ],
    ['an international one', withChunks(png, pngChunk('iTXt', join('Comment\0\x01\0\0\0', bomb))), taken('png')],
    [
      'eight of them',
      withChunks(png, ...Array<Buffer>(8).fill(pngChunk('zTXt', join('Comment\0\0', bomb)))),
      taken('png'),
    ],
    [
      '50,000 texts in a PNG',
      withChunks(png, Buffer.concat(Array<Buffer>(50_000).fill(pngChunk('tEXt', 'a\0b')))),
      taken('png'),
    ],
    [
      'a text of 4 MB in a PNG',
      withChunks(png, pngChunk('tEXt', join('Comment\0', Buffer.alloc(4 << 20, 'x')))),
      taken('png'),
    ],
    [
      'IPTC of noise',
      withSegments(jpeg, segment(0xed, join('Photoshop 3.0\x008BIM\x04\x04\0\0', be32(0x7fffffff), noise(9, 99)))),
      taken('jpeg'),
    ],
    [
      '10,000 comments',
      withSegments(jpeg, Buffer.concat(Array<Buffer>(10_000).fill(segment(0xfe, 'a')))),
      taken('jpeg'),
    ],
    [
      'a segment of MPF',
      withSegments(jpeg, segment(0xe2, join('MPF\0', 'II*\0', le32(8), le16(1, 0xb001, 4), le32(1, 2, 0)))),
      taken('jpeg'),
    ],
    ['a segment that is no length', withSegments(jpeg, join([0xff, 0xe5], be16(0))), taken('jpeg')],
    ['a segment longer than the file', withSegments(jpeg, join([0xff, 0xe5], be16(0xffff))), refused('broken')],
  ];
}

/** Colour profiles, texts and segments that are broken, lie or unfold. */
export async function profiles(): Promise<Case[]> {
  const [jpeg, png, webp] = [await small(), await small({ format: 'png' }), await small({ format: 'webp' })];
  return [...colours(jpeg, png, webp), ...texts(png, jpeg)];
}
