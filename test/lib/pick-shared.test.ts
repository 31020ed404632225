import { readShared } from '../../src/lib/pick/shared.ts';

const shared = (given: Partial<Record<'title' | 'text' | 'url', string>>) =>
  readShared({ title: '', text: '', url: '', ...given });

test.each([
  ['an address of its own', { url: 'https://a.example/x' }, 'https://a.example/x', ''],
  [
    'an address that is all of the text',
    { text: 'https://a.example/x?b=1&url=2#c' },
    'https://a.example/x?b=1&url=2#c',
    '',
  ],
  ['words before it', { text: 'A bower https://a.example/x' }, 'https://a.example/x', 'A bower'],
  ['a full stop behind it', { text: 'See: https://a.example/x.' }, 'https://a.example/x', 'See'],
  ['brackets around it', { text: 'Blue (https://a.example/x)' }, 'https://a.example/x', 'Blue'],
  ['brackets in it', { text: 'https://a.example/Bower_(bird)' }, 'https://a.example/Bower_(bird)', ''],
  ['a title and an address', { title: 'Bowers', text: 'https://a.example/x' }, 'https://a.example/x', 'Bowers'],
  ['words on several lines', { text: '\nFirst\nSecond https://a.example/x' }, 'https://a.example/x', 'First'],
  ['no address', { text: 'only words' }, '', 'only words'],
  ['another scheme', { url: 'javascript:alert(1)', text: 'ftp://a.example/' }, '', 'ftp://a.example/'],
  ['an address that is none', { text: 'https://[/x' }, '', ''],
  ['nothing', {}, '', ''],
])('of %s', (_, given, url, title) => {
  expect(shared(given)).toEqual({ title, url });
});

test('what is too long, or cannot be shown, never makes it fail', () => {
  expect(shared({ title: 'x'.repeat(10_000) }).title).toHaveLength(500);
  expect(shared({ text: `https://a.example/${'x'.repeat(9000)}` }).url).toBe('');
  expect(shared({ title: 'a\u0000b\u202ec\ud800' }).title).toBe('abc\ufffd');
});
