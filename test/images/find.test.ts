import { gzipSync } from 'node:zlib';
import { startOrigin, type Origin } from '../support/origin.ts';
import { pdf, picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

interface FoundImage {
  url: string;
  seen_url: string | null;
  width: number;
  height: number;
  alt: string;
  title: string;
  nopin: boolean;
}

const PAGE = `<!doctype html><html><head><title>Herons of the weir</title><meta charset="utf-8">
  <base href="/photos/">
  <meta property="og:site_name" content="Birds Weekly"><meta name="author" content="Ann Example">
  <meta property="og:description" content="Seen in May."><meta property="article:published_time" content="2026-05-03">
  <link rel="canonical" href="/herons"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
  <meta property="og:image" content="/photos/cover.jpg"><meta property="og:image:width" content="1600">
  <meta property="og:image:height" content="900">
  <script type="application/ld+json">{"@type":"ImageObject","contentUrl":"/photos/data.jpg","width":900,"height":800}</script>
  </head><body>
  <img src="small.jpg" srcset="small.jpg 400w, large.jpg 1200w" alt="A heron" width="400" height="300">
  <img src="blank.gif" data-src="lazy.jpg" alt="Later" width="500" height="400">
  <noscript><img src="quiet.jpg" alt="Without scripts" width="600" height="500"></noscript>
  <div style="background-image: url('behind.jpg')"></div>
  <video poster="poster.jpg"></video><a href="linked.jpg">The original</a>
  <img src="pixel.gif" width="1" height="1"><img src="icon.svg" width="400" height="400">
  <img src="data:image/png;base64,iVBORw0KGgo=" alt="By itself" width="200" height="200">
  </body></html>`;

let origin: Origin;
let site: TestSite;
let ann: Member;

beforeAll(async () => {
  const bytes = await picture({ width: 700, height: 500, seed: 77 });
  const html = (body: string, type = 'text/html') => ({ headers: { 'content-type': type }, body });
  origin = await startOrigin({
    '/weir': html(PAGE),
    '/photos/large.jpg': bytes,
    '/photos/small.jpg': bytes,
    '/none': html('<!doctype html><title>Words</title><p>Nothing to see'),
    '/nopin': html('<!doctype html><meta name="pinterest" content="nopin"><img src="/a.jpg" width="300" height="300">'),
    '/latin': {
      headers: { 'content-type': 'text/html; charset=iso-8859-1' },
      body: Buffer.from('<title>Café</title><img src=/a.jpg alt="Märchen" width=300 height=300>', 'latin1'),
    },
    '/untyped': { headers: {}, body: '<!DOCTYPE html><img src="/a.jpg" width="300" height="300">' },
    '/evil': html(
      '<link rel="canonical" href="https://elsewhere.example/x"><img src="/a.jpg" width="300" height="300">',
    ),
    '/broken': html(`<img src="/a.jpg" width="300" height="300">${'<div '.repeat(50_000)}`),
    '/packed': { headers: { 'content-type': 'text/html', 'content-encoding': 'gzip' }, body: gzipSync(PAGE) },
    '/file.pdf': { headers: { 'content-type': 'application/pdf' }, body: pdf() },
    '/image': bytes,
    '/huge': html(`<!doctype html>${' '.repeat(6_000_000)}`),
  });
  site = await startTestSite({ FETCH_ALLOW: origin.allow });
  ann = await site.member('ann');
});
afterAll(async () => {
  await site?.end();
  await origin?.close();
});

const at = (path: string) => `${origin.url}${path}`;
const look = async (path: string) => ann.post('/images/find', { url: at(path) }, { json: true });
const found = async (path: string): Promise<FoundImage[]> => {
  const { status, body } = await look(path);
  expect([path, status, body.error]).toEqual([path, 200, undefined]);
  return body.images;
};

describe('the pictures of a page, from its address', () => {
  test('all that its text tells of, each once in its largest version, the largest first, with what it says of itself', async () => {
    const { body } = await look('/weir');
    expect(body.page).toEqual({
      url: at('/herons'),
      title: 'Herons of the weir',
      description: 'Seen in May.',
      site: 'Birds Weekly',
      creator: 'Ann Example',
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      date: '2026-05-03',
      nopin: false,
      noai: false,
      noindex: false,
    });
    const names = (body.images as FoundImage[]).map(({ url }) => url.replace(at('/photos/'), '').slice(0, 15));
    expect(names.slice(0, 3)).toEqual(['cover.jpg', 'large.jpg', 'data.jpg']);
    expect(new Set(names)).toEqual(
      new Set([
        'cover.jpg',
        'large.jpg',
        'data.jpg',
        'lazy.jpg',
        'quiet.jpg',
        'behind.jpg',
        'poster.jpg',
        'linked.jpg',
        'data:image/png;',
      ]),
    );
    const large = (body.images as FoundImage[]).find(({ url }) => url.endsWith('large.jpg'));
    expect(large).toMatchObject({ seen_url: at('/photos/small.jpg'), alt: 'A heron', width: 1200 });
  });

  test('what a page asks is passed on, also of one picture; letters arrive as they were meant', async () => {
    expect((await found('/nopin')).map(({ nopin }) => nopin)).toEqual([true]);
    const { body } = await look('/latin');
    expect([body.page.title, body.images[0].alt]).toEqual(['Café', 'Märchen']);
    expect(await found('/untyped')).toHaveLength(1);
    expect((await look('/evil')).body.page.url).toBe(at('/evil'));
    expect(await found('/broken')).toHaveLength(1);
  });

  test.each([
    ['/none', 'none_found', 'No picture is written on this page'],
    ['/file.pdf', 'not_a_page', 'This address leads to no page'],
    ['/image', 'not_a_page', 'If it is a picture, save it by itself'],
    ['/missing', 'http_status', 'The site answered with 404 instead of the page'],
    ['/huge', 'too_large', 'That page is larger'],
    ['/packed', 'not_a_page', 'This address leads to no page'],
  ])('%s is a sentence about the address', async (path, code, words) => {
    const { status, body } = await look(path);
    expect([status, body.error.code, body.error.field]).toEqual([422, code, 'url']);
    expect(body.error.message).toContain(words);
    const { $ } = await ann.posted('/images/find', { url: at(path) });
    expect($('#url').val()).toBe(at(path));
    expect($('#url-error').text()).toBe(body.error.message);
  });

  test('the page is asked for as by somebody who opens it, and without a word of who that is', async () => {
    await found('/weir');
    expect(origin.hits.at(-1)?.headers).toMatchObject({
      accept: expect.stringMatching(/^text\/html/),
      'sec-fetch-dest': 'document',
      'sec-fetch-mode': 'navigate',
    });
    expect(Object.keys(origin.hits.at(-1)?.headers ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(cookie|referer|x-forwarded-for|via)$/)]),
    );
  });

  test('no address inside, and none of another kind, is asked', async () => {
    for (const url of ['http://127.0.0.1:1/', 'http://10.0.0.1/', 'http://[::1]/x']) {
      const { status, body } = await ann.post('/images/find', { url }, { json: true });
      expect([url, status, body.error.code]).toEqual([url, 422, 'unreachable']);
    }
    for (const url of ['', 'ftp://x/y', 'data:image/png;base64,AAAA', 'x'.repeat(10_000)]) {
      const { status, body } = await ann.post('/images/find', { url }, { json: true });
      expect([status, body.error.code, body.error.field]).toEqual([422, 'invalid', 'url']);
    }
  });

  test('to open the page fetches nothing; nothing is left behind', async () => {
    const before = origin.hits.length;
    const { $ } = await ann.see(`/images/find?url=${encodeURIComponent(at('/weir'))}`);
    expect($('#url').val()).toBe(at('/weir'));
    expect(origin.hits).toHaveLength(before);
  });

  test('without scripts: looked for, ticked, looked through, saved with where it is from', async () => {
    const listed = await ann.posted('/images/find', { url: at('/weir') });
    const form = listed.$('form[action="/save"]');
    const fields = Object.fromEntries(
      form
        .find('input[type=hidden]')
        .toArray()
        .map((one) => [listed.$(one).attr('name') ?? '', listed.$(one).attr('value') ?? '']),
    );
    const tick =
      Object.keys(fields)
        .find((name) => fields[name]?.endsWith('large.jpg'))
        ?.replace('url', 'pick') ?? '';
    expect(form.find(`[name=${tick}]`).attr('type')).toBe('checkbox');
    const review = await ann.posted('/save', { ...fields, [tick]: '1', act: 'look' });
    const rows = review.$('form[action="/save"] [name^=url]').toArray();
    expect(rows.map((one) => review.$(one).val()).filter((value) => String(value).endsWith('.jpg'))).toEqual([
      at('/photos/large.jpg'),
    ]);
    const { body } = await ann.post(
      '/save',
      {
        url1: at('/photos/large.jpg'),
        title1: 'Heron',
        page_url: fields['page_url'],
        creator: fields['creator'],
        licence: fields['licence'],
      },
      { json: true },
    );
    expect(body.results[0].image).toMatchObject({ title: 'Heron', page_url: at('/herons') });
  });

  test('an address of a page in the form of an image is refused as ever, and leads here', async () => {
    const { status, body } = await ann.post('/images/create', { url: at('/weir') }, { json: true });
    expect([status, body.error.code, body.error.field]).toEqual([422, 'not_an_image', 'url']);
    const { $ } = await ann.posted('/images/create', { url: at('/weir'), title: 'Kept' });
    expect($('[data-find]').attr('hidden')).toBeUndefined();
    expect($('[formaction="/images/find"]').text()).toBe('Show the pictures of this page');
    const pdfs = await ann.posted('/images/create', { url: at('/file.pdf') });
    expect(pdfs.$('[data-find]').attr('hidden')).toBeDefined();
  });
});
