/**
 * Marks that a search looks past: the accents of Latin, Greek and Cyrillic, the points of Hebrew and Arabic, and what only
 * chooses how a sign is drawn. The vowel signs of Hindi or Thai, and what turns か into が, make other words.
 */
const MARKS = new RegExp(
  `[${[
    '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f\\u0483-\\u0487',
    '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7',
    '\\u0640\\u064b-\\u065f\\u0670',
    '\\ufe00-\\ufe0f\\u00ad\\u200b-\\u200d\\u2060',
  ].join('')}]`,
  'gu',
);

/** Letters that no accent was put on, and that people leave out or write as others all the same. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  þ: 'th',
  ŧ: 't',
  ς: 'σ',
  ي: 'ی',
  ك: 'ک',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/** A text as a search compares it: without case, accents and the width of letters. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');

/** Scripts that put no blanks between their words. */
const RUNNING = '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}';
const PIECES = new RegExp(
  `(?<running>(?=[\\p{L}\\p{M}\\p{N}])[${RUNNING}][\\p{M}]*(?:(?=[\\p{L}\\p{M}])[${RUNNING}]\\p{M}*)*)|(?<word>(?:(?![${RUNNING}])[\\p{L}\\p{M}\\p{N}])+)|(?<sign>\\p{Extended_Pictographic}|\\p{RI}\\p{RI})`,
  'gu',
);

/** Nobody searches by more of a word than this. */
export const LONGEST_WORD = 40;

/** A piece of a text: a word or a sign, or a stretch of writing without blanks, of which any part may be asked for. */
export interface Piece {
  text: string;
  running: boolean;
}

/** The pieces of a text, folded, in their order. */
export function piecesOf(text: string): Piece[] {
  return [...fold(text).matchAll(PIECES)].map(({ 0: found, groups }) => ({
    text: [...found].slice(0, groups?.['running'] ? 5000 : LONGEST_WORD).join(''),
    running: groups?.['running'] !== undefined,
  }));
}

/** The letters of a running piece, each with the marks that belong to it. */
export const lettersOf = (text: string): string[] => text.match(/\P{M}\p{M}*/gu) ?? [];
