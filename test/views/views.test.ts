import { gzipSync } from 'node:zlib';
import { load } from 'cheerio';
import { readAsset } from '../../src/lib/assets.ts';
import { viewOf } from '../../src/lib/views.ts';
import { isWordKey, words, type Params } from '../../src/lib/words/index.ts';
import { commentsOf, everywhere, imageOf, likesOf, PICTURES, samplesOf, type Picture, type Sample } from './samples.ts';
import { choicesOf, filedOf } from './board-samples.ts';

const missing = new Set<string>();

function speak(key: string, params?: Params): string {
  if (!isWordKey(key)) {
    missing.add(key);
    return key;
  }
  return words(key, params);
}

const show = ({ view, locals }: Sample): string => viewOf(view)({ ...everywhere, t: speak, ...locals });

/** What files of static/ weigh on their way; in the samples they are named as they are in the folder. */
const weightOf = (names: ReadonlySet<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(readAsset(name.replace(/^\/static\//, ''))).length, 0);

const cases = Object.entries(samplesOf());

describe.each(cases)('the page “%s”', (_, sample) => {
  const html = show(sample);
  const $ = load(html);

  test('holds no style, script or handler of its own, so that the strictest policy lets it through', () => {
    expect($('style, [style]').length).toBe(0);
    expect($('script').filter((_, element) => $(element).text().trim() !== '').length).toBe(0);
    const handlers = $('*').filter(
      (_, element) => 'attribs' in element && Object.keys(element.attribs).some((name) => name.startsWith('on')),
    );
    expect(handlers.length).toBe(0);
  });

  test('has one heading of the first rank and one main part', () => {
    expect($('h1').length).toBe(1);
    expect($('main#main').length).toBe(1);
  });

  test('names every field, and every form that posts carries the token', () => {
    for (const field of $('input:not([type=hidden]):not([type=radio]), select, textarea').toArray())
      expect($(`label[for="${$(field).attr('id')}"]`).length).toBe(1);
    for (const form of $('form[method=post]').toArray())
      expect($(form).find('input[name=_csrf]').attr('value')).toBe('token');
  });

  test('gives no id twice, and what describes a field is there', () => {
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of $('[aria-describedby]').toArray())
      expect(ids).toEqual(expect.arrayContaining([($(element).attr('aria-describedby') ?? '').split(' ').at(-1)]));
  });

  test('says only words that are in the catalogue, with nothing left to fill in', () => {
    expect([...missing]).toEqual([]);
    expect($.text()).not.toMatch(/\{\w+\}|undefined|\bnull\b|\[object/);
  });

  test('gives every picture its size before it is loaded', () => {
    for (const image of $('.picture').toArray()) {
      expect(Number($(image).attr('width'))).toBeGreaterThan(0);
      expect(Number($(image).attr('height'))).toBeGreaterThan(0);
    }
  });

  test('travels in less than 30 kB, with less than 15 kB of styles and 15 kB of scripts', () => {
    expect(gzipSync(html).length).toBeLessThan(30_000);
    const brought = (selector: string, name: string) =>
      new Set(
        $(selector)
          .toArray()
          .map((element) => $(element).attr(name) ?? ''),
      );
    expect(weightOf(brought('link[rel=stylesheet]', 'href'))).toBeLessThan(15_000);
    expect(weightOf(brought('script[src]', 'src'))).toBeLessThan(15_000);
  });
});

describe('what people typed', () => {
  const HOSTILE = '"><img src=x onerror=1><script>1</script>#{1}!{2}';

  test('stands on the page as text and makes no element', () => {
    const picture = { ...(PICTURES[0] as Picture), title: HOSTILE };
    const image = imageOf(picture, {
      title: HOSTILE,
      caption: HOSTILE,
      alt: HOSTILE,
      creator: HOSTILE,
      licence: HOSTILE,
      tags: [HOSTILE],
      notes: [HOSTILE],
    });
    const $ = load(
      show({ view: 'images/show', locals: { image, likes: likesOf(), comments: commentsOf(), filed: filedOf() } }),
    );
    expect($('[onerror]').length).toBe(0);
    expect($('h1').text()).toBe(HOSTILE);
  });

  test('comes back into the form as it was left', () => {
    const form = {
      title: HOSTILE,
      url: 'https://a.example/?b=1&c="',
      visibility: 'private',
      show_name: '0',
      resolution: 'low',
      tags: 'a, b',
    };
    const locals = { form, boards: choicesOf(), errors: { title: 'Too long.' }, draft: null };
    const $ = load(show({ view: 'images/create', locals }));
    expect($('#title').val()).toBe(HOSTILE);
    expect($('#url').val()).toBe(form.url);
    expect($('[name=visibility]:checked').val()).toBe('private');
    expect($('[name=show_name]:checked').val()).toBe('0');
    expect($('#resolution').val()).toBe('low');
    expect($('#title').attr('aria-invalid')).toBe('true');
    expect($('#title-error').text()).toBe('Too long.');
  });
});

test('a picture without a title has a name for those who hear the page', () => {
  const sample = samplesOf([{ ...(PICTURES[0] as Picture), title: '' }])['feed'] as Sample;
  const $ = load(show({ ...sample, locals: { ...sample.locals } }));
  const link = $('.tile-link').first();
  expect(`${link.text()}${link.find('.picture').attr('alt')}`.trim()).not.toBe('');
});
