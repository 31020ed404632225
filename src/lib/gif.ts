const IMAGE = 0x2c;
const EXTENSION = 0x21;

/**
 * Whether a GIF file goes on to the end of its last block. libvips shows one that was cut off between its frames, or
 * in the middle of one, as a shorter animation. That the one closing byte is missing is forgiven, as browsers do, and
 * so is whatever follows it.
 * Source: CompuServe, "Graphics Interchange Format, version 89a", 1990, appendix B.
 */
export function isWholeGif(bytes: Buffer): boolean {
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === IMAGE) at = pastSubBlocks(bytes, at + 11 + colourTableBytes(bytes[at + 9] ?? 0));
    else if (block === EXTENSION) at = pastSubBlocks(bytes, at + 2);
    else return true;
  }
  return at === bytes.length;
}

const colourTableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** The place after a chain of blocks that each say their length, the last of them none; past the end where it is cut. */
function pastSubBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = bytes[at]; length !== 0; length = bytes[at]) {
    if (length === undefined) return bytes.length + 1;
    at += 1 + length;
  }
  return at + 1;
}

const XMP = Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1');
const MOST_XMP = 256 * 1024;

/**
 * The XMP of a GIF: it lies there as it is, not in blocks, and the bytes behind it lead readers of blocks to its end.
 * Source: XMP Specification part 3, "GIF".
 */
export function xmpOfGif(bytes: Buffer): Buffer | undefined {
  const at = bytes.indexOf(XMP);
  if (at < 0) return undefined;
  const some = bytes.subarray(at + XMP.length, at + XMP.length + MOST_XMP);
  const end = some.indexOf(Buffer.from([1, 0xff]));
  return end < 0 ? some : some.subarray(0, end);
}
