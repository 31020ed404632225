import { writeFile } from 'node:fs/promises';
import { join as inFolder } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { BOX_TIERS } from '../../src/lib/tiers.ts';
import { apart, coloursAt, farthest, middleOf, quartersOf, QUARTERS, type Rgb } from '../support/colours.ts';
import { ADOBE, greyProfile, pressProfile, rgbProfile } from '../support/icc.ts';
import { openStudio } from '../support/imaging.ts';
import type { Studio } from '../support/imaging.ts';
import { apng, picture } from '../support/pictures.ts';
import { join, pngChunk, segment, withChunks, withSegments } from './corpus/bytes.ts';

let studio: Studio;
let adobe: string;
beforeAll(async () => {
  studio = await openStudio({ workers: 1 });
  adobe = inFolder(studio.home, 'adobe.icc');
  await writeFile(adobe, rgbProfile(ADOBE));
});
afterAll(() => studio.close());

const COLOUR: Rgb = [200, 120, 60];
const flat = (more: object) => picture({ drawing: 'flat', colour: { r: 200, g: 120, b: 60 }, ...more });
const asRgb = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

describe('colours stay what they are', () => {
  test.each([
    ['a JPEG of Display P3', { profile: 'p3' }, 4],
    ['a PNG of Display P3', { profile: 'p3', format: 'png' }, 4],
    ['a WebP of Display P3', { profile: 'p3', format: 'webp' }, 6],
    ['an AVIF of Display P3', { profile: 'p3', format: 'avif' }, 6],
    ['a PNG of Display P3 in 16 bits', { profile: 'p3', space: 'rgb16', format: 'png' }, 4],
    ['a PNG of sRGB in 16 bits', { profile: 'srgb', space: 'rgb16', format: 'png' }, 4],
    ['an AVIF of Display P3 in 10 bits', { profile: 'p3', space: 'rgb16', format: 'avif' }, 6],
    ['an AVIF of 10 bits', { space: 'rgb16', format: 'avif' }, 6],
    ['a 16-bit PNG', { space: 'rgb16', format: 'png' }, 4],
    ['a palette PNG', { palette: true, format: 'png' }, 4],
    ['an interlaced PNG', { progressive: true, format: 'png' }, 4],
    ['an interlaced PNG of 16 bits', { progressive: true, space: 'rgb16', format: 'png' }, 4],
    ['a progressive JPEG', { progressive: true }, 4],
    ['an AVIF', { format: 'avif' }, 6],
    ['a GIF', { format: 'gif' }, 6],
  ] as const)('of %s', async (_, wanted, tolerance) => {
    const { facts, high } = await studio.inspect(await flat(wanted));
    expect(apart(await middleOf(high.path), COLOUR)).toBeLessThanOrEqual(tolerance);
    expect(apart(asRgb(facts.colour), COLOUR)).toBeLessThanOrEqual(tolerance);
    const { space, depth, hasProfile } = await sharp(high.path).metadata();
    expect([space, depth, hasProfile]).toEqual(['srgb', 'uchar', false]);
  });

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('of a %s of Adobe RGB', async (format) => {
    const { high } = await studio.inspect(await flat({ format, profile: adobe }));
    expect(apart(await middleOf(high.path), COLOUR)).toBeLessThanOrEqual(6);
  });

  test('in every size, also the largest, and in every frame', async () => {
    const large = await flat({ profile: adobe, width: 1200, height: 1100 });
    const deep = await flat({ profile: adobe, space: 'rgb16', format: 'png', width: 1200, height: 1100 });
    for (const bytes of [large, deep])
      for (const { path } of await studio.render(bytes, [...BOX_TIERS, 'full'])) {
        expect(apart(await middleOf(path), COLOUR)).toBeLessThanOrEqual(4);
        expect((await sharp(path).metadata()).hasProfile).toBe(false);
      }
    const frames = [await flat({ format: 'png' }), await flat({ format: 'png', colour: { r: 60, g: 120, b: 200 } })];
    const joined = sharp(frames, { join: { animated: true } }).withIccProfile(adobe);
    const { high } = await studio.inspect(await joined.webp({ lossless: true, effort: 0 }).toBuffer());
    expect(apart(await middleOf(high.path, 0), COLOUR)).toBeLessThanOrEqual(6);
    expect(apart(await middleOf(high.path, 1), [60, 120, 200])).toBeLessThanOrEqual(6);
  });

  test.each(['jpeg', 'png'] as const)('a grey %s stays grey, and as bright as it was', async (format) => {
    const colour = { r: 150, g: 150, b: 150 };
    const { high } = await studio.inspect(await flat({ format, space: 'grey', colour }));
    expect(apart(await middleOf(high.path), [150, 150, 150])).toBeLessThanOrEqual(2);
  });
});

