import { originals } from '../../src/lib/pick/originals/index.ts';
import { LEFT_ALONE, LARGER } from '../support/originals.ts';

const of = (address: string) => originals(`https://${address}`, URL).map((one) => one.replace('https://', ''));

describe('a larger version, by the rules of sites and platforms', () => {
  test.each(LARGER)('%s', (seen, ...larger) => {
    expect(of(seen).slice(0, larger.length)).toEqual(larger);
    expect(of(seen)).not.toContain(seen);
  });
});

describe('addresses that stay', () => {
  test.each(LEFT_ALONE)('%s', (seen) => expect(of(seen)).toEqual([]));

  test('a data: address and one of another scheme', () => {
    for (const address of ['data:image/png;base64,AAAA', 'ftp://a.example/wp-content/uploads/a-300x200.jpg', '', 'x'])
      expect(originals(address, URL)).toEqual([]);
  });
});

describe('addresses made to be slow', () => {
  const MADE_OF = [
    '/uploads/', '/thumb/a/ab/', '/full/', '/files/', '.jpg_', '._', '_', '-', '&url=', '/_300x200', '/https:', '=', 'url=%',
    '/albums/thumb_', '/image/upload/w_', '/unsafe/', '%3A', '/styles/a/public/', '/cdn-cgi/image/a=b/', '1', 'a', '/', '?', '/media/catalog/product/cache/',
    '/wp-content/-300x200', '/2X/1_1_', '.jpg.webp',
  ]; // prettier-ignore
  const HOSTS = ['a.example/', 'i0.wp.com/', 'cdn.shopify.com/s/', 'x.alicdn.com/', 'res.cloudinary.com/', '64.media.tumblr.com/', 'cdn.pixabay.com/photo/', 'images-amazon.com/images/I/', 'lh3.googleusercontent.com/']; // prettier-ignore

  test.each(HOSTS)('take no time: 10 kB on %s', (host) => {
    const slow = MADE_OF.filter((part) => {
      const address = `https://${host}${part.repeat(10_000 / part.length)}!`;
      // The quickest of three: whoever else is at work on the machine is not measured.
      const times = [1, 2, 3].map(() => {
        const began = performance.now();
        originals(address, URL);
        return performance.now() - began;
      });
      return Math.min(...times) > 100;
    });
    expect(slow).toEqual([]);
  });
});
