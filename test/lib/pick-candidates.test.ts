import type { Sighting } from '../../src/lib/pick/candidates.ts';
import { candidates, NOTHING_SEEN } from '../../src/lib/pick/candidates.ts';
import { cleanAddress, fileName, isImageFile, isSvg } from '../../src/lib/pick/address.ts';
import { parseBackground, parseSrcset } from '../../src/lib/pick/srcset.ts';

const BASE = 'https://a.example/blog/';
const seen = (sighting: Partial<Sighting>): Sighting => ({ ...NOTHING_SEEN, ...sighting });
const loaded = (shown: string, width: number, height: number, more: Partial<Sighting> = {}): Sighting =>
  seen({ shown, width, height, ...more });
const offered = (...sightings: Sighting[]): string[] =>
  candidates(sightings, BASE, URL).map(({ url, width, height }) => `${url.replace(BASE, '')} ${width}x${height}`);

describe('a srcset', () => {
  test.each([
    ['a.jpg 400w, b.jpg 800w', ['a.jpg 400 0', 'b.jpg 800 0']],
    ['a.jpg, b.jpg 2x', ['a.jpg 0 1', 'b.jpg 0 2']],
    ['a.jpg 1x,b.jpg 1.5x', ['a.jpg 0 1', 'b.jpg 0 1.5']],
    ['/f,w_400/a.jpg 400w,\n/f,w_800/a.jpg 800w', ['/f,w_400/a.jpg 400 0', '/f,w_800/a.jpg 800 0']],
    ['data:image/png;base64,AA== 1x', ['data:image/png;base64,AA== 0 1']],
    ['a.jpg 800w 600h', ['a.jpg 800 0']],
    ['  ,, a.jpg ,', ['a.jpg 0 1']],
    ['a.jpg,', ['a.jpg 0 1']],
    ['', []],
  ])('%j is read as browsers do', (text, expected) => {
    expect(parseSrcset(text).map(({ url, width, density }) => `${url} ${width} ${density}`)).toEqual(expected);
  });

  test('of a hundred thousand commas takes no time', () => {
    const start = performance.now();
    parseSrcset(','.repeat(100_000));
    parseSrcset(`a${','.repeat(100_000)}b`);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

test('a background has a picture in each layer, and an image-set is one picture', () => {
  const urls = (value: string): string[][] => parseBackground(value).map((layer) => layer.map(({ url }) => url));
  expect(urls('url("https://a/1.png"), linear-gradient(red, blue), url("https://a/2\\".png")')).toEqual([
    ['https://a/1.png'],
    ['https://a/2".png'],
  ]);
  expect(parseBackground('image-set(url("a.png") 1dppx, url("b.png") 2dppx)')).toEqual([
    [
      { url: 'a.png', width: 0, density: 1 },
      { url: 'b.png', width: 0, density: 2 },
    ],
  ]);
});

describe('addresses', () => {
  test('are made absolute, without names, passwords and fragments', () => {
    expect(cleanAddress(' ../x.png#y ', BASE, URL)).toBe('https://a.example/x.png');
    expect(cleanAddress('https://me:secret@b.example/x.png', BASE, URL)).toBe('https://b.example/x.png');
    expect(cleanAddress('javascript:alert(1)', BASE, URL)).toBe('');
    expect(cleanAddress('http://[', BASE, URL)).toBe('');
  });

  test('of image files are told from pages about files', () => {
    expect(isImageFile('https://a.example/x.JPG?y=1')).toBe(true);
    expect(isImageFile('https://a.example/wiki/File:Bird.jpg')).toBe(false);
    expect(isImageFile('https://a.example/?x.jpg')).toBe(false);
    expect(isSvg('https://a.example/x.svg?y')).toBe(true);
    expect(isSvg('https://a.example/x.png?y.svg')).toBe(false);
    expect(fileName('https://a.example/b/X.png?y')).toBe('X.png');
    expect(isSvg('https://a.example/x.SVG')).toBe(true);
  });
});

describe('what is offered', () => {
  test('is largest first, unknown last, nothing under 124 pixels either way', () => {
    expect(
      offered(
        seen({ shown: 'unknown.jpg' }),
        loaded('b.jpg', 200, 200),
        loaded('a.jpg', 800, 600),
        loaded('icon.png', 123, 400),
        loaded('wide.png', 400, 123),
        loaded('just.png', 124, 124),
        loaded('dot.gif', 1, 1),
      ),
    ).toEqual(['a.jpg 800x600', 'b.jpg 200x200', 'just.png 124x124', 'unknown.jpg 0x0']);
  });

  test('keeps the order of the page where no size is known', () => {
    const lazy = [{ url: '3.jpg', width: 0, density: 0 }];
    expect(offered(seen({ shown: '2.jpg' }), loaded('blank.gif', 1, 1, { lazy }), seen({ shown: '1.jpg' }))).toEqual([
      '2.jpg 0x0',
      '3.jpg 0x0',
      '1.jpg 0x0',
    ]);
    const variants = parseSrcset('4.jpg, 5.jpg 2x');
    expect(offered(seen({ shown: '6.jpg' }), seen({ shown: '4.jpg', variants }), seen({ shown: '7.jpg' }))).toEqual([
      '6.jpg 0x0',
      '5.jpg 0x0',
      '7.jpg 0x0',
    ]);
  });

  test('is the widest file of a srcset, with its own size, and says what the page showed', () => {
    const variants = parseSrcset('s.jpg 400w, l.jpg 1600w, m.jpg 800w');
    const [found] = candidates([loaded('s.jpg', 300, 200, { variants })], BASE, URL);
    expect(found).toMatchObject({ url: `${BASE}l.jpg`, seenUrl: `${BASE}s.jpg`, width: 1600, height: 1067 });
  });

  test('counts densities from the size that the page sees', () => {
    expect(offered(loaded('b.jpg', 200, 150, { variants: parseSrcset('a.jpg, b.jpg 2x, c.jpg 3x') }))).toEqual([
      'c.jpg 600x450',
    ]);
  });

  test('is the lazy file instead of what stands in for it', () => {
    const lazy = [{ url: 'real.jpg', width: 0, density: 0 }];
    const one = loaded('blank.gif', 1, 1, { lazy });
    expect(offered(one, loaded('blank.gif', 600, 400))).toEqual(['blank.gif 600x400', 'real.jpg 0x0']);
    expect(offered({ ...one, declaredWidth: 640, declaredHeight: 480 })).toEqual(['real.jpg 640x480']);
    expect(offered(loaded('real.jpg', 900, 600, { lazy }))).toEqual(['real.jpg 900x600']);
  });

  test('is each picture once, also when the page names a smaller file of it elsewhere', () => {
    const variants = parseSrcset('s.jpg 400w, l.jpg 1600w');
    expect(
      offered(seen({ shown: 's.jpg' }), loaded('s.jpg', 400, 300, { variants }), loaded('l.jpg', 1600, 1200)),
    ).toEqual(['l.jpg 1600x1200']);
    expect(offered(seen({ shown: 'a.jpg' }), loaded('a.jpg', 300, 300), seen({ shown: 'a.jpg#x' }))).toEqual([
      'a.jpg 300x300',
    ]);
  });

  test('is the file that a link around a small picture leads to', () => {
    const [found] = candidates([loaded('thumb.jpg', 100, 80, { link: `${BASE}big.jpg`, alt: 'Bird' })], BASE, URL);
    expect(found).toMatchObject({ url: `${BASE}big.jpg`, seenUrl: `${BASE}thumb.jpg`, width: 0, alt: 'Bird' });
    expect(offered(loaded('big.jpg', 900, 600, { link: `${BASE}big.jpg` }))).toEqual(['big.jpg 900x600']);
    expect(found).toMatchObject({ width: 0, leastWidth: 100, leastHeight: 80 });
    // Among those of unknown size it stands first: at least so much is known of it.
    const link = `${BASE}huge.jpg`;
    const all = [seen({ shown: 'x.jpg' }), loaded('a.jpg', 200, 200), loaded('t.jpg', 300, 200, { link })];
    expect(offered(...all)).toEqual(['a.jpg 200x200', 'huge.jpg 0x0', 'x.jpg 0x0']);
  });

  test('keeps pictures apart that share a waiting picture or an icon', () => {
    const lazy = (url: string) => [{ url, width: 0, density: 0 }];
    expect(
      offered(
        loaded('wait.png', 300, 300, { lazy: lazy('1.jpg') }),
        loaded('wait.png', 300, 300, { lazy: lazy('2.jpg') }),
      ),
    ).toEqual(['1.jpg 0x0', '2.jpg 0x0']);
    expect(
      offered(loaded('play.png', 200, 200, { link: '1.jpg' }), loaded('play.png', 200, 200, { link: '2.jpg' })),
    ).toEqual(['1.jpg 0x0', '2.jpg 0x0']);
  });

  test('is no drawing, and a raster file where a drawing stands beside it', () => {
    const variants = parseSrcset('b.svg 2x');
    expect(offered(loaded('a.svg', 500, 500), seen({ shown: 'data:image/svg+xml,<svg/>' }))).toEqual([]);
    expect(offered(loaded('a.png', 500, 500, { variants }))).toEqual(['a.png 500x500']);
  });
});
