import { readSeed } from '../../src/lib/pick/seed.ts';

const PHOTO =
  'https://images.unsplash.com/photo-1591788788843-93d40443bddd?ixlib=rb-1.2.1&auto=format&fit=crop&w=1275&q=80';

describe('the address of the form', () => {
  test('takes everything after url= as one address, as it is pasted', () => {
    expect(readSeed(`?title=bricks&url=${PHOTO}`)).toEqual({ title: 'bricks', url: PHOTO });
    expect(readSeed(`title=bricks&url=${PHOTO}`)).toEqual({ title: 'bricks', url: PHOTO });
  });

  test('decodes an address that was encoded, once', () => {
    expect(readSeed(`title=bricks&url=${encodeURIComponent(PHOTO)}`).url).toBe(PHOTO);
    expect(readSeed('url=https%3A%2F%2Fa.example%2F%2561.png').url).toBe('https://a.example/%61.png');
  });

  test('leaves an address alone that begins with a bare scheme', () => {
    expect(readSeed('url=https://a.example/%2561%20b+c.png').url).toBe('https://a.example/%2561%20b+c.png');
    expect(readSeed('url=HTTP://a.example/%41').url).toBe('HTTP://a.example/%41');
  });

  test('keeps a plus in an address and reads it as a space in a title', () => {
    expect(readSeed('title=two+words&url=https%3A%2F%2Fa.example%2Fb+c')).toEqual({
      title: 'two words',
      url: 'https://a.example/b+c',
    });
  });

  test('counts what follows the address as part of it, also a title and another url', () => {
    expect(readSeed('url=https://a.example/?b=1&title=no&url=2')).toEqual({
      title: '',
      url: 'https://a.example/?b=1&title=no&url=2',
    });
    expect(readSeed('title=x&url=/local?url=https://b.example/').url).toBe('/local?url=https://b.example/');
  });

  test('does not take the end of another name for url', () => {
    expect(readSeed('page_url=https://a.example/&title=x')).toEqual({ title: 'x', url: '' });
    expect(readSeed('page_url=https://a.example/&url=https://b.example/').url).toBe('https://b.example/');
  });

  test.each([
    ['url=https%3A%2F%2Fa.example%2F100%', 'https://a.example/100%'],
    ['url=https%3A%2F%2Fa.example%2F%zz%2', 'https://a.example/%zz%2'],
    ['url=https%3A%2F%2Fa.example%2F%ff', 'https://a.example/%ff'],
    ['url=', ''],
    ['', ''],
    ['?', ''],
  ])('%s is read without a fault', (query, url) => {
    expect(readSeed(query).url).toBe(url);
  });

  test('reads the first title, in any script', () => {
    expect(readSeed('title=Caf%C3%A9%20%26%20Bar&title=second').title).toBe('Café & Bar');
    expect(readSeed('title=100%&url=x').title).toBe('100%');
  });
});
