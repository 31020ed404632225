import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';
import type { RenderedTier } from '../../src/imaging/index.ts';
import { BOX_TIERS } from '../../src/lib/tiers.ts';
import { openStudio } from '../support/imaging.ts';
import type { Studio } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import type { Picture } from '../support/pictures.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio.close());

async function rendered(wanted: Picture, tiers: RenderedTier['tier'][] = [...BOX_TIERS]) {
  const made = await studio.render(await picture(wanted), tiers);
  return Object.fromEntries(made.map((tier) => [tier.tier, tier]));
}

const pathOf = (tier: RenderedTier | undefined) => tier?.path ?? 'none';

describe('the tiers of a picture', () => {
  test('have the sizes of the design, and are what is said of them', async () => {
    const tiers = await rendered({ width: 1600, height: 1400 });
    const sizes = BOX_TIERS.map((tier) => [tier, tiers[tier]?.width, tiers[tier]?.height]);
    expect(sizes).toEqual([
      ['very_high', 1024, 896],
      ['high', 898, 786],
      ['medium', 786, 688],
      ['low', 124, 124],
    ]);
    for (const tier of Object.values(tiers)) {
      const bytes = await readFile(tier.path);
      const seen = await sharp(bytes).metadata();
      expect([seen.width, seen.height, seen.format]).toEqual([tier.width, tier.height, 'jpeg']);
      expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([tier.bytes, tier.sha256]);
      expect(dirname(tier.path)).toBe(studio.folder);
    }
  });

  test('are WebP where the operator wants it so, but for what is too long for WebP', async () => {
    const other = await openStudio({ stills: 'webp', workers: 1 });
    try {
      const formats = async (bytes: Buffer, tiers: RenderedTier['tier'][]) =>
        Promise.all(
          (await other.render(bytes, tiers)).map(async ({ path, type }) => [
            type,
            (await sharp(path).metadata()).format,
          ]),
        );
      const webp = ['image/webp', 'webp'];
      expect(await formats(await picture({ width: 800, height: 600 }), ['high', 'low'])).toEqual([webp, webp]);
      const scroll = await picture({ width: 124, height: 16_400 });
      expect(await formats(scroll, ['full', 'high'])).toEqual([['image/jpeg', 'jpeg'], webp]);
    } finally {
      await other.close();
    }
  });

  test('share one file where they come out the same', async () => {
    const wide = await rendered({ width: 1600, height: 900 });
    expect(wide['very_high']?.path).toBe(wide['high']?.path);
    expect(wide['medium']?.path).not.toBe(wide['high']?.path);
    const small = await rendered({ width: 300, height: 200 });
    expect(new Set(BOX_TIERS.map((tier) => small[tier]?.path)).size).toBe(2);
  });

  test('can be made after High, from the same pixels', async () => {
    const file = await studio.put(await picture({ width: 900, height: 1600 }));
    const { high, also } = await studio.imaging.inspect(file, studio.folder, ['very_high', 'medium', 'low']);
    const sizes = [high, ...(await also)].map(({ tier, width, height }) => [tier, width, height]);
    // Medium is High itself.
    expect(sizes).toEqual([
      ['high', 442, 786],
      ['very_high', 576, 1024],
      ['low', 124, 124],
    ]);
  });

  test('of an animation are left for later, since somebody waits', async () => {
    const file = await studio.put(await picture({ format: 'webp', frames: 2 }));
    expect(await (await studio.imaging.inspect(file, studio.folder, ['low'])).also).toEqual([]);
  });

  test('never enlarge', async () => {
    const tiers = await rendered({ width: 130, height: 125 });
    expect([tiers['very_high']?.width, tiers['very_high']?.height]).toEqual([130, 125]);
    const strip = await rendered({ width: 3000, height: 124 });
    expect([strip['low']?.width, strip['low']?.height]).toEqual([124, 124]);
    expect([strip['medium']?.width, strip['medium']?.height]).toEqual([786, 32]);
  });

  test('full is as large as the picture', async () => {
    const { full } = await rendered({ width: 2600, height: 1700, orientation: 8 }, ['full', 'low']);
    expect(full).toMatchObject({ width: 2600, height: 1700, type: 'image/jpeg' });
    const clear = await rendered({ width: 1200, height: 1100, format: 'png', alpha: true }, ['full']);
    expect(clear['full']).toMatchObject({ width: 1200, height: 1100, type: 'image/webp' });
  });
});

