import { assert, property, string } from 'fast-check';
import { MAX_ADDRESS, MAX_DATA_ADDRESS } from '../../src/lib/pick/address.ts';
import { decodePick, decodePicks, encodePick, encodePicks, MAX_PICKS, withCopy } from '../../src/lib/pick/fragment.ts';

const PICK = {
  url: 'https://a.example/photo.jpg?w=1&h=2',
  seen_url: 'https://a.example/small.jpg',
  title: 'Bricks & mortar = 100%',
  page_url: 'https://a.example/page',
  alt: 'Ein „Haus“ #1',
  creator: 'Ada',
  licence: 'https://creativecommons.org/licenses/by/4.0/',
  nopin: true,
  page_title: 'Walls & more',
  page_description: 'All about walls.',
  page_site: 'Wall Weekly',
  page_date: '2026-05-03',
  page_canonical: 'https://a.example/walls',
  noai: true,
  noindex: false,
};

describe('one pick in a fragment', () => {
  test('arrives as it was sent', () => {
    expect(decodePick(`#${encodePick(PICK)}`)).toEqual({ ...PICK, copy: '' });
    expect(encodePick({ url: 'https://a.example/b c' })).toBe('v1,url=https%3A%2F%2Fa.example%2Fb%20c');
  });

  test('arrives whole whatever stands in its texts', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 100 }), (title) => {
        const whole = title.replace(/[\ud800-\udfff]/gu, '\ufffd');
        expect(decodePick(encodePick({ ...PICK, title }))?.title).toBe(whole);
      }),
      { numRuns: 200 },
    );
  });

  test('leaves out the seen address that is the best one, and cuts a title between characters', () => {
    expect(encodePick({ ...PICK, seen_url: PICK.url })).not.toContain('seen_url');
    expect(decodePick(encodePick({ ...PICK, title: '🐦'.repeat(300) }))?.title).toBe('🐦'.repeat(250));
    expect(decodePick(encodePick({ ...PICK, title: `x${'🐦'.repeat(300)}` }))?.title).toBe(`x${'🐦'.repeat(249)}`);
  });

  test.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,<script>',
    'data:image/svg+xml,<svg>',
    'blob:https://a.example/1',
    '/relative.png',
    'https://',
    '',
    `https://a.example/${'x'.repeat(MAX_ADDRESS)}`,
    `data:image/png;base64,${'A'.repeat(MAX_DATA_ADDRESS)}`,
  ])('is none when its address is %.40s', (url) => {
    expect(decodePick(encodePick({ ...PICK, url }))).toBeNull();
  });

  test('may bring a copy along, which is a data: image up to a megabyte or none', () => {
    const copied = (copy: string) => decodePick(withCopy(encodePick(PICK), copy));
    const copy = `data:image/webp;base64,${'A+/='.repeat(1000)}`;
    expect(copied(copy)).toEqual({ ...PICK, copy });
    for (const none of [
      '',
      'https://a.example/photo.jpg',
      'data:image/svg+xml,<svg>',
      'data:text/html,x',
      `data:image/webp;base64,${'A'.repeat(MAX_DATA_ADDRESS)}`,
    ])
      expect(copied(none)).toEqual({ ...PICK, copy: '' });
  });

  test('may be a data: image up to a megabyte', () => {
    const url = `data:image/png;base64,${'A'.repeat(MAX_DATA_ADDRESS - 22)}`;
    expect(decodePick(encodePick({ url }))?.url).toBe(url);
  });

  test('names a page of the web or none, and no passwords', () => {
    expect(decodePick(encodePick({ ...PICK, page_url: 'javascript:alert(1)' }))?.page_url).toBe('');
    expect(decodePick(encodePick({ ...PICK, page_url: 'data:image/png,x' }))?.page_url).toBe('');
    expect(decodePick(encodePick({ ...PICK, url: 'https://me:secret@a.example/b.png#c' }))?.url).toBe(
      'https://a.example/b.png',
    );
  });

  test.each(['', '#', 'v1', 'v2,url=https://a.example/', 'url=https://a.example/', 'v1,', 'v1,&&==&url', 'v1,title=x'])(
    'is none in %j',
    (fragment) => {
      expect(decodePick(fragment)).toBeNull();
    },
  );

  test('reads plain and doubled keys: the first counts', () => {
    expect(decodePick('v1,url=https://a.example/?x=1&url=https://evil.example/&__proto__=1')?.url).toBe(
      'https://a.example/?x=1',
    );
  });

  test('never throws, wherever it is cut or bent', () => {
    const whole = encodePick(PICK);
    for (let length = 0; length < whole.length; length += 1) decodePick(whole.slice(0, length));
    expect(decodePick(whole.slice(0, whole.indexOf('%20mortar') + 2))?.title).toBe('Bricks &');
    assert(property(string({ unit: 'binary' }), (text) => void decodePick(`v1,url=${text}`)));
  });
});

describe('several picks in a fragment', () => {
  test('arrive in order', () => {
    const picks = ['c', 'a', 'b'].map((name) => ({ ...PICK, url: `https://a.example/${name}` }));
    expect(decodePicks(`#${encodePicks(picks)}`)).toEqual(picks);
    // What is said of their page is written once.
    expect(encodePicks(picks).match(/page_title/g)).toHaveLength(1);
    expect(encodePicks([{ url: 'https://a.example/1' }, { url: 'https://a.example/2', title: 'x' }])).toBe(
      'v1,url1=https%3A%2F%2Fa.example%2F1&url2=https%3A%2F%2Fa.example%2F2&title2=x',
    );
  });

  test('leave out those without a usable address, and those past the limit', () => {
    expect(
      decodePicks('v1,url10=https://a.example/10&url2=https://a.example/2&url3=no&title4=x&url01=http://x/'),
    ).toEqual([
      expect.objectContaining({ url: 'https://a.example/2' }),
      expect.objectContaining({ url: 'https://a.example/10' }),
    ]);
    const many = Array.from({ length: MAX_PICKS + 5 }, (_, at) => ({ url: `https://a.example/${at}` }));
    expect(decodePicks(encodePicks(many))).toHaveLength(MAX_PICKS);
    expect(decodePicks('nonsense')).toEqual([]);
  });
});
