import { de } from './de/index.ts';
import { en } from './en/index.ts';

/** The languages that the site speaks, as BCP 47 names them; the first is spoken where nobody asks for another that it has. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Phrase = string | { readonly one: string; readonly other: string };
export type WordKey = keyof typeof en;
/** What goes into a sentence; a sentence that goes into another is spoken with it. */
export type Params = Readonly<Record<string, string | number | Said>>;

/**
 * A sentence not yet spoken: which one, and what goes into it. It is put into a language where it is printed (`inLanguage`),
 * so that whoever finds the words need not know who reads them.
 */
export interface Said {
  readonly key: WordKey;
  readonly params: Params;
  toString(): string;
}

class Sentence implements Said {
  constructor(
    readonly key: WordKey,
    readonly params: Params,
  ) {}
  toString() {
    return speak(this);
  }
  toJSON() {
    return speak(this);
  }
}

export const say = (key: WordKey, params: Params = {}): Said => new Sentence(key, params);

const catalogues: Readonly<Record<Language, Readonly<Record<WordKey, Phrase>>>> = { en, de };
const plurals: Readonly<Record<Language, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  de: new Intl.PluralRules('de'),
};

const numbers: Readonly<Record<Language, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 1 }),
  de: new Intl.NumberFormat('de', { maximumFractionDigits: 1 }),
};

/** Set only while something is printed, which nothing can come in between. */
let spoken: Language = LANGUAGES[0];

/** The language that is spoken at this moment. */
export const languageNow = (): Language => spoken;

/** Prints something in a language, the first of ours where none is known. What is awaited would be spoken in whatever language comes next: there is nothing to await. */
export function inLanguage<Printed>(
  language: Language | null,
  print: () => Printed extends Promise<unknown> ? never : Printed,
) {
  const before = spoken;
  spoken = language ?? LANGUAGES[0];
  try {
    return print();
  } finally {
    spoken = before;
  }
}

export function speak({ key, params }: Pick<Said, 'key' | 'params'>): string {
  const phrase = catalogues[spoken][key];
  const text =
    typeof phrase === 'string'
      ? phrase
      : plurals[spoken].select(Number(params['count'])) === 'one'
        ? phrase.one
        : phrase.other;
  // Most of a page's words take nothing in.
  if (!text.includes('{')) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? inText(name, params[name]) : whole));
}

/** Numbers that name something and do not count it. */
const NAMES = new Set(['id', 'port', 'status', 'code', 'pid', 'n']);

const inText = (name: string, value: Params[string] | undefined): string =>
  typeof value === 'number' && !NAMES.has(name) ? numbers[spoken].format(value) : String(value);

/** Speaks a sentence at once: what views call, and what is said in the site's own language, English: feeds, commands, the log. */
export const words = (key: WordKey, params: Params = {}): string => speak({ key, params });

/** Whether a text is a key of the catalogue: for keys that come back from a cookie or a row. */
export const isWordKey = (key: string): key is WordKey => Object.hasOwn(en, key);
