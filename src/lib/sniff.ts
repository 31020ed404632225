import { constants, gunzipSync } from 'node:zlib';
import { PICTURE_TYPES, SIGNATURES } from './signatures.ts';
import type { Foreign, Kind, PictureFormat } from './signatures.ts';

export { PICTURE_TYPES };
export type { Foreign, Kind, PictureFormat };

/** How many of a file's first bytes `sniff` wants to see. */
export const SNIFF_BYTES = 4096;

const latin = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');

/**
 * Says what a file is from its first bytes (`SNIFF_BYTES` of them are enough), never from its name or declared type.
 * A picture format here means only that the right decoder may try: whether it is whole is the decoder's to say.
 */
export function sniff(head: Uint8Array): Kind {
  if (head.length === 0) return 'empty';
  const boxed = sniffBoxes(head);
  if (boxed) return boxed;
  const isRiff = latin(head, 0, 4) === 'RIFF';
  const found = SIGNATURES.find(([at, mark]) => latin(head, at, at + mark.length) === mark && (at !== 8 || isRiff));
  if (found) return found[2];
  if (head[0] === 0x1f && head[1] === 0x8b) return sniffText(inflated(head)) === 'svg' ? 'svg' : 'archive';
  if (isBitmap(head)) return 'bmp';
  if (isBroadcast(head)) return 'video';
  if (NETPBM.test(latin(head, 0, 20))) return 'other';
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

/** A transport stream: packets of 188 bytes, each of which begins with the same letter. */
const isBroadcast = (head: Uint8Array) => [0, 188, 376, 564].every((at) => head[at] === 0x47);

/** PBM, PGM, PPM, PAM. */
const NETPBM = /^P[1-7]\s+(?:\d|#|WIDTH)/;

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
  // Old pages in a one-byte alphabet are pages all the same, and so is one with something behind it.
  if (text === undefined)
    return HTML_START.test(latin(head, 0, SNIFF_BYTES).replace(PROLOGUE, '')) ? 'html' : 'unknown';
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
    return undefined;
  }
}

/** Whether there are characters that no text has: controls other than tab, line ends, form feed and escape. */
const hasControls = (text: string) => Array.from(text).some((char) => char < ' ' && !'\t\n\r\f\x1b'.includes(char));
