import * as fc from 'fast-check';
import { namesIn, proseOf } from '../../src/lib/prose.ts';

const people = new Map([
  ['ann', 'Ann'],
  ['bob.b', 'bob.b'],
  ['zoë', 'zoë'],
]);
const cut = (text: string) => proseOf(text, (name) => people.get(name.toLowerCase()));
/** What of it became links, as `text → where`. */
const links = (text: string) =>
  cut(text).flatMap(({ text, href, username }) =>
    href ? [`${text} → ${href}`] : username ? [`${text} → ${username}`] : [],
  );

test.each([
  ['see https://a.example/b?c=d&e#f now', 'https://a.example/b?c=d&e#f → https://a.example/b?c=d&e#f'],
  ['HTTP://A.example', 'HTTP://A.example → http://a.example/'],
  ['(https://a.example/b).', 'https://a.example/b → https://a.example/b'],
  ['https://a.example/b_(c), and', 'https://a.example/b_(c) → https://a.example/b_(c)'],
  ['“https://a.example/b”', 'https://a.example/b → https://a.example/b'],
  ['<https://a.example/>', 'https://a.example/ → https://a.example/'],
  ['https://bücher.example/ü', 'https://bücher.example/ü → https://xn--bcher-kva.example/%C3%BC'],
  ['thanks @ann!', '@ann → Ann'],
  ['@ANN.', '@ANN → Ann'],
  ['@bob.b.', '@bob.b → bob.b'],
  ['(@zoë)', '@zoë → zoë'],
])('%s has a link', (text, link) => {
  expect(links(text)).toEqual([link]);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>',
  'ftp://a.example/',
  'https://',
  'http://[::',
  'www.a.example',
  'a@ann',
  'ann@ann.example',
  'x/@ann',
  '@nobody',
  '@',
  '@@ann',
])('%s has none', (text) => {
  expect(links(text)).toEqual([]);
});

test('nothing of a text is lost or added', () => {
  const word = fc.constantFrom(
    'https://a.example/',
    '@ann',
    '@',
    '(',
    ')',
    '.',
    '\n',
    ' ',
    'https://',
    'x',
    '"',
    '👍',
    '@bob.b.',
  );
  fc.assert(
    fc.property(
      fc.array(word).map((words) => words.join('')),
      (text) => {
        expect(
          cut(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      },
    ),
  );
});

test('every link leads to http or https', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
      for (const { href } of cut(`x ${url} javascript:${url}`)) if (href) expect(href).toMatch(/^https?:\/\//);
    }),
  );
});

test('names are found in each way they could be meant', () => {
  expect(namesIn('@ann. and @bob.b, @ann.')).toEqual(['ann.', 'ann', 'bob.b']);
});

test.each([
  'https://' + ')'.repeat(5000),
  '@'.repeat(5000),
  `https://a/${'('.repeat(2500)}${')'.repeat(2500)}`,
  '@a.'.repeat(1600),
])('a text of five thousand odd characters takes no time', (text) => {
  // The quickest of three: whoever else is at work on the machine is not measured.
  const times = [1, 2, 3].map(() => {
    const began = performance.now();
    cut(text);
    namesIn(text);
    return performance.now() - began;
  });
  expect(Math.min(...times)).toBeLessThan(100);
});
