import * as fc from 'fast-check';
import { readAuthorship } from '../../src/lib/authorship/index.ts';
import { readExif } from '../../src/lib/authorship/exif.ts';
import { readIptc } from '../../src/lib/authorship/iptc.ts';
import { clean, httpAddress } from '../../src/lib/authorship/text.ts';
import { readXmp } from '../../src/lib/authorship/xmp.ts';
import { dataSet, item, list, photoshop, WHOLE_XMP, xmp } from '../support/metadata.ts';

const fromXmp = (text: string) => readXmp(Buffer.from(text));
const NOTHING = { creator: '', copyright: '', credit: '', licence: '', description: '' };

/** A TIFF of one directory; each entry's value behind it, or at a place that is given. */
function tiff(
  order: 'II' | 'MM',
  entries: readonly { tag: number; type?: number; text: string; count?: number; at?: number }[],
) {
  const little = order === 'II';
  const whole = Buffer.alloc(8 + 2 + 12 * entries.length + 4 + 1000);
  const u16 = (value: number, at: number) => (little ? whole.writeUInt16LE(value, at) : whole.writeUInt16BE(value, at));
  const u32 = (value: number, at: number) => (little ? whole.writeUInt32LE(value, at) : whole.writeUInt32BE(value, at));
  whole.write(order);
  u16(42, 2);
  u32(8, 4);
  u16(entries.length, 8);
  let behind = 8 + 2 + 12 * entries.length + 4;
  for (const [n, { tag, type = 2, text, count, at }] of entries.entries()) {
    const entry = 10 + 12 * n;
    const bytes = Buffer.from(text);
    u16(tag, entry);
    u16(type, entry + 2);
    u32(count ?? bytes.length, entry + 4);
    if (bytes.length <= 4 && at === undefined) bytes.copy(whole, entry + 8);
    else {
      u32(at ?? behind, entry + 8);
      bytes.copy(whole, behind);
      behind += bytes.length;
    }
  }
  return whole;
}

describe('EXIF says whose work a picture is', () => {
  const entries = [
    { tag: 0x010e, text: 'A heron\0' },
    { tag: 0x013b, text: 'Ann\0' },
    { tag: 0x8298, text: '© Ann\0© Editor\0' },
    { tag: 0x0110, text: 'SpyCam 3000\0' },
  ];
  test.each(['II', 'MM'] as const)('in %s order, with and without its header', (order) => {
    const said = { description: 'A heron', creator: 'Ann', copyright: '© Ann, © Editor' };
    expect(readExif(tiff(order, entries))).toEqual(said);
    expect(readExif(Buffer.concat([Buffer.from('Exif\0\0'), tiff(order, entries)]))).toEqual(said);
  });

  test.each([
    ['a place outside', [{ tag: 0x013b, text: 'Ann Other', at: 0xfffffff0 }]],
    ['more bytes than there are', [{ tag: 0x013b, text: 'Ann Other', count: 0xffffffff }]],
    ['a number, not a text', [{ tag: 0x013b, text: 'Ann Other', type: 3 }]],
    ['itself: its own directory', [{ tag: 0x013b, text: '', count: 0, at: 8 }]],
  ])('and is passed over where it points to %s', (_, some) => {
    expect(readAuthorship({ exif: tiff('II', some) })).toEqual(NOTHING);
  });

  test('also in Latin-1, as older programs write it', () => {
    const bytes = tiff('II', [{ tag: 0x013b, text: 'Jxrg Muster' }]);
    bytes[bytes.indexOf('Jxrg') + 1] = 0xf6;
    expect(readExif(bytes)).toEqual({ creator: 'Jörg Muster' });
  });
});

describe('IPTC says it too', () => {
  const records = Buffer.concat([
    dataSet(1, 90, '\x1b%G'),
    dataSet(2, 80, 'Ann'),
    dataSet(2, 80, 'Bea'),
    dataSet(2, 110, 'Heron & Sons'),
    dataSet(2, 116, '© Ann'),
    dataSet(2, 120, 'A heron'),
    dataSet(2, 101, 'Nowhere'),
  ]);
  const said = { creator: 'Ann, Bea', credit: 'Heron & Sons', copyright: '© Ann', description: 'A heron' };

  test('alone, and among the resources of Photoshop', () => {
    expect(readIptc(records)).toEqual(said);
    expect(readIptc(photoshop(records))).toEqual(said);
  });

  test.each(['cut anywhere', 'with any byte changed'])('and %s it does no harm', (what) => {
    const whole = photoshop(records);
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(what === 'cut anywhere' ? whole.subarray(0, at) : whole);
      if (at < bytes.length) bytes[at] = 0xff;
      expect(Object.keys(readIptc(bytes)).every((name) => Object.hasOwn(said, name))).toBe(true);
    }
  });
});

