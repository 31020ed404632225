import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import {
  be16,
  be32,
  box,
  inserted,
  join,
  le16,
  le32,
  patched,
  pngChunk,
  riffChunk,
  segment,
  webpOf,
  withChunks,
  withSegments,
} from '../imaging/corpus/bytes.ts';
import { apng, picture, type Format } from './pictures.ts';

/** Stands in everything private; no tier may hold it, in letters of one byte or of two. */
export const MARK = 'PrIvAtE';
const secret = (what: string) => `${MARK} ${what}`;

const [BYTES, ASCII, LONG, RATIONAL, UNDEFINED] = [1, 2, 4, 5, 7];
type Entry = readonly [tag: number, type: number | undefined, value: Buffer];
const ascii = (tag: number, what: string): Entry => [tag, ASCII, join(secret(what), '\0')];
const long = (tag: number, value: number): Entry => [tag, LONG, le32(value)];

/** A directory of EXIF that stands at `at`, and behind it what does not fit into its entries. */
function directory(at: number, entries: readonly Entry[], next = 0): Buffer {
  let behind: Buffer = Buffer.alloc(0);
  const from = at + 2 + 12 * entries.length + 4;
  const lines = entries.map(([tag, type = LONG, value]) => {
    const count = value.length / (type === LONG ? 4 : type === RATIONAL ? 8 : 1);
    const place = value.length > 4 ? le32(from + behind.length) : join(value, Buffer.alloc(4 - value.length));
    if (value.length > 4) behind = join(behind, value, value.length % 2 ? [0] : []);
    return join(le16(tag, type), le32(count), place);
  });
  return join(le16(entries.length), ...lines, le32(next), behind);
}

/** A camera's EXIF: who, with what, where and when, what the camera's maker adds, and a small picture of the picture. */
async function exif(): Promise<Buffer> {
  const small = await picture({ width: 16, height: 16, quality: 20 });
  const thumbnail = withSegments(small, segment(0xfe, secret('thumbnail')));
  const words = Buffer.from(secret('comment of Windows'), 'utf16le');
  const [FIRST, CAMERA, PLACE, SMALL] = [8, 600, 1200, 1600];
  const parts = [
    [
      FIRST,
      directory(
        FIRST,
        [
          ascii(0x10e, 'description'),
          ascii(0x10f, 'make'),
          ascii(0x110, 'model'),
          ascii(0x131, 'software'),
          ascii(0x13c, 'computer'),
          long(0x8769, CAMERA),
          long(0x8825, PLACE),
          [0x9c9c, BYTES, words],
        ],
        SMALL,
      ),
    ],
    [
      CAMERA,
      directory(CAMERA, [
        ascii(0x9003, 'time'),
        [0x927c, UNDEFINED, join('Maker\0', secret('maker note'))],
        [0x9286, UNDEFINED, join('ASCII\0\0\0', secret('user comment'))],
        ascii(0xa420, 'unique id'),
        ascii(0xa430, 'owner'),
        ascii(0xa431, 'serial number of the body'),
        ascii(0xa434, 'lens'),
        ascii(0xa435, 'serial number of the lens'),
      ]),
    ],
    [
      PLACE,
      directory(PLACE, [
        [2, RATIONAL, Buffer.from(secret('latitude').padEnd(24))],
        [4, RATIONAL, Buffer.from(secret('longitude').padEnd(24))],
        ascii(0x1c, 'area'),
      ]),
    ],
    [SMALL, directory(SMALL, [long(0x201, SMALL + 32), long(0x202, thumbnail.length)])],
    [SMALL + 32, thumbnail],
  ] as const;
  const whole = Buffer.alloc(SMALL + 32 + thumbnail.length);
  join('II*\0', le32(FIRST)).copy(whole);
  for (const [at, bytes] of parts) bytes.copy(whole, at);
  return whole;
}

const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="${secret('latitude of XMP')}" xmpMM:DocumentID="${secret('document')}"><xmpMM:History><rdf:Seq><rdf:li>${secret('history')}</rdf:li></rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** Photoshop's resources: IPTC with a town and instructions, and a small picture. */
function photoshop(): Buffer {
  const record = (number: number, what: string) => join([0x1c, 2, number], be16(secret(what).length), secret(what));
  const resource = (id: number, data: Buffer) =>
    join('8BIM', be16(id, 0), be32(data.length), data, data.length % 2 ? [0] : []);
  const iptc = join(record(40, 'instructions'), record(90, 'town'), record(101, 'country'));
  return join('Photoshop 3.0\0', resource(0x404, iptc), resource(0x40c, Buffer.from(secret('small picture'))));
}