describe('low is cropped to what matters', () => {
  test.each([
    ['at the left', 900, 300, 0.03, 0.5],
    ['at the right', 900, 300, 0.97, 0.5],
    ['left of the middle', 1000, 500, 0.3, 0.2],
    ['at the top', 300, 900, 0.5, 0.03],
    ['at the bottom', 300, 900, 0.5, 0.97],
    ['at the end of a panorama', 4000, 250, 0.99, 0.6],
    ['in a panorama', 4000, 250, 0.2, 0.4],
    ['in a column', 200, 3000, 0.4, 0.85],
    ['in an animation', 900, 300, 0.97, 0.5],
  ] as const)('%s', async (where, width, height, x, y) => {
    const bytes = await picture({ width, height, drawing: 'subject', at: { x, y }, format: 'png' });
    const moving = () => sharp([bytes, bytes], { join: { animated: true } }).webp({ effort: 0 });
    const [low] = await studio.render(where === 'in an animation' ? await moving().toBuffer() : bytes, ['low']);
    const { data, info } = await sharp(pathOf(low)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([124, 124]);
    // The subject is a quarter as wide as the short side: 31 × 31 pixels of the crop when all of it is there.
    const isSubject = (at: number) => Math.abs((data[at] ?? 0) - 128) > 50;
    const seen = Array.from({ length: 124 * 124 }, (_, n) => n * info.channels).filter(isSubject).length;
    expect(seen).toBeGreaterThan(0.95 * 31 * 31);
  });

  test('so is a photo of a member', async () => {
    const file = await studio.put(
      await picture({ width: 1600, height: 800, drawing: 'subject', at: { x: 0.9, y: 0.5 } }),
    );
    const [photo] = await studio.imaging.render(file, studio.folder, ['photo']);
    expect([photo?.width, photo?.height]).toEqual([400, 400]);
    expect((await sharp(photo?.path).stats()).channels[0]?.stdev).toBeGreaterThan(20);
  });
});

describe('animations', () => {
  test.each(['gif', 'webp'] as const)('of a %s keep every frame in all tiers but low', async (format) => {
    const bytes = await picture({ format, frames: 6, width: 1100, height: 300 });
    const { facts, high } = await studio.inspect(bytes);
    expect(facts).toMatchObject({ width: 1100, height: 300, frames: 6, animated: true });
    const tiers = await studio.render(bytes, ['very_high', 'medium', 'low']);
    for (const tier of [high, ...tiers.slice(0, 2)]) {
      const seen = await sharp(tier.path, { pages: -1 }).metadata();
      expect([tier.type, seen.pages, seen.width, seen.pageHeight]).toEqual(['image/webp', 6, tier.width, tier.height]);
      expect([seen.loop, seen.delay]).toEqual([0, [80, 80, 80, 80, 80, 80]]);
    }
    const low = tiers[2];
    expect((await sharp(pathOf(low), { pages: -1 }).metadata()).pages ?? 1).toBe(1);
    expect([low?.width, low?.height]).toEqual([124, 124]);
  });
});

describe('hash, colour and placeholder', () => {
  test('tell pictures apart, and know one again in other clothes', async () => {
    const [jpeg, webp, other] = await Promise.all([
      studio.inspect(await picture({ seed: 5, width: 1000, height: 750 })),
      studio.inspect(await picture({ seed: 5, width: 500, height: 375, format: 'webp', orientation: 3 })),
      studio.inspect(await picture({ seed: 6 })),
    ]);
    const { phashDistance } = await import('../../src/lib/phash.ts');
    expect(phashDistance(jpeg.facts.phash, webp.facts.phash)).toBeLessThanOrEqual(6);
    expect(phashDistance(jpeg.facts.phash, other.facts.phash)).toBeGreaterThan(10);
  });

  test.each([
    ['noise', { drawing: 'noise', width: 200, height: 200 }],
    ['a see-through noise', { drawing: 'noise', alpha: true, format: 'png', width: 200, height: 200 }],
    ['a strip', { width: 2000, height: 124 }],
    ['a column', { width: 124, height: 2000 }],
  ] as const)('a placeholder is a WebP of at most 200 bytes, also of %s', async (_, wanted) => {
    const { facts } = await studio.inspect(await picture(wanted));
    const bytes = Buffer.from(facts.placeholder, 'base64');
    expect(bytes.length).toBeLessThanOrEqual(200);
    const seen = await sharp(bytes).metadata();
    expect([seen.format, Math.max(seen.width, seen.height)]).toEqual(['webp', 16]);
  });
});
