import { isWholeGif } from '../../src/lib/gif.ts';
import { cut, picture } from '../support/pictures.ts';

describe('a GIF', () => {
  test('is whole as it was made, also with something behind it', async () => {
    for (const frames of [1, 3]) {
      const bytes = await picture({ format: 'gif', frames });
      expect(isWholeGif(bytes)).toBe(true);
      expect(isWholeGif(Buffer.concat([bytes, Buffer.from('and so on')]))).toBe(true);
    }
  });

  test('is not when it was cut off anywhere but before its closing byte', async () => {
    const bytes = await picture({ format: 'gif', frames: 3, width: 40, height: 30 });
    expect(isWholeGif(cut(bytes, -1))).toBe(true);
    for (let keep = 0.1; keep < 1; keep += 0.05) expect(isWholeGif(cut(bytes, keep))).toBe(false);
    expect(isWholeGif(cut(bytes, -2))).toBe(false);
  });
});
