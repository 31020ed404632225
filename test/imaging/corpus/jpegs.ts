import sharp from 'sharp';
import { flipped, inserted, join, patched, segment, text, withSegments } from './bytes.ts';
import { flatJpeg } from './flat-jpeg.ts';
import { refused, small, taken, type Case } from './case.ts';

const adobe = (transform: number) => segment(0xee, join('Adobe', [0, 100, 0, 0, 0, 0, transform]));

/** Where the marker segment begins that holds the size (0xc0, 0xc2), the tables (0xdb, 0xc4) or the scan (0xda). */
const find = (jpeg: Buffer, marker: number) => jpeg.indexOf(Buffer.from([0xff, marker]));
const without = (jpeg: Buffer, marker: number) => {
  const at = find(jpeg, marker);
  return join(jpeg.subarray(0, at), jpeg.subarray(at + 2 + jpeg.readUInt16BE(at + 2)));
};

/** The kinds of JPEG that there are, and those that are out of order. */
export async function jpegs(): Promise<Case[]> {
  const [jpeg, progressive] = [await small(), await small({ progressive: true })];
  const [sof, sos] = [find(jpeg, 0xc0), find(jpeg, 0xda)];
  const kind = (marker: number) => patched(jpeg, sof, Buffer.from([0xff, marker]));
  return [
    ...(await spaces(jpeg)),
    ['a progressive JPEG', progressive, taken('jpeg')],
    ['a JPEG in one grey', flatJpeg(), taken('jpeg')],
    ['a JPEG with restarts', flatJpeg({ restart: 20 }), taken('jpeg')],
    ['a JPEG with a restart at each block', flatJpeg({ restart: 1 }), taken('jpeg')],
    ['a JPEG with restarts of which one is missing', flatJpeg({ restart: 20, losing: true }), taken('jpeg')],
    ['a JPEG that says its height at the end', flatJpeg({ late: true }), refused('broken')],
    ['a JPEG without loss', flatJpeg({ lossless: true }), taken('jpeg')],
    ['a JPEG of 12 bits', flatJpeg({ bits: 12 }), refused('broken')],
    ['a JPEG that says it is of arithmetic codes', kind(0xc9), taken('jpeg')],
    ['a JPEG that says it is without loss', kind(0xc3), refused('broken')],
    ['a JPEG of steps', kind(0xc5), refused('broken')],
    [
      'a JPEG that says it is of 12 bits',
      patched(patched(jpeg, sof, Buffer.from([0xff, 0xc1])), sof + 4, Buffer.from([12])),
      refused('broken'),
    ],
    ['a JPEG-LS', join('\xff\xd8\xff\xf7', jpeg.subarray(sof + 2)), refused('broken')],
    ['a JPEG of no lines', patched(jpeg, sof + 5, Buffer.from([0, 0])), refused('broken')],
    ['a JPEG of no columns', patched(jpeg, sof + 7, Buffer.from([0, 0])), refused('broken')],
    [
      'a JPEG that says it is higher than it is',
      patched(jpeg, sof + 5, Buffer.from([2, 0])),
      taken('jpeg', { height: 512 }),
    ],
    [
      'a JPEG that says it is lower than it is',
      patched(jpeg, sof + 5, Buffer.from([0, 126])),
      taken('jpeg', { height: 126 }),
    ],
    ['a JPEG of 255 components', patched(jpeg, sof + 9, Buffer.from([255])), refused('broken')],
    ['a JPEG of no components', patched(jpeg, sof + 9, Buffer.from([0])), refused('broken')],
    ['a JPEG without tables of quantities', without(without(jpeg, 0xdb), 0xdb), refused('broken')],
    ['a JPEG without tables of codes', [1, 2, 3, 4].reduce((less) => without(less, 0xc4), jpeg), taken('jpeg')],
    ['a JPEG without a scan', jpeg.subarray(0, sos), refused('broken')],
    [
      'a JPEG with the size of another before its own',
      inserted(jpeg, sof, jpeg.subarray(sof, sof + 2 + jpeg.readUInt16BE(sof + 2))),
      refused('broken'),
    ],
    ['a JPEG that begins again', inserted(jpeg, 2, '\xff\xd8'), refused('broken')],
    ['a JPEG that ends at once', inserted(jpeg, 2, '\xff\xd9'), refused('broken')],
    ['a JPEG with much filling between markers', inserted(jpeg, 2, Buffer.alloc(5000, 0xff)), taken('jpeg')],
    ['a JPEG with rubbish between markers', inserted(jpeg, sof, text('rubbish')), taken('jpeg')],
    [
      'a JPEG whose pixels are noise',
      patched(jpeg, sos + 60, Buffer.from(Array.from({ length: 400 }, (_, n) => (n * 73) % 251))),
      taken('jpeg'),
    ],
    ['a JPEG with one bit changed', flipped(jpeg, sos + 300, 1), taken('jpeg')],
    ['a JPEG with the marker of a film in it', patched(jpeg, sos + 200, '\xff\xd5'), taken('jpeg')],
    [
      'a photo of a phone that holds two',
      join(withSegments(jpeg, segment(0xe2, text('MPF\0MM\0*\0\0\0\x08\0\0'))), await small({ seed: 2 })),
      taken('jpeg'),
    ],
    ['a progressive JPEG of its first scan alone', firstScan(progressive), taken('jpeg')],
  ];
}

/** Colours that are stored otherwise, and those who say so wrongly. */
async function spaces(jpeg: Buffer): Promise<Case[]> {
  const cmyk = await small({ space: 'cmyk' });
  const bare = without(cmyk, 0xee);
  const grey = await small({ space: 'grey' });
  return [
    ['a grey JPEG', grey, taken('jpeg')],
    ['a CMYK JPEG', cmyk, taken('jpeg')],
    ['a CMYK JPEG that does not say who made it', bare, taken('jpeg')],
    ['a CMYK JPEG that says YCCK', withSegments(bare, adobe(2)), taken('jpeg')],
    ['a JPEG that says RGB and is not', withSegments(jpeg, adobe(0)), taken('jpeg')],
    ['a JPEG of a transform that is none', withSegments(jpeg, adobe(77)), taken('jpeg')],
    ['a grey JPEG that says YCCK', withSegments(grey, adobe(2)), taken('jpeg')],
    ...(await Promise.all(
      (['4:4:4', '4:2:0'] as const).map(async (chromaSubsampling): Promise<Case> => [
        `a JPEG of ${chromaSubsampling}`,
        await sharp(jpeg).jpeg({ chromaSubsampling }).toBuffer(),
        taken('jpeg'),
      ]),
    )),
    ['a wide JPEG of P3', await small({ profile: 'p3' }), taken('jpeg')],
  ];
}

/** What a browser has got when the first rough picture is there: the rest is missing, and it ends as it should. */
function firstScan(progressive: Buffer): Buffer {
  const first = find(progressive, 0xda);
  const second = progressive.indexOf(Buffer.from([0xff, 0xc4]), first);
  return join(progressive.subarray(0, second), '\xff\xd9');
}
