import type { PictureFormat } from './sniff.ts';

export interface PixelSize {
  width: number;
  height: number;
}

/**
 * Reads width and height from the first bytes of a JPEG, PNG or WebP file (of an animation: of its canvas).
 * Nothing when they are not there. It serves to check what a decoder's process wrote without trusting its word.
 */
export function pixelSize(format: PictureFormat, head: Buffer): PixelSize | undefined {
  try {
    if (format === 'jpeg') return jpegSize(head);
    if (format === 'png') return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
    if (format === 'gif') return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
    return format === 'webp' ? webpSize(head) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_OUT_OF_RANGE') return undefined;
    throw error;
  }
}

/** ITU T.81, B.1.1: segments with a length, until the frame header (SOF) that says lines and samples per line. */
function jpegSize(head: Buffer): PixelSize | undefined {
  for (let at = 2; head.readUInt8(at) === 0xff; at += 2 + head.readUInt16BE(at + 2)) {
    const marker = head.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: head.readUInt16BE(at + 7), height: head.readUInt16BE(at + 5) };
  }
  return undefined;
}

/** RFC 9649: the first chunk is VP8 (lossy), VP8L (lossless) or VP8X (with alpha, animation). */
function webpSize(head: Buffer): PixelSize | undefined {
  const chunk = head.toString('latin1', 12, 16);
  if (chunk === 'VP8 ') return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
  if (chunk === 'VP8X') return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
  if (chunk !== 'VP8L') return undefined;
  const bits = head.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