describe('a profile is followed, whatever it says', () => {
  const inJpeg = (jpeg: Buffer, icc: Buffer) => withSegments(jpeg, segment(0xe2, join('ICC_PROFILE\0', [1, 1], icc)));
  const inPng = (png: Buffer, icc: Buffer) => withChunks(png, pngChunk('iCCP', join('x\0\0', deflateSync(icc))));
  const [red, green, blue] = ADOBE;

  test.each(['jpeg', 'png'] as const)(
    'also one in which red and green have changed places, in a %s',
    async (format) => {
      const put = format === 'jpeg' ? inJpeg : inPng;
      const bytes = await flat({ format, colour: { r: 60, g: 180, b: 60 } });
      const { high } = await studio.inspect(put(bytes, rgbProfile([green, red, blue])));
      const [r, g] = await middleOf(high.path);
      expect(r - g).toBeGreaterThan(100);
    },
  );

  test('also that of a grey picture: half the light is brighter than the middle of sRGB', async () => {
    const grey = { space: 'grey', colour: { r: 128, g: 128, b: 128 } };
    for (const bytes of [
      inJpeg(await flat(grey), greyProfile(1)),
      inPng(await flat({ ...grey, format: 'png' }), greyProfile(1)),
    ]) {
      const { high } = await studio.inspect(bytes);
      expect(apart(await middleOf(high.path), [188, 188, 188])).toBeLessThanOrEqual(3);
    }
  });

  const CYAN: Rgb = [0, 170, 230];
  const MAGENTA: Rgb = [230, 0, 130];
  const YELLOW: Rgb = [255, 240, 0];
  const largestOf = (colours: readonly Rgb[]) =>
    colours.map((colour) => (Math.min(...colour) > 200 ? 'white' : 'rgb'[colour.indexOf(Math.max(...colour))]));

  test('CMYK without a profile looks as presses usually print', async () => {
    const { high } = await studio.inspect(await flat({ space: 'cmyk', quality: 100 }));
    expect(apart(await middleOf(high.path), COLOUR)).toBeLessThanOrEqual(30);
    const tiers = await studio.render(
      await picture({ drawing: 'quarters', space: 'cmyk', width: 1200, height: 1100 }),
      [...BOX_TIERS, 'full'],
    );
    for (const { path } of tiers) expect(largestOf(await quartersOf(path))).toEqual(['r', 'g', 'b', 'white']);
  });

  test('CMYK with a profile looks as that press prints', async () => {
    const bytes = await picture({ drawing: 'quarters', space: 'cmyk', quality: 100 });
    const usual = await studio.inspect(inJpeg(bytes, pressProfile([CYAN, MAGENTA, YELLOW])));
    expect(largestOf(await quartersOf(usual.high.path))).toEqual(['r', 'g', 'b', 'white']);
    // Whose plates are in other inks: what was magenta and yellow is yellow and cyan.
    const odd = await studio.inspect(inJpeg(bytes, pressProfile([MAGENTA, YELLOW, CYAN])));
    expect(largestOf(await quartersOf(odd.high.path))).toEqual(['g', 'b', 'r', 'white']);
  });
});

describe('transparency', () => {
  const alphaAt = async (path: string) => {
    const { data, info } = await sharp(path).extractChannel('alpha').raw().toBuffer({ resolveWithObject: true });
    return [data[10], data[info.width - 10]];
  };

  test.each(['png', 'webp', 'avif', 'gif'] as const)('of a %s survives, as WebP', async (format) => {
    const { facts, high } = await studio.inspect(await picture({ format, alpha: true }));
    expect([facts.alpha, high.type]).toEqual([true, 'image/webp']);
    expect(await alphaAt(high.path)).toEqual([255, 0]);
  });

  test('through which nothing shines is none: JPEG', async () => {
    const { facts, high } = await studio.inspect(await picture({ format: 'png', alpha: 'opaque' }));
    expect([facts.alpha, high.type]).toEqual([false, 'image/jpeg']);
  });

  test.each([
    ['a palette', { palette: true }],
    ['an interlaced PNG', { progressive: true }],
    ['16 bits', { space: 'rgb16' }],
    ['Display P3', { profile: 'p3' }],
  ] as const)('of %s survives, and what can be seen keeps its colours', async (_, wanted) => {
    const bytes = await picture({
      drawing: 'quarters',
      format: 'png',
      alpha: true,
      width: 1200,
      height: 1100,
      ...wanted,
    });
    if ('palette' in wanted) expect(['PLTE', 'tRNS'].every((chunk) => bytes.includes(chunk))).toBe(true);
    for (const { path, type } of await studio.render(bytes, [...BOX_TIERS, 'full'])) {
      expect(type).toBe('image/webp');
      expect(await alphaAt(path)).toEqual([255, 0]);
      const [red, , blue] = await quartersOf(path);
      expect(farthest([red!, blue!], [QUARTERS[0]!, QUARTERS[2]!])).toBeLessThan(12);
    }
  });

  test('of a grey picture survives, and it stays as bright as it was', async () => {
    const colour = { r: 150, g: 150, b: 150 };
    const bytes = await sharp(await flat({ format: 'png', alpha: true, colour }))
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await sharp(bytes).metadata()).channels).toBe(2);
    const { facts, high } = await studio.inspect(bytes);
    expect([facts.alpha, await alphaAt(high.path)]).toEqual([true, [255, 0]]);
    const [seen] = await coloursAt(high.path, [[0.2, 0.5]]);
    expect(apart(seen!, [150, 150, 150])).toBeLessThanOrEqual(2);
  });
});

test('of an APNG its still is taken, in its own colours, and it is said', async () => {
  const { facts, high } = await studio.inspect(await apng({ drawing: 'quarters' }));
  expect(facts).toMatchObject({ frames: 1, animated: false, still_of: 'apng' });
  expect(farthest(await quartersOf(high.path), QUARTERS)).toBeLessThan(12);
});
