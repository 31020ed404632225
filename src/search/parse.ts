import { Refusal } from '../errors.ts';
import { COLOURS } from '../lib/colour.ts';
import type { WordKey } from '../lib/words/index.ts';
import { askedFor, type Term } from './tokens.ts';

/** The longest search, in characters, and the most that may be asked for in one. */
export const LONGEST = 500;
export const MOST_TERMS = 20;

/** What must be so, or must not. */
export interface Side {
  terms: Term[];
  tags: string[];
  /** Names of members. */
  by: string[];
  sites: string[];
  colours: string[];
  kinds: string[];
}

/** A span of numbers: from the first on, and below the second. */
export type Span = readonly [from: number, below: number];

/** A search as it was asked for. */
export interface Asked {
  yes: Side;
  no: Side;
  /** Of the longer side, in pixels. */
  size: Span;
  /** Milliseconds since 1970. */
  saved: Span;
}

export const FOREVER: Span = [0, Number.MAX_SAFE_INTEGER];

export const KINDS = ['still', 'animated', 'jpeg', 'png', 'gif', 'webp', 'avif'] as const;

const noSide = (): Side => ({ terms: [], tags: [], by: [], sites: [], colours: [], kinds: [] });

export const nothingAsked = (): Asked => ({ yes: noSide(), no: noSide(), size: FOREVER, saved: FOREVER });

export const within = (one: Span, other: Span): Span => [Math.max(one[0], other[0]), Math.min(one[1], other[1])];

const wrong = (key: WordKey, params: Record<string, string | number> = {}) =>
  new Refusal(422, 'invalid', key, { field: 'q', params });

/** A word of the search: perhaps a minus, perhaps a name and a colon, and a text that may stand in quotes. */
const WORDS = /(?<minus>-?)(?:(?<name>[a-z]+):)?(?:"(?<quoted>[^"]*)"?|(?<plain>[^\s"]+))/giu;

type Reader = (asked: Asked, value: string, minus: boolean) => void;

const side = (asked: Asked, minus: boolean): Side => (minus ? asked.no : asked.yes);

const ofSide =
  (name: 'tags' | 'by' | 'sites', clean: (value: string) => string): Reader =>
  (asked, value, minus) => {
    const text = clean(value);
    if (text) side(asked, minus)[name].push(text);
  };

const ofChoices =
  (name: 'colours' | 'kinds', choices: readonly string[], others: Readonly<Record<string, string>>): Reader =>
  (asked, value, minus) => {
    const chosen = others[value.toLowerCase()] ?? value.toLowerCase();
    if (!choices.includes(chosen))
      throw wrong('search.choice', { name: name.slice(0, -1), choices: choices.join(', ') });
    side(asked, minus)[name].push(chosen);
  };

/** The host of what may be a whole address. */
export const hostOf = (value: string): string => {
  const url = /^https?:\/\//i.test(value) ? value : `http://${value}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : value.toLowerCase();
};

const readSize: Reader = (asked, value, minus) => {
  if (minus) throw wrong('search.minus');
  const [, sign = '', digits] = /^(>=?|<=?)?(\d{1,6})(?:px)?$/.exec(value) ?? [];
  if (digits === undefined) throw wrong('search.size');
  const n = Number(digits);
  const spans: Readonly<Record<string, Span>> = { '>': [n + 1, FOREVER[1]], '<': [0, n], '<=': [0, n + 1] };
  asked.size = within(asked.size, spans[sign] ?? [n, FOREVER[1]]);
};

/** The moment that a year, a month or a day begins; null of anything else. */
export function momentOf(value: string): number | null {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(value) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00.000Z`;
  const at = Date.parse(iso);
  if (year === undefined || Number.isNaN(at) || new Date(at).toISOString() !== iso) return null;
  return Math.max(0, at);
}

const readDate =
  (spanOf: (at: number) => Span): Reader =>
  (asked, value, minus) => {
    if (minus) throw wrong('search.minus');
    const at = momentOf(value);
    if (at === null) throw wrong('search.date');
    asked.saved = within(asked.saved, spanOf(at));
  };

export const COLOUR_NAMES = { gray: 'grey', violet: 'purple', turquoise: 'teal', cyan: 'teal' };

/** What may stand before a colon. */
const NAMES: ReadonlyMap<string, Reader> = new Map([
  ['tag', ofSide('tags', (value) => value.trim().replace(/^#+/, ''))],
  ['by', ofSide('by', (value) => value.trim().replace(/^@/, ''))],
  ['from', ofSide('sites', hostOf)],
  ['color', ofChoices('colours', COLOURS, COLOUR_NAMES)],
  ['colour', ofChoices('colours', COLOURS, COLOUR_NAMES)],
  ['kind', ofChoices('kinds', KINDS, { jpg: 'jpeg', moving: 'animated' })],
  ['size', readSize],
  ['before', readDate((at) => [0, at])],
  ['after', readDate((at) => [at, FOREVER[1]])],
]);

function readWords(asked: Asked, text: string, minus: boolean, plain: boolean) {
  const prefix = plain && text.endsWith('*');
  const term = askedFor(text, prefix);
  if (term) side(asked, minus).terms.push(term);
}

/**
 * Reads a search as it was typed. No text is wrong in itself: what is not understood is words to look for; only a value that
 * a name such as `size:` cannot take is refused, and what is too long.
 */
export function parseSearch(q: string): Asked {
  if ([...q].length > LONGEST) throw wrong('search.too_long', { max: LONGEST });
  const asked = nothingAsked();
  let count = 0;
  for (const { groups = {} } of q.matchAll(WORDS)) {
    const { minus, name, quoted, plain } = groups;
    if (++count > MOST_TERMS) throw wrong('search.too_many', { max: MOST_TERMS });
    const read = NAMES.get(name?.toLowerCase() ?? '');
    const value = quoted ?? plain ?? '';
    if (read) read(asked, value, minus === '-');
    else readWords(asked, name ? `${name} ${value}` : value, minus === '-', plain !== undefined);
  }
  return asked;
}
