import { lettersOf, piecesOf, type Piece } from '../lib/fold.ts';

/** Where a word stands in an image: the nearer to its name, the more it says of it. */
export const FACT = 0;
export const REST = 1;
export const TEXT = 2;
export const NAME = 3;
export type Field = typeof FACT | typeof REST | typeof TEXT | typeof NAME;
export type WordField = Exclude<Field, typeof FACT>;

/** What a token begins with, by where it stands: so that each field has a list of its own, and none is read for the others'. */
const SIGNS: Readonly<Record<WordField, string>> = { [NAME]: '=', [TEXT]: '+', [REST]: '' };

export const tokenOf = (field: WordField, word: string): string => `${SIGNS[field]}${word}`;

/** Stands between two texts of one field, so that no phrase reaches from one into the other. */
export const GAP = ':';

/** A token's field and word. Facts have a colon, which no word has. */
export function readToken(token: string): { field: Field; word: string } {
  if (token.startsWith(SIGNS[NAME])) return { field: NAME, word: token.slice(1) };
  if (token.startsWith(SIGNS[TEXT])) return { field: TEXT, word: token.slice(1) };
  return { field: token.includes(':') ? FACT : REST, word: token };
}

/** Writing without blanks is kept as all its pairs of letters, and its last letter, so that any part of it is found. */
function wordsOf({ text, running }: Piece): string[] {
  if (!running) return [text];
  const letters = lettersOf(text);
  return letters.map((letter, at) => `${letter}${letters[at + 1] ?? ''}`);
}

/** The words of a text as they are kept. */
export const keptWords = (text: string): string[] => piecesOf(text).flatMap(wordsOf);

/** What is asked for: several tokens are a phrase, and a prefix is any word that begins so. */
export interface Term {
  /** As it was typed. */
  text: string;
  words: readonly string[];
  prefix: boolean;
}

/** The same words as they are asked for: one after the other. Null where there is nothing to ask for. */
export function askedFor(text: string, prefix = false): Term | null {
  const pieces = piecesOf(text);
  const words = pieces.flatMap((piece) => {
    const pairs = wordsOf(piece);
    return piece.running && pairs.length > 1 ? pairs.slice(0, -1) : pairs;
  });
  const last = pieces.at(-1);
  const [only] = words;
  if (only === undefined || !last) return null;
  // A letter of a running text begins some pair. Of other writing one letter begins too many words to be asked for.
  const single = last.running && lettersOf(last.text).length === 1;
  return { text, words, prefix: single || (prefix && !last.running && last.text.length > 1) };
}

/** Facts of an image as tokens: what filters ask for. */
export const facts = {
  reach: (reach: 1 | 2) => `r:${reach}`,
  owner: (id: number) => `o:${id}`,
  /** Only where others see the owner's name. */
  shownOwner: (id: number) => `by:${id}`,
  tag: (id: number) => `t:${id}`,
  site: (host: string) => `site:${host}`,
  colour: (name: string) => `c:${name}`,
  kind: (kind: string) => `k:${kind}`,
  size: (step: number) => `s:${step}`,
  year: (year: number) => `y:${year}`,
  month: (year: number, month: number) => `m:${year}-${month}`,
} as const;

/** Steps of the longer side, in pixels: each size begins where the one before ends. */
const SIZES = [800, 1600, 3200] as const;

/** 0 small, 1 medium, 2 large, 3 huge. */
export const sizeStep = (longer: number): number => SIZES.filter((from) => longer >= from).length;

/** Before this no image can have been saved here; what says so all the same counts as of that year. */
export const FIRST_YEAR = 2000;

export const yearOf = (at: number): number => Math.max(FIRST_YEAR, new Date(at).getUTCFullYear());
