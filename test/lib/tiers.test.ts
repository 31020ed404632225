import { isTier, qualityOf, tierSize, tiersUpTo, TIER_ORDER } from '../../src/lib/tiers.ts';

describe('the quality of an image', () => {
  test.each([
    [1024, 1024, 'very_high'],
    [4000, 3000, 'very_high'],
    [1024, 786, 'high'],
    [2000, 500, 'high'],
    [800, 790, 'medium'],
    [786, 786, 'medium'],
    [800, 600, 'low'],
    [124, 124, 'low'],
    [20, 20, 'low'],
  ])('%d × %d is %s', (width, height, quality) => {
    expect(qualityOf(width, height)).toBe(quality);
  });
});

describe('the size of a tier', () => {
  test.each([
    ['very_high', 4000, 3000, 1024, 768],
    ['very_high', 3000, 4000, 768, 1024],
    ['high', 3000, 4000, 590, 786],
    ['high', 1024, 786, 1024, 786],
    ['medium', 1600, 900, 786, 442],
    ['very_high', 800, 600, 800, 600],
    ['very_high', 30_000, 10, 1024, 1],
    ['low', 4000, 3000, 124, 124],
    ['low', 100, 200, 100, 124],
    ['low', 60, 50, 60, 50],
    ['full', 12_345, 6789, 12_345, 6789],
  ] as const)('%s of %d × %d is %d × %d', (tier, width, height, w, h) => {
    expect(tierSize(tier, width, height)).toEqual({ width: w, height: h });
  });

  test('is never larger than the picture, whatever its shape', () => {
    for (const tier of TIER_ORDER)
      for (const [width, height] of [
        [1, 1],
        [1, 5000],
        [5000, 1],
        [123, 125],
        [1023, 1025],
      ] as const) {
        const size = tierSize(tier, width, height);
        expect(size.width).toBeLessThanOrEqual(width);
        expect(size.height).toBeLessThanOrEqual(height);
        expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
      }
  });
});

describe('the tiers that others may see', () => {
  test('reach up to the resolution that the owner chose', () => {
    expect(tiersUpTo('low')).toEqual(['low']);
    expect(tiersUpTo('high')).toEqual(['low', 'medium', 'high']);
    expect(tiersUpTo('full')).toEqual(['low', 'medium', 'high', 'very_high', 'full']);
  });

  test('are known by their names alone', () => {
    expect(isTier('medium')).toBe(true);
    expect(isTier('toString')).toBe(false);
    expect(isTier('LOW')).toBe(false);
  });
});
