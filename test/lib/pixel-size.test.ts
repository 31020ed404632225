import { pixelSize } from '../../src/lib/pixel-size.ts';
import { picture } from '../support/pictures.ts';

describe('the measures in a header', () => {
  test.each([
    ['jpeg', {}],
    ['jpeg', { progressive: true, exif: true }],
    ['png', {}],
    ['gif', {}],
    ['webp', {}],
    ['webp', { alpha: true }],
    ['webp', { frames: 2 }],
  ] as const)('%s %j', async (format, more) => {
    const bytes = await picture({ format, width: 333, height: 222, ...more });
    expect(pixelSize(format, bytes)).toEqual({ width: 333, height: 222 });
  });

  test('are nothing where the header is cut or of another kind', async () => {
    const bytes = await picture();
    expect(pixelSize('jpeg', bytes.subarray(0, 10))).toBeUndefined();
    expect(pixelSize('webp', bytes)).toBeUndefined();
    expect(pixelSize('avif', bytes)).toBeUndefined();
  });
});
