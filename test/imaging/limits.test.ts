import { checkLimits } from '../../src/imaging/child/limits.ts';
import type { Measures } from '../../src/imaging/child/limits.ts';
import { LIMITS, openStudio } from '../support/imaging.ts';
import type { Studio } from '../support/imaging.ts';
import { bombAvif, bombPng, picture } from '../support/pictures.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio({ limits: { ...LIMITS, maxFrames: 10, maxPixels: 90_000_000 } });
});
afterAll(() => studio.close());

describe('bombs are refused with both numbers, before a pixel is decoded', () => {
  test('a one-bit PNG of 50,000 × 50,000', async () => {
    expect(await studio.refusalOf(bombPng(50_000, 50_000))).toBe(
      'too_many_pixels: This picture is 50,000 × 50,000 pixels, 2,500 million in all; at most 90 million are taken. A smaller copy will do.',
    );
  });

  test('an AVIF of 2 kB that says 10,000 × 10,000', async () => {
    const bomb = bombAvif();
    expect(bomb.length).toBeLessThan(2000);
    expect(await studio.refusalOf(bomb)).toMatch(
      /^too_many_pixels: .*10,000 × 10,000 pixels, 100 million.* 90 million/,
    );
  });

  test('a very long strip', async () => {
    expect(await studio.refusalOf(bombPng(40_000, 200))).toMatch(
      /^too_many_pixels: .*40,000 × 200.*longer than 30,000/,
    );
  });

  test('an animation of too many frames', async () => {
    const frames = await picture({ format: 'gif', drawing: 'noise', width: 130, height: 130, frames: 11 });
    expect(await studio.refusalOf(frames)).toMatch(/^too_many_pixels: This animation has 11 frames; at most 10/);
  });

  test('what is smaller than the site wants', async () => {
    expect(await studio.refusalOf(await picture({ width: 123, height: 500 }))).toBe(
      'too_small: This picture is 123 × 500 pixels; the smallest that is taken is 124 × 124. Look for a larger copy of it.',
    );
    expect(await studio.refusalOf(await picture({ width: 124, height: 124 }))).toBe('taken');
  });

  test('the strict rule of the first uploader counts upright sides', async () => {
    const strict = await openStudio({ limits: { ...LIMITS, minWidth: 1024, minHeight: 786 }, workers: 1 });
    try {
      expect(await strict.refusalOf(await picture({ width: 786, height: 1024 }))).toMatch(/^too_small: .*1,024 × 786/);
      expect(await strict.refusalOf(await picture({ width: 1024, height: 786, orientation: 6 }))).toBe('taken');
    } finally {
      await strict.close();
    }
  });
});

describe('the limits of each kind', () => {
  const plain: Measures = { format: 'jpeg', width: 10_000, height: 10_000, frames: 1, progressive: false };
  const reason = (picture: Partial<Measures>) => {
    try {
      checkLimits({ ...plain, ...picture }, LIMITS);
      return 'taken';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each([
    [{}, 'taken'],
    [{ width: 10_001 }, 'too_many_pixels'],
    [{ progressive: true }, 'too_many_pixels_of_kind'],
    [{ progressive: true, width: 5000 }, 'taken'],
    [{ format: 'avif', width: 6000, height: 6000 }, 'taken'],
    [{ format: 'avif', width: 6000, height: 6001 }, 'too_many_pixels_of_kind'],
    [{ format: 'gif', width: 1000, height: 1000, frames: 100 }, 'taken'],
    [{ format: 'gif', width: 1000, height: 1000, frames: 101 }, 'too_many_frame_pixels'],
    [{ format: 'gif', width: 200, height: 200, frames: 501 }, 'too_many_frames'],
    [{ width: 30_001, height: 200 }, 'side_too_long'],
    [{ width: 30_000, height: 123 }, 'too_small'],
  ] as const)('%j: %s', (picture, expected) => {
    expect(reason(picture)).toBe(expected);
  });
});
