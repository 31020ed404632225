import type { AuthorshipField, Said } from './index.ts';
import { decodeText } from './text.ts';

/** Data sets of record 2. */
const FIELDS: ReadonlyMap<number, AuthorshipField> = new Map([
  [80, 'creator'],
  [110, 'credit'],
  [116, 'copyright'],
  [120, 'description'],
]);
const PHOTOSHOP = 'Photoshop 3.0\0';
const IPTC_RESOURCE = 0x0404;
const MARK = 0x1c;
const HEADER = 5;
const MOST_DATA_SETS = 500;

/**
 * What the IPTC records of a picture say, alone or among Photoshop's resources.
 * Source: IPTC-NAA Information Interchange Model 4.2, 1.5 and 1.6; Adobe, "Photoshop File Formats", image resources.
 */
export function readIptc(bytes: Buffer): Said {
  const records = bytes[0] === MARK ? bytes : resourceOf(bytes);
  const said: Said = {};
  for (let at = 0, n = 0; at + HEADER <= records.length && records[at] === MARK && n < MOST_DATA_SETS; n++) {
    const length = records.readUInt16BE(at + 3);
    // Longer ones say their length elsewhere, and hold pictures.
    if (length & 0x8000) break;
    const field = records[at + 1] === 2 ? FIELDS.get(records[at + 2] ?? 0) : undefined;
    const text = field ? decodeText(records.subarray(at + HEADER, at + HEADER + length)) : '';
    if (field && text) said[field] = field === 'creator' && said[field] ? `${said[field]}, ${text}` : text;
    at += HEADER + length;
  }
  return said;
}

/** The IPTC records among Photoshop's resources. */
function resourceOf(bytes: Buffer): Buffer {
  let at = bytes.toString('latin1', 0, PHOTOSHOP.length) === PHOTOSHOP ? PHOTOSHOP.length : 0;
  while (at + 12 <= bytes.length && bytes.toString('latin1', at, at + 4) === '8BIM') {
    const name = 1 + (bytes[at + 6] ?? 0);
    const start = at + 6 + name + (name % 2) + 4;
    if (start > bytes.length) break;
    const length = bytes.readUInt32BE(start - 4);
    if (bytes.readUInt16BE(at + 4) === IPTC_RESOURCE) return bytes.subarray(start, start + length);
    at = start + length + (length % 2);
  }
  return Buffer.alloc(0);
}
