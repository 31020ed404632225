/** Scripts that one word is written in, beside letters and signs that belong to all. */
const TOGETHER: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

/** The other scripts that UAX 31 recommends for names. */
const ALONE =
  `Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Hebrew Kannada Khmer Lao
  Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan`.split(/\s+/);

// Script_Extensions: marks and signs of several scripts go with each of them.
const writtenIn = (scripts: readonly string[]) =>
  new RegExp(`^[${['Common', 'Inherited', ...scripts].map((one) => `\\p{scx=${one}}`).join('')}]*$`, 'u');
const WAYS = [...ALONE.map((script) => [script]), ...TOGETHER].map(writtenIn);

/** Letters that look like Latin ones, most of them to the pixel. */
const LIKE_LATIN = [
  /^[аеёорсухіїјѕԁԛԝһӏѵүҽАВЕЁКМНОРСТУХІЇЈЅԚԜҮ]+$/u, // Cyrillic
  /^[αγικνορυχϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]+$/u, // Greek
  /^[ոսօցհյզլՕՍ]+$/u, // Armenian
];

/** Latin letters of phonetic alphabets (ɑ, ɡ, ᴀ): no word has them, and each looks like another. */
const PHONETIC = /[\u0250-\u02af\u1d00-\u1dbf]/u;

/** More marks on a letter than any language puts there. */
const HEAPED = /\p{M}{4}/u;

/**
 * Whether a name could be taken for another one: written in letters of scripts that no word mixes (`аdmin` with one Cyrillic
 * letter), all in letters of another script that look like Latin ones (`сосо`), in phonetic letters, or under a heap of marks.
 * After UTS 39 (highly restrictive), and the rule by which browsers judge names of hosts.
 */
export function isConfusable(name: string): boolean {
  if (!WAYS.some((way) => way.test(name))) return true;
  if (PHONETIC.test(name) || HEAPED.test(name.normalize('NFD'))) return true;
  const letters = name.replace(/\P{L}/gu, '');
  return LIKE_LATIN.some((alike) => alike.test(letters));
}
