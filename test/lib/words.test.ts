import { de } from '../../src/lib/words/de/index.ts';
import { en } from '../../src/lib/words/en/index.ts';
import { inLanguage, languageNow, say, words, type Phrase, type WordKey } from '../../src/lib/words/index.ts';
import { sizeInWords } from '../../src/lib/size.ts';

const keys = Object.keys(en) as WordKey[];
const textsOf = (phrase: Phrase) => (typeof phrase === 'string' ? [phrase] : [phrase.one, phrase.other]);
const gapsIn = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

test('every sentence is there in German, with room for the same things', () => {
  const wrong = keys.filter((key) => {
    const [wanted, found] = [en[key], de[key]].map(
      (phrase) => new Set(textsOf(phrase).flatMap((text) => [...gapsIn(text)])),
    );
    return (
      [...found!].some((name) => !wanted!.has(name)) ||
      [...wanted!].some((name) => name !== 'count' && !found!.has(name))
    );
  });
  expect(Object.keys(de).toSorted()).toEqual(keys.toSorted());
  expect(wrong).toEqual([]);
});

test('German is written with its own quotes, and none is left open', () => {
  const texts = keys.flatMap((key) => textsOf(de[key]).map((text) => ({ key, text })));
  const open = ({ text }: { text: string }) => (text.match(/„/g) ?? []).length !== (text.match(/“/g) ?? []).length;
  expect(texts.filter(open)).toEqual([]);
});

describe('a sentence', () => {
  test('is spoken in the language in which it is printed, whenever it was said', () => {
    const said = say('images.count', { count: 2 });
    const inner = say('error.too_many', { wait: say('wait.seconds', { count: 3 }) });
    const both = () => `${said} ${JSON.stringify({ said })} ${inner}`;
    expect(both()).toMatch(/^2 images \{"said":"2 images"\} .*3 seconds/);
    expect(inLanguage('de', both)).toMatch(/^2\u00a0Bilder \{"said":"2\u00a0Bilder"\} .*3\u00a0Sekunden/);
    expect(inLanguage('de', () => words('images.count', { count: 1 }))).toBe('1\u00a0Bild');
  });

  test('leaves the language as it was, also when printing fails', () => {
    expect(() => inLanguage('de', () => JSON.parse('{') as string)).toThrow();
    expect(inLanguage('de', () => inLanguage('en', languageNow))).toBe('en');
    expect(languageNow()).toBe('en');
  });

  test('has numbers as its language writes them', () => {
    const both = () =>
      `${words('images.count', { count: 12_345 })}, ${sizeInWords(1.4 * 1024 ** 2)}, ${sizeInWords(900)}`;
    expect(both()).toBe('12,345 images, 1.4 MB, 900 bytes');
    expect(inLanguage('de', both)).toBe('12.345\u00a0Bilder, 1,4\u00a0MB, 900\u00a0Bytes');
  });
});
