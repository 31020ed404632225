import sharp from 'sharp';
import { phash, phashDistance } from '../../src/lib/phash.ts';
import { picture } from '../support/pictures.ts';

const hashOf = async (bytes: Buffer) =>
  phash(await sharp(bytes).resize(32, 32, { fit: 'fill' }).toColourspace('b-w').raw().toBuffer());

describe('the perceptual hash', () => {
  test('is 16 hex digits, and nothing but zeros for a flat picture', async () => {
    expect(await hashOf(await picture())).toMatch(/^[0-9a-f]{16}$/);
    expect(await hashOf(await picture({ drawing: 'flat' }))).toBe('0000000000000000');
  });

  test('stays within 6 bits when a picture is compressed again, resized or brightened', async () => {
    const original = await picture({ seed: 3, width: 800, height: 600, quality: 95 });
    const hash = await hashOf(original);
    const copies = [
      sharp(original).jpeg({ quality: 30 }),
      sharp(original).resize(200),
      sharp(original).modulate({ brightness: 1.1 }),
    ];
    for (const copy of copies) expect(phashDistance(hash, await hashOf(await copy.toBuffer()))).toBeLessThanOrEqual(6);
  });

  test('is far off for another picture, and for its mirror image', async () => {
    const one = await picture({ seed: 1 });
    const others = [await picture({ seed: 2 }), await picture({ seed: 3 }), await sharp(one).flop().toBuffer()];
    for (const other of others) expect(phashDistance(await hashOf(one), await hashOf(other))).toBeGreaterThan(12);
  });

  test('the distance counts bits', () => {
    expect(phashDistance('0000000000000000', 'ffffffffffffffff')).toBe(64);
    expect(phashDistance('00000000000000f0', '0000000000000080')).toBe(3);
    expect(phashDistance('aaa7a0639aaf3349', 'aaa7a0639aaf3349')).toBe(0);
  });

  test('wants exactly 32 × 32 greys', () => {
    expect(() => phash(new Uint8Array(1023))).toThrow('1024');
  });
});
