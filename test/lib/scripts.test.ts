import { isConfusable } from '../../src/lib/scripts.ts';

test.each([
  ['аdmin', 'one Cyrillic letter among Latin ones'],
  ['bоwer', 'a Cyrillic o'],
  ['pаypаl', 'two of them'],
  ['αnn', 'a Greek letter among Latin ones'],
  ['аре', 'Cyrillic letters that all look Latin'],
  ['сосо_1', 'the same with a sign and a digit'],
  ['АННА', 'capitals that look Latin'],
  ['ΝΟΡΑ', 'Greek capitals that look Latin'],
  ['օոս', 'Armenian letters that look Latin'],
  ['ɑnnɑ', 'phonetic letters'],
  ['ᴀᴅᴍɪɴ', 'phonetic small capitals'],
  ['Ꭺlice', 'Cherokee'],
  ['ᎪᏞᎪ', 'Cherokee alone'],
  ['한글かな', 'Korean and Japanese'],
  ['ann१२', 'Latin letters and Devanagari digits'],
  [`a${'\u0301\u0302\u0303\u0304'}nn`, 'a heap of marks'],
])('%s could be taken for another name: %s', (name) => expect(isConfusable(name.normalize('NFKC'))).toBe(true));

const NAMES = `ann Øyvind.乙_2 François-99 Nguyễn Yıldız Łukasz straße анна Роман Юлія Νίκος Արամ ანა דנה فاطمة नीता क़ों
  தமிழ் สมชาย たなか 田中エミ 山田ボブ 김민수 陳小明 ወርቅ a_b-c.d 007 ÅÄÖ`;

test.each(NAMES.split(/\s+/))('%s is a name of its own', (name) =>
  expect(isConfusable(name.normalize('NFKC'))).toBe(false),
);
