import type { Image, TierFile } from '../../src/images/index.ts';
import { card } from '../../src/web/cards.ts';

const file = (tier: TierFile['tier'], width: number, height: number): TierFile => ({
  tier,
  width,
  height,
  publicKey: tier,
  bytes: 1,
  type: 'image/jpeg',
});

/** As much of an image as its tile prints. */
const shaped = (width: number, height: number) =>
  card({
    width,
    height,
    frames: 1,
    tiers: [file('medium', width / 2, height / 2), file('very_high', width, height)],
  } as unknown as Image);

test('a tile asks for as wide a file as its shape comes out in a row, and for no wider one than the window', () => {
  expect(shaped(1000, 500).sizes).toBe('(min-width: 80rem) 43.4rem, (min-width: 40rem) 37.5rem, min(100vw, 37.0rem)');
  expect(shaped(500, 1000).sizes).toBe('(min-width: 80rem) 10.8rem, (min-width: 40rem) 9.4rem, min(100vw, 9.3rem)');
});

test('where there is but one file nothing is said about widths', () => {
  const one = card({ width: 124, height: 124, frames: 1, tiers: [file('low', 124, 124)] } as unknown as Image);
  expect([one.srcset, one.sizes]).toEqual([null, null]);
});
