import {
  be32,
  join,
  le16,
  le32,
  noise,
  pngChunk,
  riffChunk,
  segment,
  text,
  webpOf,
  withChunks,
  withSegments,
} from './bytes.ts';
import { SIZE, small, taken, type Case } from './case.ts';

interface Entry {
  tag: number;
  type: number;
  count: number;
  /** Four bytes: the value itself, or where it stands. */
  value: Buffer;
}

/** A TIFF header and one directory: what EXIF is. `next` is where the following directory is said to be. */
const exif = (entries: Entry[], next = 0, behind: Buffer | string = ''): Buffer =>
  join(
    'II*\0',
    le32(8),
    le16(entries.length),
    ...entries.map(({ tag, type, count, value }) => join(le16(tag, type), le32(count), value)),
    le32(next),
    behind,
  );
const orientation = (value: number): Entry => ({ tag: 0x112, type: 3, count: 1, value: le16(value, 0) });
const app1 = (data: Buffer | string) => segment(0xe1, join('Exif\0\0', data));

/** EXIF that is broken, without end, or not what it says: pictures are shown all the same, and turned where it can be read. */
async function exifs(jpeg: Buffer, png: Buffer): Promise<Case[]> {
  const turned = { width: SIZE.height, height: SIZE.width };
  return [
    ['EXIF of orientation 6', withSegments(jpeg, app1(exif([orientation(6)]))), taken('jpeg', turned)],
    ['EXIF of orientation 0', withSegments(jpeg, app1(exif([orientation(0)]))), taken('jpeg')],
    ['EXIF of orientation 9', withSegments(jpeg, app1(exif([orientation(9)]))), taken('jpeg')],
    ['EXIF of orientation 65535', withSegments(jpeg, app1(exif([orientation(65535)]))), taken('jpeg')],
    ['EXIF with two orientations', withSegments(jpeg, app1(exif([orientation(1), orientation(6)]))), taken('jpeg')],
    [
      'EXIF twice',
      withSegments(jpeg, app1(exif([orientation(6)])), app1(exif([orientation(1)]))),
      taken('jpeg', turned),
    ],
    ['EXIF that goes round', withSegments(jpeg, app1(exif([orientation(6)], 8))), taken('jpeg', turned)],
    [
      'EXIF whose directories lead into one another',
      withSegments(
        jpeg,
        app1(
          exif([
            { tag: 0x8769, type: 4, count: 1, value: le32(8) },
            { tag: 0x8825, type: 4, count: 1, value: le32(8) },
          ]),
        ),
      ),
      taken('jpeg'),
    ],
    [
      'EXIF that points past its end',
      withSegments(jpeg, app1(exif([{ tag: 0x10f, type: 2, count: 99, value: le32(0x7ffffff0) }]))),
      taken('jpeg'),
    ],
    [
      'EXIF of four thousand million letters',
      withSegments(jpeg, app1(exif([{ tag: 0x10f, type: 2, count: 0xffffffff, value: le32(8) }]))),
      taken('jpeg'),
    ],
    [
      'EXIF of 65,535 entries',
      withSegments(jpeg, app1(join('II*\0', le32(8), le16(0xffff), Buffer.alloc(600)))),
      taken('jpeg'),
    ],
    ['EXIF of noise', withSegments(jpeg, app1(noise(1, 900))), taken('jpeg')],
    ['EXIF of nothing', withSegments(jpeg, app1('')), taken('jpeg')],
    [
      'EXIF as long as can be',
      withSegments(jpeg, app1(join(exif([orientation(6)]), Buffer.alloc(65_000)))),
      taken('jpeg', turned),
    ],
    ['EXIF with a thumbnail that is a page', withSegments(jpeg, app1(exif([], 0, '<html><script>'))), taken('jpeg')],
    ['EXIF in a PNG', withChunks(png, pngChunk('eXIf', exif([orientation(6)]))), taken('png', turned)],
    ['EXIF of noise in a PNG', withChunks(png, pngChunk('eXIf', noise(2, 300))), taken('png')],
  ];
}

const xmpOf = (body: string) => `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>${body}<?xpacket end="w"?>`;
const xmp = (body: string) => segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${body}`);
const rdf = (title: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;
const laughs = `<!DOCTYPE l [<!ENTITY a0 "ha">${Array.from({ length: 12 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join('')}]>`;

/** XMP is never followed, unfolded or repeated as markup. */
function xmps(jpeg: Buffer, png: Buffer, webp: Buffer): Case[] {
  const markup = xmpOf(rdf('&lt;script&gt;alert(1)&lt;/script&gt;'));
  const outside = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${rdf('&e;')}`;
  return [
    ['XMP with markup', withSegments(jpeg, xmp(markup)), taken('jpeg')],
    ['XMP with a document type and an entity of a file', withSegments(jpeg, xmp(outside)), taken('jpeg')],
    [
      'XMP with an entity of the web',
      withSegments(jpeg, xmp(outside.replace('file:///etc/passwd', 'http://127.0.0.1:9/'))),
      taken('jpeg'),
    ],
    ['XMP of a billion laughs', withSegments(jpeg, xmp(laughs + rdf('&a12;'))), taken('jpeg')],
    ['XMP that never closes', withSegments(jpeg, xmp('<x:xmpmeta><a>'.repeat(4000))), taken('jpeg')],
    [
      'XMP in more parts than there are',
      withSegments(
        jpeg,
        segment(0xe1, join('http://ns.adobe.com/xmp/extension/\0', 'A'.repeat(32), be32(0x7fffffff, 0x7ffffff0), 'x')),
      ),
      taken('jpeg'),
    ],
    ['XMP in a PNG', withChunks(png, pngChunk('iTXt', join('XML:com.adobe.xmp\0\0\0\0\0', markup))), taken('png')],
    [
      'XMP of a billion laughs in a PNG',
      withChunks(png, pngChunk('iTXt', join('XML:com.adobe.xmp\0\0\0\0\0', laughs))),
      taken('png'),
    ],
    ['XMP in a WebP', extended(webp, 0x04, riffChunk('XMP ', text(markup))), taken('webp')],
  ];
}

/** A plain WebP in its extended form, with more chunks behind its pixels. */
export const extended = (webp: Buffer, flags: number, ...more: Buffer[]): Buffer =>
  webpOf(
    riffChunk('VP8X', join(le32(flags), le16(SIZE.width - 1), [0], le16(SIZE.height - 1), [0])),
    webp.subarray(12),
    ...more,
  );

/** What stands beside the pixels, in every form that it should not have. */
export async function metadata(): Promise<Case[]> {
  const [jpeg, png, webp] = [await small(), await small({ format: 'png' }), await small({ format: 'webp' })];
  return [...(await exifs(jpeg, png)), ...xmps(jpeg, png, webp)];
}
