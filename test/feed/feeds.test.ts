import { load } from 'cheerio';
import type { Dialect } from '../../src/db/index.ts';
import { BASE, startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

/** Throws on what no parser of XML would take: stray signs, elements that are not closed in their order. */
function checkXml(text: string) {
  const open: string[] = [];
  const body = text.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\n/, '');
  const piece =
    /<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)(\/?)>|([^<&]|&(?:amp|lt|gt|quot|#39);)+/gy;
  let at = 0;
  for (let found = piece.exec(body); found; found = piece.exec(body)) {
    at = piece.lastIndex;
    const [, closing, name = '', , alone] = found;
    if (!name) continue;
    if (closing) expect(open.pop()).toBe(name);
    else if (!alone) open.push(name);
  }
  expect([at, open]).toEqual([body.length, []]);
  return load(text, { xml: true });
}

const HOSTILE = `<b>"it's" & 'that' ]]> <script>1</script> 🐦`;

describe.each<Dialect>(['sqlite', 'postgres'])('feeds on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let bob: Member;
  let visitor: Visitor;
  let images: Record<'open' | 'shared' | 'own' | 'nameless', ImageJson>;
  const FEEDS = ['/people/ann', '/people/ann/boards/all-of-it', '/tags/heap'];

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ann = await site.member('ann');
    bob = await site.member('bob');
    visitor = site.visitor();
    await ann.post('/boards', { title: 'All of it', visibility: 'public' });
    const form = { board: 'all-of-it', tags: 'heap' };
    images = {
      open: await ann.save({ ...form, title: HOSTILE, caption: `${HOSTILE}\nAgain.`, visibility: 'public' }),
      shared: await ann.save({ ...form, title: 'For members', visibility: 'members' }),
      own: await ann.save({ ...form, title: 'For me', visibility: 'private' }),
      nameless: await ann.save({ tags: 'heap', title: 'Whose', visibility: 'public', show_name: '0' }),
    };
  });
  afterAll(() => site.end());

  const get = (path: string, who = visitor, headers = {}) => who.get(path, { headers });
  const feedOf = async (path: string, who = visitor) => JSON.parse((await get(`${path}/feed.json`, who)).text);

  test('JSON Feed says what everyone may see, with addresses that begin with the site’s own', async () => {
    const answer = await get('/people/ann/feed.json');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/feed+json; charset=utf-8']);
    const feed = JSON.parse(answer.text);
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Images of ann',
      home_page_url: `${BASE}/people/ann`,
      feed_url: `${BASE}/people/ann/feed.json`,
      authors: [{ name: 'ann', url: `${BASE}/people/ann` }],
    });
    const { high } = images.open.tiers;
    expect(feed.items).toEqual([
      {
        id: `${BASE}/images/${images.open.id}`,
        url: `${BASE}${images.open.url}`,
        title: HOSTILE,
        summary: `${HOSTILE}\nAgain.`,
        content_html: expect.stringContaining('&lt;script&gt;'),
        date_published: images.open.created_at,
        date_modified: images.open.created_at,
        authors: [{ name: 'ann', url: `${BASE}/people/ann` }],
        image: `${BASE}${high?.url}`,
        attachments: [{ url: `${BASE}${high?.url}`, mime_type: high?.type, size_in_bytes: high?.bytes }],
      },
    ]);
    expect(load(feed.items[0].content_html)('img, a, p, br').length).toBe(5);
    expect(load(feed.items[0].content_html)('script, b').length).toBe(0);
  });

  test('Atom and RSS say the same, well formed, with the picture’s type and length', async () => {
    const [link, item] = [`${BASE}${images.open.url}`, `${BASE}/images/${images.open.id}`];
    const { high } = images.open.tiers;
    for (const path of FEEDS.slice(0, 2)) {
      const atom = await get(`${path}/feed.atom`);
      expect(atom.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
      const $ = checkXml(atom.text);
      expect($('entry').length).toBe(1);
      expect([$('feed > link[rel=self]').attr('href'), $('feed > id').text()]).toEqual([
        `${BASE}${path}/feed.atom`,
        `${BASE}${path}`,
      ]);
      expect([
        $('entry > id').text(),
        $('entry > title').text(),
        $('entry > link[rel=alternate]').attr('href'),
      ]).toEqual([item, HOSTILE, link]);
      expect($('entry > link[rel=enclosure]').attr()).toMatchObject({
        type: high?.type,
        length: String(high?.bytes),
        href: `${BASE}${high?.url}`,
      });
      expect($('feed > updated').text()).toBe($('entry > updated').text());

      const rss = await get(`${path}/feed.rss`);
      expect(rss.headers['content-type']).toBe('application/rss+xml; charset=utf-8');
      const r = checkXml(rss.text);
      expect([r('item > guid').text(), r('item > title').text(), r('item > link').text()]).toEqual([
        item,
        HOSTILE,
        link,
      ]);
      expect(r('enclosure').attr()).toEqual({
        url: `${BASE}${high?.url}`,
        length: String(high?.bytes),
        type: high?.type,
      });
      expect(Date.parse(r('pubDate').text())).toBe(Math.floor(Date.parse(images.open.created_at) / 1000) * 1000);
    }
  });

  test('no feed tells what not everyone may see, whoever asks', async () => {
    for (const path of FEEDS)
      for (const who of [ann, bob, visitor]) {
        const ids = (await feedOf(path, who)).items.map(({ id }: { id: string }) => id);
        const open = [images.open, ...(path === '/tags/heap' ? [images.nameless] : [])].map(({ id }) => id).reverse();
        expect([path, ids]).toEqual([path, open.map((id) => `${BASE}/images/${id}`)]);
      }
    const [nameless] = (await feedOf('/tags/heap')).items;
    expect([nameless.title, nameless.authors]).toEqual(['Whose', [{ name: 'Anonymous' }]]);
    for (const visibility of ['members', 'private']) {
      const { body } = await ann.post('/boards', { title: `Board ${visibility}`, visibility }, { json: true });
      for (const who of [ann, bob, visitor])
        for (const format of ['json', 'atom', 'rss'])
          expect((await get(`${body.board.url}/feed.${format}`, who)).status).toBe(404);
    }
    for (const path of ['/people/nobody', '/tags/nothing', '/people/ann/boards/none'])
      expect((await get(`${path}/feed.rss`)).status).toBe(404);
    for (const format of ['xml', 'JSON', 'atom.rss'])
      expect((await get(`/people/ann/feed.${format}`)).status).toBe(404);
  });

  test('whoever has it as it is now is told so, until it changes; an item keeps its id', async () => {
    const image = await bob.save({ title: 'First', visibility: 'public' });
    for (const format of ['json', 'atom', 'rss']) {
      const path = `/people/bob/feed.${format}`;
      const { headers } = await get(path);
      expect(headers).toMatchObject({ 'cache-control': 'public, max-age=300', etag: expect.stringMatching(/^W\/"/) });
      expect(headers['set-cookie']).toBeUndefined();
      const [etag, changed] = [String(headers['etag']), String(headers['last-modified'])];
      for (const asked of [{ 'if-none-match': etag }, { 'if-modified-since': changed }]) {
        const answer = await get(path, visitor, asked);
        expect([format, answer.status, answer.text ?? '']).toEqual([format, 304, '']);
      }
    }
    const before = await get('/people/bob/feed.json');
    await bob.post(`/images/${image.id}/edit`, { title: 'Second' });
    const after = await get('/people/bob/feed.json', visitor, { 'if-none-match': String(before.headers['etag']) });
    expect(after.status).toBe(200);
    const [was, is] = [before, after].map(({ text }) => JSON.parse(text).items[0]);
    expect([is.id, is.title, is.date_published]).toEqual([was.id, 'Second', was.date_published]);
    expect(Date.parse(is.date_modified)).toBeGreaterThanOrEqual(Date.parse(was.date_modified));
    expect((await get(new URL(is.id).pathname)).headers['location']).toBe(new URL(is.url).pathname);
    await bob.post(`/images/${image.id}/edit`, { visibility: 'members' });
    expect((await feedOf('/people/bob')).items).toEqual([]);
  });

  test('pages name their feeds, and addresses that moved lead to them', async () => {
    for (const path of FEEDS) {
      const { $ } = await ann.see(path);
      const links = $('link[rel=alternate]').toArray();
      expect(links.map((link) => [$(link).attr('type'), $(link).attr('href')])).toEqual([
        ['application/feed+json', `${path}/feed.json`],
        ['application/atom+xml', `${path}/feed.atom`],
        ['application/rss+xml', `${path}/feed.rss`],
      ]);
    }
    expect((await get('/tags/HEAP/feed.rss')).headers['location']).toBe('/tags/heap/feed.rss');
    await ann.post('/boards', { title: 'Was so', visibility: 'public' });
    await ann.post('/people/ann/boards/was-so/edit', { title: 'Is so' });
    const moved = await get('/people/ann/boards/was-so/feed.atom');
    expect([moved.status, moved.headers['location']]).toEqual([301, '/people/ann/boards/is-so/feed.atom']);
  });

  test('a search has one for visitors where the gallery is open, and else by the secret address alone', async () => {
    expect((await get('/search/feed.atom?q=members')).status).toBe(303);
    expect(JSON.parse((await get('/search/feed.json?q=members', bob)).text).items).toEqual([]);
    const key = await keyOf(bob);
    const found = JSON.parse((await get(`/feeds/${key}/search.json?q=members`)).text);
    expect(found.items.map(({ title }: { title: string }) => title)).toEqual(['For members']);
    expect((await get(`/feeds/${key}/search.json?q=%00`)).status).toBe(422);
    expect(JSON.parse((await get(`/feeds/${key}/search.json`)).text).items).toEqual([]);
  });

  const keyOf = async (who: Member): Promise<string> => {
    const { status, body } = await who.post('/account/feeds', { action: 'make' }, { json: true });
    expect(status).toBe(201);
    return /\/feeds\/([\w-]{43})\//.exec(body.feeds.atom)?.[1] ?? '';
  };

  test('the secret address shows what its member may see of the feed, with the bytes', async () => {
    const key = await keyOf(bob);
    const answer = await get(`/feeds/${key}/feed.json`);
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    const { items } = JSON.parse(answer.text);
    const titles = items.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(expect.arrayContaining(['For members', HOSTILE, 'Whose']));
    expect(titles).not.toContain('For me');
    const { image } = items.find(({ title }: { title: string }) => title === 'For members');
    const path = new URL(image).pathname;
    expect([(await get(path)).status, (await get(path.replace(`/feeds/${key}`, ''))).status]).toEqual([200, 404]);
    expect((await get(`/feeds/${key}${images.own.tiers['high']?.url}`)).status).toBe(404);
    checkXml((await get(`/feeds/${key}/feed.rss`)).text);
    checkXml((await get(`/feeds/${key}/feed.atom`)).text);
  });

  test('its owner is told of it by mail and in the log, and it outlives the tokens of scripts', async () => {
    const key = await keyOf(ann);
    // No jobs are done here: the mail waits.
    const waiting: string[] = await site.site.db('jobs').where({ kind: 'sendMail' }).pluck('payload');
    expect(waiting.filter((mail) => JSON.stringify(mail).includes('feed_key_made')).length).toBeGreaterThan(0);
    await ann.post('/account/tokens/delete');
    expect((await get(`/feeds/${key}/feed.json`)).status).toBe(200);
    await ann.post('/account/feeds', { action: 'drop' });
    await ann.post('/account/feeds', { action: 'drop' });
    const { entries } = (await ann.get('/account/log', { json: true })).body;
    const acts = entries.map(({ act }: { act: string }) => act).slice(0, 2);
    expect(acts).toEqual(['feed_key_dropped', 'feed_key_made']);
  });

  test('it is shown once, kept as a hash, and ends when another is made or it is taken back', async () => {
    const first = await keyOf(ann);
    const page = await ann.see('/account/feeds');
    expect([page.$('input.token').length, page.$.html().includes(first)]).toEqual([0, false]);
    expect(JSON.stringify(await site.site.db('feed_keys'))).not.toContain(first);
    const second = await keyOf(ann);
    expect((await get(`/feeds/${first}/feed.json`)).status).toBe(404);
    expect((await get(`/feeds/${second}/feed.json`)).status).toBe(200);
    const made = await ann.posted('/account/feeds', { action: 'make' });
    const shown = made.$('input.token').first().attr('value') ?? '';
    expect([made.status, (await get(new URL(shown).pathname)).status]).toEqual([201, 200]);
    expect(made.answer.headers['referrer-policy']).toBe('no-referrer');
    expect((await ann.post('/account/feeds', { action: 'drop' }, { json: true })).body).toEqual({ deleted: true });
    expect((await get(new URL(shown).pathname)).status).toBe(404);
    expect((await ann.post('/account/feeds', { action: 'x' }, { json: true })).body.error.field).toBe('action');
    const bobs = await keyOf(bob);
    const disable = (at: number | null) =>
      site.site.db('accounts').where({ username: 'bob' }).update({ disabled_at: at });
    await disable(1);
    expect((await get(`/feeds/${bobs}/feed.json`)).status).toBe(404);
    await disable(null);
    expect((await get(`/feeds/${bobs}/feed.json`)).status).toBe(200);
  });
});
