import { inserted, join, le16, patched, text } from './bytes.ts';
import { refused, SIZE, small, taken, type Case } from './case.ts';

interface Canvas {
  width?: number;
  height?: number;
  /** How often it is shown; left out, the file does not say. */
  loop?: number;
  table?: boolean;
}

/** A GIF of two colours, with such frames. */
export const gifOf = (
  { width = SIZE.width, height = SIZE.height, loop, table = true }: Canvas,
  ...frames: Buffer[]
): Buffer =>
  join(
    'GIF89a',
    le16(width, height),
    table ? [0x80, 0, 0, 200, 40, 40, 40, 40, 200] : [0, 0, 0],
    loop === undefined ? [] : join('\x21\xff\x0bNETSCAPE2.0\x03\x01', le16(loop), [0]),
    ...frames,
    ';',
  );

const control = ({ delay = 5, disposal = 0, transparent = -1 }) =>
  join([0x21, 0xf9, 4, (disposal << 2) | (transparent < 0 ? 0 : 1)], le16(delay), [Math.max(0, transparent), 0]);

interface Frame {
  delay?: number;
  disposal?: number;
  transparent?: number;
  left?: number;
  top?: number;
  interlaced?: boolean;
}

/** A frame of one pixel, of the second colour. */
export const pixelFrame = ({ left = 0, top = 0, ...said }: Frame = {}): Buffer =>
  join(control(said), ',', le16(left, top, 1, 1), [0, 2, 2, 0x4c, 1, 0]);

/** A frame of one colour over the whole canvas: codes of one pixel each, and a clearing before they would grow. */
export function fullFrame(
  { left = 0, top = 0, interlaced = false, ...said }: Frame = {},
  { width, height } = SIZE,
): Buffer {
  const bits: number[] = [];
  const code = (value: number) => bits.push(value & 1, (value >> 1) & 1, (value >> 2) & 1);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (pixel % 2 === 0) code(4);
    code(1);
  }
  code(5);
  const packed = Buffer.alloc(Math.ceil(bits.length / 8));
  for (const [n, bit] of bits.entries()) packed[n >> 3] = (packed[n >> 3] ?? 0) | (bit << (n & 7));
  const blocks: Buffer[] = [];
  for (let at = 0; at < packed.length; at += 255) {
    const block = packed.subarray(at, at + 255);
    blocks.push(join([block.length], block));
  }
  return join(control(said), ',', le16(left, top, width, height), [interlaced ? 0x40 : 0, 2], ...blocks, [0]);
}

/** GIFs as old programs, phones and jokers make them. */
export async function gifs(): Promise<Case[]> {
  const plain = await small({ format: 'gif' });
  const both = (frame: Frame, more: Frame = frame) => gifOf({ loop: 0 }, fullFrame(frame), pixelFrame(more));
  const two = taken('gif', { frames: 2 });
  return [
    ['a GIF of 1987', patched(plain, 0, 'GIF87a'), taken('gif')],
    ['an interlaced GIF', gifOf({}, fullFrame({ interlaced: true })), taken('gif')],
    ['a GIF without a closing byte', plain.subarray(0, -1), taken('gif')],
    ['a GIF without a loop', gifOf({}, fullFrame(), pixelFrame()), two],
    ['a GIF that is shown once', gifOf({ loop: 1 }, fullFrame(), pixelFrame()), two],
    ['a GIF that is shown 65,535 times', gifOf({ loop: 65_535 }, fullFrame(), pixelFrame()), two],
    ['a GIF without pauses', both({ delay: 0 }), two],
    ['a GIF with pauses of 11 minutes', both({ delay: 65_535 }), two],
    ...[1, 2, 3, 4, 7].map((disposal): Case => [`a GIF of disposal ${disposal}`, both({ disposal }), two]),
    ['a frame at the edge', both({}, { left: 159, top: 129 }), two],
    ['a frame outside the canvas', both({}, { left: 500, top: 500 }), two],
    [
      'a first frame larger than the canvas',
      gifOf({ width: 130, height: 125 }, fullFrame()),
      taken('gif', { width: 160, height: 130 }),
    ],
    ['a first frame of one pixel', gifOf({ loop: 0 }, pixelFrame(), fullFrame()), two],
    ['a canvas of nothing', gifOf({ width: 0, height: 0 }, fullFrame()), taken('gif')],
    ['a GIF through which all shines', gifOf({}, fullFrame({ transparent: 1 })), taken('gif', { alpha: true })],
    ['a GIF without colours', gifOf({ table: false }, fullFrame()), taken('gif')],
    ['a GIF without a frame', gifOf({}), refused('broken')],
    ['a GIF with a comment without end', inserted(gifOf({}, fullFrame()), 19, '\x21\xfe\xff'), refused('broken')],
    ['a GIF with an unknown extension', gifOf({}, text('\x21\x99\x03abc\0'), fullFrame()), taken('gif')],
    [
      'a GIF with a text as a frame',
      gifOf({}, fullFrame(), text(`\x21\x01\x0c${'\0'.repeat(12)}\x02hi\0`)),
      taken('gif'),
    ],
    [
      'a GIF whose codes are noise',
      gifOf({}, join(',', le16(0, 0, 160, 130), [0, 2, 9, 255, 254, 253, 252, 251, 250, 249, 248, 247, 0])),
      refused('broken'),
    ],
    [
      'a GIF whose codes are of 15 bits',
      gifOf({}, join(',', le16(0, 0, 160, 130), [0, 15, 2, 76, 1, 0])),
      refused('broken'),
    ],
    [
      'a GIF with fewer pixels than it says',
      gifOf({}, join(',', le16(0, 0, 160, 130), [0, 2, 2, 0x4c, 1, 0])),
      taken('gif'),
    ],
    [
      'a GIF of 0 × 0 in the second frame',
      gifOf({}, fullFrame(), join(',', le16(0, 0, 0, 0), [0, 2, 2, 0x4c, 1, 0])),
      two,
    ],
  ];
}
