import { constants, gunzipSync } from 'node:zlib';

/** The five formats that the site takes. */
export const PICTURE_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
} as const;

export type PictureFormat = keyof typeof PICTURE_TYPES;
export type Foreign =
  | 'empty'
  | 'html'
  | 'svg'
  | 'pdf'
  | 'heic'
  | 'tiff'
  | 'bmp'
  | 'ico'
  | 'jxl'
  | 'jp2'
  | 'psd'
  | 'video'
  | 'audio'
  | 'zip'
  | 'archive'
  | 'text'
  | 'unknown';
export type Kind = PictureFormat | Foreign;

/** How many of a file's first bytes `sniff` wants to see. */
export const SNIFF_BYTES = 4096;

const latin = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** What stands at a fixed place, as text in Latin-1, first match wins. */
const SIGNATURES: readonly (readonly [at: number, mark: string, kind: Kind])[] = [
  [0, '\xff\xd8\xff', 'jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'png'],
  [0, 'GIF87a', 'gif'],
  [0, 'GIF89a', 'gif'],
  [8, 'WEBP', 'webp'],
  [0, '%PDF-', 'pdf'],
  [0, 'II*\0', 'tiff'],
  [0, 'MM\0*', 'tiff'],
  [0, 'II+\0', 'tiff'],
  [0, 'MM\0+', 'tiff'],
  [0, '\0\0\x01\0', 'ico'],
  [0, '\0\0\x02\0', 'ico'],
  [0, '\xff\x0a', 'jxl'],
  [0, '\0\0\0\x0cJXL ', 'jxl'],
  [0, '\0\0\0\x0cjP  ', 'jp2'],
  [0, '\xff\x4f\xff\x51', 'jp2'],
  [0, '8BPS', 'psd'],
  [0, '\x1aE\xdf\xa3', 'video'],
  [0, '\0\0\x01\xba', 'video'],
  [0, 'FLV\x01', 'video'],
  [8, 'AVI ', 'video'],
  [0, 'OggS', 'audio'],
  [0, 'ID3', 'audio'],
  [0, 'fLaC', 'audio'],
  [8, 'WAVE', 'audio'],
  [0, 'PK\x03\x04', 'zip'],
  [0, 'PK\x05\x06', 'zip'],
  [0, 'Rar!\x1a\x07', 'archive'],
  [0, '7z\xbc\xaf\x27\x1c', 'archive'],
  [0, '\xfd7zXZ', 'archive'],
  [0, '\x28\xb5\x2f\xfd', 'archive'],
  [0, 'BZh', 'archive'],
];

/**
 * Says what a file is from its first bytes (`SNIFF_BYTES` of them are enough), never from its name or declared type.
 * A picture format here means only that the right decoder may try: whether it is whole is the decoder's to say.
 */
export function sniff(head: Uint8Array): Kind {
  if (head.length === 0) return 'empty';
  const boxed = sniffBoxes(head);
  if (boxed) return boxed;
  const found = SIGNATURES.find(([at, mark]) => latin(head, at, at + mark.length) === mark);
  if (found && (found[0] === 0 || latin(head, 0, 4) === 'RIFF')) return found[2];
  if (head[0] === 0x1f && head[1] === 0x8b) return sniffText(inflated(head)) === 'svg' ? 'svg' : 'archive';
  if (isBitmap(head)) return 'bmp';
  return sniffText(head);
}

export const isPicture = (kind: Kind): kind is PictureFormat => Object.hasOwn(PICTURE_TYPES, kind);

const HEIF_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avci|avcs)$/;

/** ISO base media files (HEIF, MP4, QuickTime) begin with a `ftyp` box: its brands tell them apart. */
function sniffBoxes(head: Uint8Array): Kind | undefined {
  const boxes = brands(head);
  if (!boxes) return latin(head, 4, 8) === 'moov' || latin(head, 4, 8) === 'mdat' ? 'video' : undefined;
  if (boxes.includes('avif') || boxes.includes('avis')) return 'avif';
  if (boxes[0] === 'M4A ' || boxes[0] === 'M4B ') return 'audio';
  return boxes.some((brand) => HEIF_BRANDS.test(brand)) ? 'heic' : 'video';
}

/** The major brand and then the compatible ones of a file that begins with a `ftyp` box. */
function brands(head: Uint8Array): string[] | undefined {
  if (latin(head, 4, 8) !== 'ftyp') return undefined;
  const end = Math.min(head.length, Buffer.from(head.subarray(0, 4)).readUInt32BE());
  const found = [latin(head, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(latin(head, at, at + 4));
  return found;
}

/** Whether an AVIF file holds a sequence: its still is all that we can show. */
export const isAvifSequence = (head: Uint8Array): boolean => brands(head)?.includes('avis') ?? false;

/** `BM` alone also begins many a text, so the size of the header that follows is asked too. */
const isBitmap = (head: Uint8Array) =>
  latin(head, 0, 2) === 'BM' && [12, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0) && head[15] === 0;

function inflated(head: Uint8Array): Uint8Array {
  try {
    const whole = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8 << 20 });
    return whole.subarray(0, SNIFF_BYTES);
  } catch {
    return new Uint8Array();
  }
}

const PROLOGUE = /^(?:\s|<\?[^>]*>|<!--[\s\S]*?(?:-->|$))+/;
const HTML_START = /^<(?:!doctype\s+html|html|head|body|title|script|style|meta|link|div|p|table|iframe|h1|a|br)\b/i;
const SVG_START = /^(?:<!doctype\s+svg[^>[]*(?:\[[\s\S]*?\])?\s*>\s*)?<(?:\w+:)?svg\b|^<!doctype\s+svg\b/i;

function sniffText(head: Uint8Array): Foreign {
  const text = decoded(head);
  if (text === undefined) return 'unknown';
  const start = text.slice(0, SNIFF_BYTES).replace(PROLOGUE, '');
  if (SVG_START.test(start)) return 'svg';
  if (HTML_START.test(start)) return 'html';
  return 'text';
}

/** The text that the bytes are, or nothing when they are not text. A character cut off at the end is forgiven. */
function decoded(head: Uint8Array): string | undefined {
  const utf16 = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff && 'utf-16be';
  try {
    const text = new TextDecoder(utf16 || 'utf-8', { fatal: true }).decode(head, { stream: true });
    return hasControls(text) || text === '' ? undefined : text;
  } catch {
    // Old pages in a one-byte alphabet are pages all the same.
    const text = latin(head, 0, head.length);
    return !hasControls(text) && HTML_START.test(text.replace(PROLOGUE, '')) ? text : undefined;
  }
}

/** Whether there are characters that no text has: controls other than tab, line ends, form feed and escape. */
const hasControls = (text: string) => Array.from(text).some((char) => char < ' ' && !'\t\n\r\f\x1b'.includes(char));
