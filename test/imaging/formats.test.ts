import { CLOCKS, startChild } from '../../src/imaging/supervised.ts';
import type { Child } from '../../src/imaging/supervised.ts';
import { createKeeper } from '../../src/imaging/walls.ts';
import { silentLog } from '../../src/lib/log.ts';
import { openStudio } from '../support/imaging.ts';
import type { Studio } from '../support/imaging.ts';
import { apng, cut, picture } from '../support/pictures.ts';
import * as make from '../support/pictures.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio.close());

const FORMATS = ['jpeg', 'png', 'gif', 'webp', 'avif'] as const;

describe('the five formats', () => {
  test.each(FORMATS)('%s is taken, with its facts', async (format) => {
    const { facts, high } = await studio.inspect(await picture({ format, width: 1200, height: 800 }));
    expect(facts).toMatchObject({
      format,
      type: `image/${format}`,
      width: 1200,
      height: 800,
      frames: 1,
      animated: false,
      alpha: false,
      still_of: null,
      quality: 'high',
    });
    expect(high).toMatchObject({ tier: 'high', width: 1024, height: 683, type: 'image/jpeg' });
  });

  test.each(FORMATS)('%s that was cut off is called damaged, and leaves no file', async (format) => {
    const before = await studio.files();
    const bytes = await picture({ format, drawing: 'noise', width: 300, height: 260 });
    for (const keep of [0.5, 0.95, -40]) expect(await studio.refusalOf(cut(bytes, keep))).toMatch(/^broken: .*damaged/);
    expect(await studio.files()).toEqual(before);
  });

  test.each([
    ['jpeg', { progressive: true }],
    ['png', { progressive: true }],
    ['gif', { frames: 4 }],
    ['webp', { frames: 4 }],
  ] as const)('%s %j that was cut off is called damaged', async (format, more) => {
    const bytes = await picture({ format, drawing: 'noise', width: 200, height: 160, ...more });
    expect(await studio.refusalOf(cut(bytes, 0.8))).toMatch(/^broken: /);
  });
});

describe('everything else is named', () => {
  test.each([
    ['a page', make.html(), /^not_an_image: This is a web page/],
    ['a drawing', make.svg(), /SVG drawing/],
    ['a compressed drawing', make.svgz(), /SVG drawing/],
    ['a PDF', make.pdf(), /PDF document/],
    ['a photo of a phone', make.heic(), /HEIC photo.*JPEG/],
    ['a film', make.mp4(), /video/],
    ['a JPEG XL', make.jxl(), /JPEG XL/],
    ['an icon', make.ico(), /icon/],
    ['a BMP', make.bmp(), /BMP/],
    ['an archive', make.zip(), /ZIP/],
    ['text', Buffer.from('hello'), /^not_an_image: This is text/],
    ['nothing', Buffer.alloc(0), /empty/],
    ['one byte', Buffer.from([0xff]), /no kind of picture/],
    ['noise', Buffer.from([7, 0, 1, 0, 200, 3]), /no kind of picture/],
  ])('%s', async (_, bytes, sentence) => {
    expect(await studio.refusalOf(bytes)).toMatch(sentence);
  });

  test('a TIFF', async () => expect(await studio.refusalOf(await make.tiff())).toMatch(/^not_an_image: .*TIFF/));
});

describe('inside the child only the five loaders are left', () => {
  const limits = { maxPixels: 1e8, maxFrames: 500, minWidth: 1, minHeight: 1 };
  let child: Child;
  beforeAll(() => {
    child = startChild({ memoryMb: 768, clocks: CLOCKS, keeper: createKeeper(undefined, silentLog) });
  });
  afterAll(() => {
    child.kill('closed');
    return child.gone;
  });
  const open = async (bytes: Buffer) => {
    const ask = {
      id: 1,
      task: 'inspect',
      format: 'png',
      stem: 'x',
      tiers: ['high'],
      also: [],
      limits,
      memoryMb: 768,
      stills: 'jpeg',
    } as const;
    return child.ask({ ...ask, file: await studio.put(bytes), folder: studio.folder }, () => {});
  };

  test.each([
    ['TIFF', make.tiff],
    ['SVG', async () => make.svg()],
    ['compressed SVG', async () => make.svgz()],
    ['PDF', async () => make.pdf()],
    ['PPM', async () => Buffer.from('P6 200 200 255\n' + 'x'.repeat(120_000))],
    [
      'V, the format of libvips itself,',
      async () => Buffer.concat([Buffer.from('08f2a6b6', 'hex'), Buffer.alloc(9000, 1)]),
    ],
  ])('a %s that came so far cannot be opened', async (_, bytes) => {
    const answer = await open(await bytes());
    expect(answer).toMatchObject({ say: 'refused', detail: expect.stringContaining('unsupported image format') });
  });

  test('a picture that is not what its first bytes said is refused', async () => {
    const answer = await open(await picture({ format: 'gif', width: 20, height: 20 }));
    expect(answer).toMatchObject({ say: 'refused', refusal: { reason: 'broken' }, detail: '' });
  });
});

describe('what can only be shown as a still', () => {
  test('an APNG is taken, and it is said', async () => {
    const { facts } = await studio.inspect(await apng());
    expect(facts).toMatchObject({ format: 'png', frames: 1, animated: false, still_of: 'apng' });
  });

  test('so is a picture of an AVIF sequence', async () => {
    const bytes = await picture({ format: 'avif' });
    // The brands of the file say that it holds a sequence too.
    bytes.write('avis', bytes.indexOf('miaf'), 'latin1');
    const { facts } = await studio.inspect(bytes);
    expect(facts).toMatchObject({ format: 'avif', still_of: 'avif_sequence' });
  });
});
