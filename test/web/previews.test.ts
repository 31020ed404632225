import type { Dialect } from '../../src/db/index.ts';
import { BASE, startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

describe.each<Dialect>(['sqlite', 'postgres'])('links shown elsewhere, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let visitor: Visitor;
  let images: Record<'public' | 'members' | 'private' | 'nameless', ImageJson>;
  const TITLE = `"Gulls" <b>& 'terns'`;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ann = await site.member('ann');
    visitor = site.visitor();
    for (const visibility of ['public', 'members', 'private'])
      await ann.post('/boards', { title: `B ${visibility}`, visibility });
    images = {
      public: await ann.save({
        board: 'b-public',
        title: TITLE,
        caption: `Seen\nfrom ${'a ferry '.repeat(90)}`,
        visibility: 'public',
      }),
      members: await ann.save({ board: 'b-public', title: 'Inside', visibility: 'members' }),
      private: await ann.save({ board: 'b-public', title: 'Hidden', visibility: 'private' }),
      nameless: await ann.save({ title: 'Whose', visibility: 'public', show_name: '0' }),
    };
  });
  afterAll(() => site.end());

  const metaOf = async (path: string, who: Visitor = visitor) => {
    const { $ } = await who.see(path);
    const said = $('meta[property^="og:"], meta[name^="twitter:"]').toArray();
    return Object.fromEntries(
      said.map((one) => [$(one).attr('property') ?? $(one).attr('name'), $(one).attr('content')]),
    );
  };
  const ask = (url: string, more: Record<string, string> = {}, who: Visitor = visitor) =>
    who.get(`/oembed?${new URLSearchParams({ url, ...more }).toString()}`);

  test('a public image, its owner’s profile and a public board say what a link to them shows', async () => {
    const { high } = images.public.tiers;
    const picture = {
      'og:image': `${BASE}${high?.url}`,
      'og:image:type': high?.type,
      'twitter:card': 'summary_large_image',
    };
    const image = await metaOf(images.public.url);
    expect(image).toMatchObject({
      ...picture,
      'og:type': 'article',
      'og:title': TITLE,
      'og:url': `${BASE}${images.public.url}`,
      'og:image:width': String(high?.width),
      'og:image:height': String(high?.height),
    });
    expect(image['og:description']).toMatch(/^Seen from a ferry .*…$/);
    expect([...(image['og:description'] ?? '')].length).toBe(300);
    expect(await metaOf('/people/ann')).toMatchObject({ ...picture, 'og:type': 'profile', 'og:title': 'ann' });
    expect(await metaOf('/people/ann/boards/b-public')).toMatchObject({ ...picture, 'og:title': 'B public' });
    expect((await visitor.get(images.public.tiers['high']?.url ?? '')).status).toBe(200);
  });

  test('a page that shows a member more says nothing, and one that a visitor may not see has nothing to say', async () => {
    for (const path of [images.members.url, images.private.url, '/people/ann', '/people/ann/boards/b-members'])
      expect([path, await metaOf(path, ann)]).toEqual([path, {}]);
    for (const { url } of [images.members, images.private]) expect(await metaOf(url)).toEqual({});
    for (const path of ['/', '/account/login']) expect(await metaOf(path)).toEqual({});
  });

  test('oEmbed tells a picture with its size, as large as it fits, and people and boards as links', async () => {
    const { $ } = await visitor.see(images.public.url);
    const address = new URL($('link[type="application/json+oembed"]').attr('href') ?? '');
    expect(address.origin).toBe(BASE);
    const answer = await visitor.get(address.pathname + address.search);
    const { high } = images.public.tiers;
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=300',
    });
    expect(JSON.parse(answer.text)).toEqual({
      version: '1.0',
      type: 'photo',
      title: TITLE,
      author_name: 'ann',
      author_url: `${BASE}/people/ann`,
      url: `${BASE}${high?.url}`,
      width: high?.width,
      height: high?.height,
      thumbnail_url: `${BASE}${high?.url}`,
      thumbnail_width: high?.width,
      thumbnail_height: high?.height,
      provider_name: 'Bowerbird',
      provider_url: BASE,
      cache_age: 300,
    });
    for (const [path, title] of [
      ['/people/ann', 'ann'],
      ['/people/ann/boards/b-public/', 'B public'],
    ] as const) {
      const told = JSON.parse((await ask(`${BASE}${path}?page=2#x`)).text);
      expect(told).toMatchObject({ type: 'link', title, author_name: 'ann', thumbnail_url: `${BASE}${high?.url}` });
    }
    const nameless = JSON.parse((await ask(`${BASE}/images/${images.nameless.id}`)).text);
    expect([nameless.author_name, nameless.author_url]).toEqual(['Anonymous', undefined]);
    expect(JSON.stringify(nameless)).not.toContain('ann');
    const odd = await ask(`${BASE}${images.public.url}`, { maxwidth: '-1', maxheight: 'x' });
    expect(JSON.parse(odd.text).width).toBe(high?.width);
  });

  test('what a visitor may not see is not there, whoever asks, like what never was', async () => {
    const hidden = [
      images.members.url,
      images.private.url,
      '/people/ann/boards/b-members',
      '/people/ann/boards/b-private',
    ];
    const never = [
      '/images/999999/x',
      '/people/nobody',
      '/people/ann/boards/none',
      '/images/0',
      '/account',
      '/',
      '/people/%ff',
    ];
    const answers = new Set<string>();
    for (const path of [...hidden, ...never])
      for (const who of [visitor, ann]) {
        const { status, body } = await who.get(`/oembed?url=${encodeURIComponent(BASE + path)}`, { json: true });
        expect([path, status]).toEqual([path, 404]);
        answers.add(JSON.stringify(body));
      }
    expect(answers.size).toBe(1);
    await ann.post(`/images/${images.nameless.id}/delete`);
    expect((await ask(`${BASE}/images/${images.nameless.id}`)).status).toBe(404);
    for (const [url, status] of [
      ['https://elsewhere.example/images/1', 404],
      [`https://localhost:9001${images.public.url}`, 404],
      ['', 422],
      ['images/1', 422],
      ['javascript:1', 404],
    ] as const)
      expect([url, (await ask(url)).status]).toEqual([url, status]);
    expect((await ask(`${BASE}${images.public.url}`, { format: 'xml' })).status).toBe(501);
  });
});