describe('XMP says it best', () => {
  const whole = {
    creator: 'Ann Other, Bea',
    copyright: '© 2026 Ann',
    credit: 'Heron & Sons',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    description: 'A heron',
  };

  test('as attributes, elements and lists; of several licences the one that is a licence', () => {
    expect(fromXmp(WHOLE_XMP)).toEqual(whole);
  });

  test.each([
    [
      'under other prefixes',
      WHOLE_XMP.replaceAll('dc:', 'd:').replaceAll('xmlns:dc', 'xmlns:d').replaceAll('xmlns:d:', 'xmlns:d'),
      whole,
    ],
    ['as plain characters', xmp('<dc:creator><![CDATA[Ann <b>]]></dc:creator>'), { creator: 'Ann <b>' }],
    ['with entities of numbers', xmp('<dc:creator>&#65;&#x6e;n</dc:creator>'), { creator: 'Ann' }],
    ['with a sign > in an attribute', xmp('', `photoshop:Credit='a > b'`), { credit: 'a > b' }],
    [
      'in the first language where none is the default',
      xmp(`<dc:rights>${list('Alt', item('Meins', 'de'), item('Mine', 'en'))}</dc:rights>`),
      { copyright: 'Meins' },
    ],
    ['and nothing where it is empty', xmp('<dc:creator/><dc:rights> </dc:rights>'), {}],
  ])('%s', (_, text, said) => {
    expect(fromXmp(text)).toEqual(said);
  });

  test.each([
    [
      'entities that multiply',
      `<!DOCTYPE x [<!ENTITY a "${'b'.repeat(99)}">]>${xmp('<dc:creator>&a;&a;</dc:creator>')}`,
    ],
    ['elements in elements without end', '<a>'.repeat(100_000)],
    ['tags that never end', '<'.repeat(200_000)],
    ['attributes that never end', `<a ${'b'.repeat(200_000)}`],
    ['comments that never end', `<!--${'-'.repeat(200_000)}`],
    ['no XML at all', 'GIF89a\0\0\0'],
  ])('%s are passed over', (_, text) => {
    expect(fromXmp(text)).toEqual({});
  });
});

describe('what a picture says', () => {
  test('goes from XMP to IPTC to EXIF to the texts of a PNG, field by field', () => {
    const told = {
      xmp: Buffer.from(xmp('<dc:creator>From XMP</dc:creator>')),
      iptc: Buffer.concat([dataSet(2, 80, 'From IPTC'), dataSet(2, 110, 'Credit')]),
      exif: tiff('II', [
        { tag: 0x013b, text: 'From EXIF' },
        { tag: 0x8298, text: 'Copyright' },
      ]),
      texts: [
        { keyword: 'Description', text: 'From PNG' },
        { keyword: 'constructor', text: 'x' },
      ],
    };
    expect(readAuthorship(told)).toEqual({
      creator: 'From XMP',
      credit: 'Credit',
      copyright: 'Copyright',
      licence: '',
      description: 'From PNG',
    });
  });

  test.each([
    ['  two\t blanks ', 'two blanks'],
    ['turned \u202eround', 'turned round'],
    ['می\u200cخواهم 👩\u200d🎨', 'می\u200cخواهم 👩\u200d🎨'],
    ['a\r\nb\rc\n\n\n\nd', 'a\nb\nc\n\nd'],
    ['bell\u0007 and \ud800half', 'bell and half'],
    ['caf e\u200b\u0301 \u200b au', 'caf é au'],
    ['x'.repeat(501), 'x'.repeat(500)],
  ])('is cleaned: %j', (text, cleaned) => expect(clean(text, 500)).toBe(cleaned));

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//a.example',
    'CC BY',
    'https://me:secret@a.example/',
    `https://a.example/${'x'.repeat(500)}`,
  ])('is no licence that a link may lead to: %s', (address) => expect(httpAddress(address)).toBe(''));

  test('is clean and short whatever the bytes are', () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((some) => Buffer.from(some));
    const texty = fc
      .string({ unit: 'binary', maxLength: 300 })
      .map((text) => Buffer.from(xmp(`<dc:rights>${text}</dc:rights>`)));
    fc.assert(
      fc.property(bytes, bytes, fc.oneof(bytes, texty), (exif, iptc, packet) => {
        const said = readAuthorship({ exif: Buffer.concat([Buffer.from('II*\0\x08\0\0\0'), exif]), iptc, xmp: packet });
        for (const text of Object.values(said)) expect(clean(text, 5000)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
