import type { AuthorshipField, Said } from './index.ts';
import { decodeText } from './text.ts';

const FIELDS: ReadonlyMap<number, AuthorshipField> = new Map([
  [0x010e, 'description'],
  [0x013b, 'creator'],
  [0x8298, 'copyright'],
]);
const MOST_ENTRIES = 200;
const MOST_BYTES = 20_000;
const ENTRY = 12;
/** ASCII, and what some write instead: bytes, undefined, and EXIF 3's UTF-8. */
const TEXT_TYPES = new Set([1, 2, 7, 129]);
const HEADER = 'Exif\0\0';

/**
 * What the first directory of EXIF says. Only that one is read, so there is nothing to go round in circles in; what points
 * outside is passed over.
 * Source: CIPA DC-008 (EXIF 2.32), 4.5 and 4.6; TIFF 6.0, section 2.
 */
export function readExif(bytes: Buffer): Said {
  const tiff = bytes.toString('latin1', 0, HEADER.length) === HEADER ? bytes.subarray(HEADER.length) : bytes;
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return {};
  const number = (at: number, size: 2 | 4): number => {
    if (at < 0 || at + size > tiff.length) return 0;
    return order === 'II' ? tiff.readUIntLE(at, size) : tiff.readUIntBE(at, size);
  };
  const directory = number(4, 4);
  const entries = Math.min(number(directory, 2), MOST_ENTRIES);
  const said: Said = {};
  for (let n = 0; n < entries; n++) {
    const at = directory + 2 + n * ENTRY;
    const field = FIELDS.get(number(at, 2));
    if (!field || !TEXT_TYPES.has(number(at + 2, 2))) continue;
    const length = number(at + 4, 4);
    const start = length <= 4 ? at + 8 : number(at + 8, 4);
    if (start + length <= tiff.length) said[field] = textOf(tiff.subarray(start, start + Math.min(length, MOST_BYTES)));
  }
  return said;
}

/** Zeros end the text; a copyright has the photographer's before one and the editor's behind it. */
const textOf = (bytes: Buffer): string =>
  decodeText(bytes)
    .split('\0')
    .map((part) => part.trim())
    .filter(Boolean)
    .join(', ');
