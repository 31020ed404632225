import sharp from 'sharp';
import { apart, farthest, middleOf, quartersOf, QUARTERS } from '../support/colours.ts';
import { openStudio } from '../support/imaging.ts';
import type { Studio } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { patched } from './corpus/bytes.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio({ workers: 1 });
});
afterAll(() => studio.close());

const WAYS = [1, 2, 3, 4, 5, 6, 7, 8];
const SIZE = { width: 192, height: 128 };
const quarters = (more: object) => picture({ drawing: 'quarters', ...SIZE, ...more });

async function expectUpright(bytes: Buffer) {
  const { facts, high } = await studio.inspect(bytes);
  expect([facts.width, facts.height, high.width, high.height]).toEqual([192, 128, 192, 128]);
  expect(farthest(await quartersOf(high.path), QUARTERS)).toBeLessThan(12);
  expect((await sharp(high.path).metadata()).orientation).toBeUndefined();
}

describe('a camera held in any way', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('lands upright in a %s', async (format) => {
    for (const orientation of WAYS) {
      const bytes = await quarters({ format, orientation });
      // EXIF says it in each of them; AVIF says it in boxes of its own, which alone count.
      if (orientation > 1) expect(/Exif|eXIf/.test(bytes.toString('latin1'))).toBe(true);
      if (orientation > 1 && format === 'avif') expect(/irot|imir/.test(bytes.toString('latin1'))).toBe(true);
      await expectUpright(bytes);
    }
  });

  test('an AVIF is turned by its own boxes: where only EXIF says so, it is shown as it is', async () => {
    const bytes = await quarters({ format: 'avif', orientation: 6 });
    const unturned = patched(bytes, bytes.indexOf('irot') + 4, '\0');
    const { facts, high } = await studio.inspect(unturned);
    expect([facts.width, facts.height, high.width, high.height]).toEqual([128, 192, 128, 192]);
    const [red, green, blue, white] = QUARTERS;
    expect(farthest(await quartersOf(high.path), [green!, white!, red!, blue!])).toBeLessThan(12);
  });

  test.each(['progressive', 'cmyk', 'grey'] as const)('a %s JPEG too', async (kind) => {
    const bytes = await quarters({
      orientation: 6,
      ...(kind === 'progressive' ? { progressive: true } : { space: kind }),
    });
    const { facts, high } = await studio.inspect(bytes);
    expect([facts.width, facts.height, high.width, high.height]).toEqual([192, 128, 192, 128]);
    const seen = await quartersOf(high.path);
    // White is where it belongs; what the others have become is another test's.
    expect(seen.map(([red, green, blue]) => Math.min(red, green, blue) > 240)).toEqual([false, false, false, true]);
  });

  test('all sizes of a picture are upright, also the largest', async () => {
    const bytes = await picture({ drawing: 'quarters', width: 1200, height: 1100, orientation: 7 });
    for (const tier of await studio.render(bytes, ['very_high', 'low', 'full']))
      expect(farthest(await quartersOf(tier.path), QUARTERS)).toBeLessThan(12);
  });
});

/** Frame by frame as a camera would store them that is held so. */
async function film(orientation: number): Promise<Buffer> {
  const frames = [await quarters({ format: 'png', orientation })];
  for (const colour of [WARM, COLD])
    frames.push(await picture({ drawing: 'flat', colour, ...SIZE, format: 'png', orientation }));
  const bare = await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer()));
  const joined = sharp(bare, { join: { animated: true } }).withMetadata({ orientation });
  return joined.webp({ lossless: true, effort: 0, loop: 3, delay: [80, 120, 200] }).toBuffer();
}
const WARM = { r: 200, g: 120, b: 60 };
const COLD = { r: 60, g: 120, b: 200 };

describe('an animation that was stored on its side', () => {
  test.each(WAYS)('orientation %d: each frame is turned, in its order and rhythm', async (orientation) => {
    const bytes = await film(orientation);
    const { facts, high } = await studio.inspect(bytes);
    expect(facts).toMatchObject({ ...SIZE, frames: 3, animated: true });
    const seen = await sharp(high.path, { pages: -1 }).metadata();
    expect([seen.pages, seen.width, seen.pageHeight, seen.loop, seen.delay]).toEqual([3, 192, 128, 3, [80, 120, 200]]);
    expect(farthest(await quartersOf(high.path), QUARTERS)).toBeLessThan(20);
    for (const [page, { r, g, b }] of [WARM, COLD].entries())
      expect(apart(await middleOf(high.path, page + 1), [r, g, b])).toBeLessThan(12);
    const [low] = await studio.render(bytes, ['low']);
    expect(farthest(await quartersOf(low?.path ?? ''), QUARTERS)).toBeLessThan(12);
  });
});
