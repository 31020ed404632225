import { be16, join, segment } from './bytes.ts';
import { SIZE } from './case.ts';

interface FlatJpeg {
  /** Blocks of 8 × 8 between restart markers. */
  restart?: number;
  /** One restart marker is left out. */
  losing?: boolean;
  /** Bits of a sample: 8 or 12. */
  bits?: number;
  /** Pixels are written one by one, each as the one before. */
  lossless?: boolean;
  /** The height stands behind the pixels, as a scanner writes it that does not know the end of the page. */
  late?: boolean;
}

/** Codes of one bit for "no change", and of two for a change of six bits. */
const TABLE = join(Buffer.from([1, 1]), Buffer.alloc(14), [0, 6]);
/** Only the end of a block. */
const ENDS = join([1], Buffer.alloc(15), [0]);

/** A JPEG in one grey, by hand, for what sharp does not write. ITU T.81. */
export function flatJpeg({
  restart = 0,
  losing = false,
  bits = 8,
  lossless = false,
  late = false,
}: FlatJpeg = {}): Buffer {
  const { width, height } = SIZE;
  const units = lossless ? width * height : Math.ceil(width / 8) * Math.ceil(height / 8);
  const first = lossless ? '0' : '101111110';
  const next = lossless ? '0' : '00';
  const parts: Buffer[] = [];
  for (let at = 0; at < units; at += restart || units) {
    if (at > 0 && !(losing && at === restart * 3)) parts.push(Buffer.from([0xff, 0xd0 + ((at / restart - 1) % 8)]));
    parts.push(coded(first + next.repeat(Math.min(restart || units, units - at) - 1)));
  }
  return join(
    [0xff, 0xd8],
    lossless ? [] : segment(0xdb, join([0], Buffer.alloc(64, 8))),
    segment(lossless ? 0xc3 : bits === 8 ? 0xc0 : 0xc1, join([bits], be16(late ? 0 : height, width), [1, 1, 0x11, 0])),
    segment(0xc4, join([0], TABLE)),
    lossless ? [] : segment(0xc4, join([0x10], ENDS)),
    restart ? segment(0xdd, be16(restart)) : [],
    segment(0xda, Buffer.from(lossless ? [1, 1, 0, 1, 0, 0] : [1, 1, 0, 0, 63, 0])),
    ...parts,
    late ? segment(0xdc, be16(height)) : [],
    [0xff, 0xd9],
  );
}

/** Bits as bytes, filled up with ones; a byte of ones is followed by an empty one. */
function coded(bits: string): Buffer {
  const bytes = bits.match(/.{1,8}/g)?.map((byte) => parseInt(byte.padEnd(8, '1'), 2)) ?? [];
  return Buffer.from(bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte])));
}
