import { deflateSync } from 'node:zlib';
import { be16, be32, join, pngChunk, PNG_MAGIC, text } from './bytes.ts';
import { SIZE, taken, type Case } from './case.ts';

interface Written {
  depth: number;
  colour: number;
  width?: number;
  height?: number;
  /** Before the pixels. */
  chunks?: Buffer[];
  /** How rows are filtered. */
  filter?: number;
  /** So many bytes of pixels less than there should be, or more. */
  less?: number;
  /** The data in chunks of so many bytes. */
  pieces?: number;
}

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
export const palette = (colours: number) => pngChunk('PLTE', Buffer.alloc(colours * 3, 90));

/** A PNG by hand, whose pixels are all zero. */
export function png({
  depth,
  colour,
  width = SIZE.width,
  height = SIZE.height,
  chunks = [],
  filter = 0,
  less = 0,
  pieces = 0,
}: Written): Buffer {
  const row = join([filter], Buffer.alloc(Math.ceil((width * depth * (CHANNELS[colour] ?? 1)) / 8)));
  const rows = join(...Array<Buffer>(height).fill(row));
  const data = deflateSync(less < 0 ? join(rows, Buffer.alloc(-less)) : rows.subarray(0, rows.length - less));
  const idats: Buffer[] = [];
  for (let at = 0; at < data.length; at += pieces || data.length)
    idats.push(pngChunk('IDAT', data.subarray(at, at + (pieces || data.length))));
  return join(
    PNG_MAGIC,
    pngChunk('IHDR', join(be32(width, height), [depth, colour, 0, 0, 0])),
    ...chunks,
    ...idats,
    pngChunk('IEND'),
  );
}

const KINDS: readonly (readonly [name: string, colour: number, depths: readonly number[], alpha: boolean])[] = [
  ['grey', 0, [1, 2, 4, 8, 16], false],
  ['colour', 2, [8, 16], false],
  ['palette', 3, [1, 2, 4, 8], false],
  ['grey and alpha', 4, [8, 16], true],
  ['colour and alpha', 6, [8, 16], true],
];

const kinds = KINDS.flatMap(([name, colour, depths, alpha]) =>
  depths.map((depth): Case => [
    `a PNG of ${name}, ${depth} bits`,
    png({ depth, colour, chunks: colour === 3 ? [palette(2 ** depth)] : [] }),
    taken('png', { alpha }),
  ]),
);

function transparency(): Case[] {
  const shining = taken('png', { alpha: true });
  return [
    [
      'a PNG with a colour that is seen through',
      png({ depth: 8, colour: 2, chunks: [pngChunk('tRNS', be16(0, 0, 0))] }),
      shining,
    ],
    [
      'a PNG with a colour that would be',
      png({ depth: 8, colour: 2, chunks: [pngChunk('tRNS', be16(9, 9, 9))] }),
      taken('png'),
    ],
    ['a grey PNG with one', png({ depth: 8, colour: 0, chunks: [pngChunk('tRNS', be16(0))] }), shining],
    ['a grey PNG of 1 bit with one', png({ depth: 1, colour: 0, chunks: [pngChunk('tRNS', be16(0))] }), shining],
    ['a grey PNG of 16 bits with one', png({ depth: 16, colour: 0, chunks: [pngChunk('tRNS', be16(0))] }), shining],
    ['a palette with one', png({ depth: 8, colour: 3, chunks: [palette(4), pngChunk('tRNS', text('\x80'))] }), shining],
    [
      'a palette with more than it has',
      png({ depth: 8, colour: 3, chunks: [palette(2), pngChunk('tRNS', text('\x80'.repeat(9)))] }),
      taken('png'),
    ],
    [
      'an alpha channel with a colour beside it',
      png({ depth: 8, colour: 6, chunks: [pngChunk('tRNS', be16(0, 0, 0))] }),
      shining,
    ],
  ];
}

/** What says how colours are meant. */
function colours(): Case[] {
  const said = (...chunks: Buffer[]) => png({ depth: 8, colour: 2, chunks });
  return [
    ['a PNG of gamma 0', said(pngChunk('gAMA', be32(0))), taken('png')],
    ['a PNG of gamma 45455', said(pngChunk('gAMA', be32(45_455))), taken('png')],
    ['a PNG of gamma 4294967295', said(pngChunk('gAMA', be32(0xffffffff))), taken('png')],
    ['a PNG of a gamma that is too short', said(pngChunk('gAMA', 'x')), taken('png')],
    ['a PNG of primary colours that are one', said(pngChunk('cHRM', be32(0, 0, 0, 0, 0, 0, 0, 0))), taken('png')],
    ['a PNG of sRGB', said(pngChunk('sRGB', text('\0'))), taken('png')],
    ['a PNG of an intent that is none', said(pngChunk('sRGB', text('\x63'))), taken('png')],
    ['a PNG of HDR', said(pngChunk('cICP', Buffer.from([9, 16, 0, 1]))), taken('png')],
    ['a PNG of a space that is none', said(pngChunk('cICP', Buffer.from([255, 255, 255, 255]))), taken('png')],
    ['a PNG with a background', said(pngChunk('bKGD', be16(1, 2, 3))), taken('png')],
    ['a PNG of tall pixels', said(pngChunk('pHYs', join(be32(1, 9), [0]))), taken('png')],
    ['a PNG of a year that is none', said(pngChunk('tIME', Buffer.from([255, 255, 99, 99, 99, 99, 99]))), taken('png')],
  ];
}

export const pngKinds = (): Case[] => [...kinds, ...transparency(), ...colours()];
