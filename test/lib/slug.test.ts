import * as fc from 'fast-check';
import { slugOf } from '../../src/lib/slug.ts';

describe('what an address says of a title', () => {
  test.each([
    ['A heap of blue', 'a-heap-of-blue'],
    ['  --Hello,   World!--  ', 'hello-world'],
    ['Ünïcödé Straße', 'unicode-straße'],
    ['İstanbul', 'istanbul'],
    ['東京タワー', '東京タワー'],
    ['ガラス', 'ガラス'],
    ['한국어', '한국어'],
    ['हिन्दी चित्र', 'हिन्दी-चित्र'],
    ['ภาษาไทย', 'ภาษาไทย'],
    ['ｆｕｌｌ ｗｉｄｔｈ', 'full-width'],
    ['½ price', '1-2-price'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<script>', 'script'],
    ['\u0301\u0301', 'image'],
    ['🙂', 'image'],
    ['', 'image'],
    ['Edit', 'edit-image'],
    ['download', 'download-image'],
    ['Edits', 'edits'],
  ])('%j becomes %s', (title, slug) => expect(slugOf(title)).toBe(slug));

  test('at most eighty characters, never half of one, and no dash at its end', () => {
    expect(slugOf('a'.repeat(500))).toBe('a'.repeat(80));
    expect(slugOf(`${'a'.repeat(79)} b`)).toBe('a'.repeat(79));
    expect(slugOf('𠀀'.repeat(200))).toBe('𠀀'.repeat(80));
    expect(slugOf(`${'a'.repeat(79)}𠀀`)).toBe(`${'a'.repeat(79)}𠀀`);
  });

  test('every text makes an address that leads back to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const slug = slugOf(title);
        expect(slug).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*$/u);
        expect([...slug].length).toBeLessThanOrEqual(86);
        expect(decodeURIComponent(encodeURIComponent(slug))).toBe(slug);
        expect(slugOf(slug)).toBe(slug);
      }),
    );
  });
});
