import { lazyBackground } from '../../src/lib/pick/lazy.ts';
import type { Markup } from '../../src/lib/pick/markup.ts';
import { isJunkName, isLarger, mayBeOne, pictureKey, promisedWidth } from '../../src/lib/pick/sameness.ts';
import { structuredSightings } from '../../src/lib/pick/structured.ts';
import { imageTags } from '../../src/lib/pick/tags.ts';
import { typeOf } from '../../src/lib/pick/type.ts';
import { wishesIn } from '../../src/lib/pick/wishes.ts';
import { written } from '../../src/lib/pick/written.ts';

const A = 'https://a.example/u/';

describe('two addresses are of one picture', () => {
  test.each([
    ['bird.jpg', 'bird-300x200.jpg'],
    ['bird-1024x683.jpg', 'bird-300x200.jpg'],
    ['bird-scaled.jpg', 'bird.jpg'],
    ['bird@2x.png', 'bird.png'],
    ['bird?w=300&q=70&id=1', 'bird?id=1&w=1200&fit=crop'],
  ])('%s and %s', (one, other) => {
    expect(pictureKey(A + one)).toBe(pictureKey(A + other));
  });

  test.each([
    ['bird.jpg', 'crow.jpg'],
    ['image?id=1&w=300', 'image?id=2&w=300'],
    ['1600x1200/a.png', '800x600/a.png'],
    ['bird-2x3.jpg', 'bird.jpg'],
  ])('but not %s and %s', (one, other) => {
    expect(pictureKey(A + one)).not.toBe(pictureKey(A + other));
  });

  test('unless their proportions speak against it', () => {
    const sized = (width: number, height: number) => ({ url: `${A}x.jpg`, width, height });
    expect(mayBeOne(sized(300, 200), sized(1024, 683))).toBe(true);
    expect(mayBeOne(sized(150, 150), sized(1024, 683))).toBe(true);
    expect(mayBeOne(sized(600, 800), sized(800, 600))).toBe(false);
    expect(mayBeOne(sized(0, 0), sized(800, 600))).toBe(true);
  });

  test('and the larger is known by its pixels, else by what the address says', () => {
    expect(promisedWidth(`${A}x?w=640`)).toBe(640);
    expect(promisedWidth(`${A}x-300x200.jpg`)).toBe(300);
    expect(promisedWidth(`${A}x.jpg`)).toBe(Infinity);
    expect(promisedWidth(`${A}x.jpg?q=80`)).toBe(0);
    const whole = { url: `${A}x.jpg`, width: 0, height: 0 };
    expect(isLarger(whole, { url: `${A}x-300x200.jpg`, width: 300, height: 200 })).toBe(true);
    expect(isLarger({ url: `${A}x-300x200.jpg`, width: 300, height: 200 }, whole)).toBe(false);
  });
});

test('names of sprites, spacers and counters are told from names of pictures', () => {
  for (const name of ['icon-sprite.png', 'spacer.gif', '1x1.gif', 'favicon.png', 'lazy_placeholder.jpg'])
    expect(isJunkName(name)).toBe(true);
  for (const name of ['sprite-river.jpeg'.replace('sprite', 'spring'), 'pixelart.png', 'blankets.jpg'])
    expect(isJunkName(name)).toBe(false);
});

describe('JSON-LD', () => {
  const shown = (value: unknown): string[] => structuredSightings(value).map((sighting) => sighting.shown);

  test('names pictures as text, things and lists, wherever they stand, but no logos', () => {
    expect(
      shown({ '@graph': [{ image: ['a.jpg', { url: 'b.jpg' }], logo: 'l.png' }, { thumbnailUrl: 'c.jpg' }] }),
    ).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  });

  test('tells who made a picture and under which licence', () => {
    const [found] = structuredSightings({
      '@type': 'ImageObject',
      contentUrl: 'a.jpg',
      caption: 'A bird',
      creator: [{ '@type': 'Person', name: 'Ada' }],
      license: 'https://l.example/by',
      width: { value: '640' },
      height: 480,
    });
    expect(found).toMatchObject({
      alt: 'A bird',
      creator: 'Ada',
      licence: 'https://l.example/by',
      declaredWidth: 640,
      declaredHeight: 480,
    });
  });

  test('of any shape breaks nothing', () => {
    for (const value of [null, 7, 'x', [], [[[]]], { image: null }, { image: 7 }, { image: { url: {} } }])
      expect(shown(value)).toEqual([]);
    let deep: unknown = { image: 'x.jpg' };
    for (let depth = 0; depth < 1000; depth += 1) deep = { inside: deep };
    expect(shown(deep)).toEqual([]);
  });
});

