import { openStudio, type Studio } from '../support/imaging.ts';
import { carrying, dataSet, WHOLE_XMP, withPhotoshop, xmp } from '../support/metadata.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio({ workers: 1 });
});
afterAll(() => studio.close());

const saidBy = async (bytes: Buffer) => (await studio.inspect(bytes)).facts.authorship;
const WHOLE = {
  creator: 'Ann Other, Bea',
  copyright: '© 2026 Ann',
  credit: 'Heron & Sons',
  licence: 'https://creativecommons.org/licenses/by/4.0/',
  description: 'A heron',
};

test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)(
  'whose work a picture is, is read from the XMP of %s',
  async (format) => {
    expect(await saidBy(await carrying(format, { xmp: WHOLE_XMP }))).toEqual(WHOLE);
  },
);

test.each(['jpeg', 'png', 'webp', 'avif'] as const)('and from the EXIF of %s', async (format) => {
  const exif = { Artist: 'Ann', Copyright: '(c) Ann', ImageDescription: 'A heron', Model: 'SpyCam 3000' };
  expect(await saidBy(await carrying(format, { exif }))).toEqual({
    creator: 'Ann',
    copyright: '(c) Ann',
    credit: '',
    licence: '',
    description: 'A heron',
  });
});

test('and from the IPTC of a JPEG', async () => {
  const jpeg = await carrying('jpeg', {});
  const records = Buffer.concat([dataSet(2, 80, 'Ann'), dataSet(2, 110, 'Heron & Sons')]);
  expect(await saidBy(withPhotoshop(jpeg, records))).toMatchObject({ creator: 'Ann', credit: 'Heron & Sons' });
});

test('markup, other directions and what no browser may be sent to never leave the child', async () => {
  const bad = xmp(
    '<dc:creator>&lt;b&gt;Ann\u202e&lt;/b&gt;&#0;&#7;</dc:creator><cc:license rdf:resource="javascript:alert(1)"/>',
  );
  expect(await saidBy(await carrying('jpeg', { xmp: bad }))).toMatchObject({ creator: '<b>Ann</b>', licence: '' });
});