function inJpeg(jpeg: Buffer, tiff: Buffer): Buffer {
  const segments = [
    segment(0xe1, join('Exif\0\0', tiff)),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${XMP}`),
    segment(0xe1, join('http://ns.adobe.com/xmp/extension/\0', 'A'.repeat(32), be32(40, 0), secret('more XMP'))),
    segment(0xe2, `MPF\0${secret('other pictures')}`),
    segment(0xeb, secret('where it comes from')),
    segment(0xed, photoshop()),
    segment(0xfe, secret('comment')),
  ];
  return join(withSegments(jpeg, ...segments), secret('film behind it'));
}

const inPng = (png: Buffer, tiff: Buffer): Buffer =>
  join(
    withChunks(
      png,
      pngChunk('eXIf', tiff),
      pngChunk('iTXt', join('XML:com.adobe.xmp\0\0\0\0\0', XMP)),
      pngChunk('tEXt', `Comment\0${secret('comment')}`),
      pngChunk('tEXt', `${secret('keyword')}\0words`),
      pngChunk('zTXt', join('Source\0\0', deflateSync(Buffer.from(secret('packed')), { level: 0 }))),
      pngChunk('prVt', secret('chunk of its own')),
    ),
    secret('behind it'),
  );

const [ANIMATED, HAS_XMP, HAS_EXIF] = [0x02, 0x04, 0x08];

async function inWebp(webp: Buffer, tiff: Buffer): Promise<Buffer> {
  const { width, pageHeight, height, pages = 1 } = await sharp(webp).metadata();
  const sides = [width, pageHeight ?? height].map((side) => join(le16(side - 1), [0]));
  const flags = HAS_XMP | HAS_EXIF | (pages > 1 ? ANIMATED : 0);
  const isExtended = webp.toString('latin1', 12, 16) === 'VP8X';
  return join(
    webpOf(
      riffChunk('VP8X', join(le32(flags), ...sides)),
      webp.subarray(isExtended ? 30 : 12),
      riffChunk('EXIF', tiff),
      riffChunk('XMP ', Buffer.from(XMP)),
      riffChunk('PrVt', Buffer.from(secret('chunk of its own'))),
    ),
    secret('behind it'),
  );
}

function inGif(gif: Buffer): Buffer {
  const block = (text: string) => join([text.length], text, [0]);
  const trailer = [1, ...Array.from({ length: 256 }, (_, n) => 255 - n), 0];
  const behindHeader = 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
  return join(
    inserted(
      gif,
      behindHeader,
      join([0x21, 0xfe], block(secret('comment'))),
      join('\x21\xff\x0bXMP DataXMP', XMP, trailer),
      join('\x21\xff\x0bSPYCAM__1.0', block(secret('of a program'))),
    ),
    secret('behind it'),
  );
}

/** libvips lays out the boxes; what stands in the one of EXIF is put in the place of what it wrote there. */
async function inAvif(avif: Buffer, tiff: Buffer): Promise<Buffer> {
  const room = { IFD0: { ImageDescription: ' '.repeat(tiff.length) } };
  const bytes = await sharp(avif).withExif(room).withXmp(XMP).avif({ effort: 0 }).toBuffer();
  const boxes = [box('uuid', 'sixteen letters.', secret('box')), box('free', secret('free'))];
  return join(patched(bytes, bytes.indexOf('II*\0'), tiff), ...boxes);
}

export type Kind = Format | 'apng' | 'moving gif' | 'moving webp';

/** A picture in which, wherever its format has a place for it, something private stands. */
export async function telling(kind: Kind): Promise<Buffer> {
  const wanted = { width: 1060, height: 800, quality: 50 };
  const still = (format: Format) => picture({ ...wanted, format });
  const moving = (format: Format) => picture({ width: 200, height: 150, frames: 2, format });
  const tiff = await exif();
  const kinds: Record<Kind, () => Promise<Buffer>> = {
    jpeg: async () => inJpeg(await still('jpeg'), tiff),
    png: async () => inPng(await still('png'), tiff),
    webp: async () => inWebp(await still('webp'), tiff),
    gif: async () => inGif(await still('gif')),
    avif: async () => inAvif(await still('avif'), tiff),
    apng: async () => inPng(await apng(wanted), tiff),
    'moving gif': async () => inGif(await moving('gif')),
    'moving webp': async () => inWebp(await moving('webp'), tiff),
  };
  return kinds[kind]();
}

/** What a JPEG or a WebP is made of, beside the codes of its pixels: the markers, or the names of the chunks. */
export function madeOf(bytes: Buffer): string[] {
  if (bytes.toString('latin1', 0, 4) === 'RIFF') return chunksOf(bytes);
  const markers: string[] = [];
  for (let at = 2; bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    markers.push((bytes[at + 1] ?? 0).toString(16));
    if (bytes[at + 1] === 0xda)
      return bytes.indexOf('\xff\xd9', at, 'latin1') === bytes.length - 2 ? markers : ['more'];
  }
  return markers;
}

function chunksOf(webp: Buffer): string[] {
  const names: string[] = [];
  let at = 12;
  for (; at + 8 <= webp.length; at += 8 + webp.readUInt32LE(at + 4) + (webp.readUInt32LE(at + 4) % 2))
    names.push(webp.toString('latin1', at, at + 4));
  return at === webp.length ? names : [...names, 'more'];
}