describe('tags in a text', () => {
  test('are read with quotes, without, and with characters written out', () => {
    expect(imageTags(`<p><IMG src='a.jpg' alt="x > y" width=30><img src=b.jpg?a&amp;b data-x /><imgx src=c>`)).toEqual([
      { src: 'a.jpg', alt: 'x > y', width: '30' },
      { src: 'b.jpg?a&b', 'data-x': '' },
    ]);
    expect(imageTags('<img alt="&#66;&#x69;rd &bogus; &#99999999;">')[0]?.['alt']).toBe('Bird &bogus; &#99999999;');
  });

  test('that never end take no time', () => {
    const began = performance.now();
    imageTags('<img "'.repeat(20_000));
    imageTags(`<img ${'a '.repeat(50_000)}`);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

test('a page asks not to pin, not to train machines, not to be listed', () => {
  expect(wishesIn([['Pinterest', 'nopin']])).toEqual({ nopin: true, noai: false, noindex: false });
  expect(wishesIn([['robots', 'noai, noimageai']])).toEqual({ nopin: false, noai: true, noindex: false });
  expect(wishesIn([['robots', 'index, noimageindex']])).toEqual({ nopin: false, noai: false, noindex: true });
  expect(wishesIn([['description', 'noai nopin noindex']])).toEqual({ nopin: false, noai: false, noindex: false });
});

test('the type goes by what is asked for, then by the ending', () => {
  expect(
    ['x.JPG?y', 'x.webp', 'x?fm=avif', 'x.png', 'x.png?format=jpg', 'x.gif#y', 'x', 'x.php'].map((end) =>
      typeOf(A + end),
    ),
  ).toEqual(['photo', 'photo', 'photo', 'png', 'photo', 'gif', 'other', 'other']);
  expect(typeOf('data:image/png;base64,AA==')).toBe('png');
});

/** An element as a plain thing, as another parser than a browser's would give it. */
interface Plain {
  name: string;
  attributes: Record<string, string>;
  inside?: Plain[];
  text?: string;
}

const plain: Markup<Plain> = {
  name: ({ name }) => name,
  attribute: ({ attributes }, name) => attributes[name] ?? '',
  has: ({ attributes }, name) => name in attributes,
  parent: () => null,
  children: ({ inside }) => inside ?? [],
  text: ({ text }) => text ?? '',
  href: ({ attributes }) => `https://a.example/${attributes['href'] ?? ''}`,
  linkAround: () => '',
  holdsImage: () => false,
};
const read = (name: string, attributes: Record<string, string>, more: Partial<Plain> = {}) =>
  written({ markup: plain, parse: JSON.parse }, { name, attributes, ...more });

describe('what is written is read without a browser', () => {
  test('images, posters, links, scripts and microdata', () => {
    expect(read('img', { 'data-src': 'a.jpg' })[0]?.lazy[0]?.url).toBe('a.jpg');
    expect(read('img', { src: 'a.jpg', nopin: '' })[0]?.nopin).toBe(true);
    expect(read('img', { src: 'a.jpg', 'data-pin-nopin': 'false' })[0]?.nopin).toBe(false);
    expect(read('video', { poster: 'p.jpg' })[0]?.shown).toBe('p.jpg');
    expect(read('a', { href: 'x.jpg' })[0]).toMatchObject({ kind: 'link', shown: 'https://a.example/x.jpg' });
    expect(read('a', { href: 'x.html' })).toEqual([]);
    expect(read('script', { type: 'application/ld+json' }, { text: '{"image":"j.jpg"}' })[0]?.shown).toBe('j.jpg');
    expect(read('script', { type: 'application/ld+json' }, { text: '{' })).toEqual([]);
    const inside = [
      { name: 'img', attributes: { itemprop: 'contentUrl', src: 'm.jpg' } },
      { name: 'span', attributes: { itemprop: 'creator' }, text: 'Ada' },
    ];
    expect(read('figure', { itemscope: '', itemtype: 'https://schema.org/ImageObject' }, { inside })[0]).toMatchObject({
      shown: 'm.jpg',
      creator: 'Ada',
    });
  });

  test('backgrounds that come late', () => {
    const late = (value: string): string => lazyBackground(plain, { name: 'div', attributes: { 'data-bg': value } });
    expect(late('/x/a.jpg')).toBe('/x/a.jpg');
    expect(late("url('https://b.example/a')")).toBe('https://b.example/a');
    expect(late('#fff')).toBe('');
    expect(late('dark')).toBe('');
  });
});
