import type { Dialect } from '../../src/db/index.ts';
import { placedOf } from '../../src/images/hold.ts';
import { setTags } from '../../src/images/tags/set.ts';
import { and, atom } from '../../src/search/formula.ts';
import { bringUpToDate } from '../../src/search/keep.ts';
import { findOrdered } from '../../src/search/ordered.ts';
import { FOREVER } from '../../src/search/parse.ts';
import { facts } from '../../src/search/tokens.ts';
import { audience } from '../../src/search/wanted.ts';
import { plantImages, plantMembers, type Planted } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

interface FeedJson {
  images: ImageJson[];
  next: string | null;
  page: number | null;
  pages: number | null;
}

describe.each<Dialect>(['sqlite', 'postgres'])('the feed in parts and other orders, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let bob: Member;
  let visitor: Visitor;
  const ANN = 1;
  const BOB = 2;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', OPEN_GALLERY: 'yes' }, dialect);
    ann = await site.member('ann');
    bob = await site.member('bob');
    visitor = site.visitor();
  });
  afterAll(() => site.end());
  afterEach(async () => {
    for (const table of ['images', 'tags', 'follows']) await site.site.db(table).delete();
    await caughtUp();
  });

  const caughtUp = async () => {
    while ((await bringUpToDate(site.site.db)) > 0);
  };
  const plant = async (title: string, more: Record<string, unknown> = {}, about: Partial<Planted> = {}) => {
    const [id = 0] = await plantImages(site.site.db, [
      { ownerId: ANN, visibility: 'public', ...about, more: { title, ...more } },
    ]);
    return id;
  };
  const tag = async (id: number, ...names: string[]) =>
    site.site.db.transaction(async (trx) => setTags(trx, placedOf(await trx('images').where({ id }).first()), names));
  const read = async (path: string, who: Visitor = ann): Promise<FeedJson> => {
    const { status, body } = await who.get(path, { json: true });
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const titles = async (query: string, who: Visitor = ann) =>
    (await read(`/images?${query}`, who)).images.map(({ title }) => title);
  /** All pages, one after the other. */
  const all = async (query: string, who: Visitor = ann): Promise<ImageJson[]> => {
    const found: ImageJson[] = [];
    for (let next: string | null = `/images?${query}`; next;) {
      const page: FeedJson = await read(next, who);
      found.push(...page.images);
      next = page.next;
    }
    return found;
  };

  test('by kind, size, colour, site, tag and date, together as well', async () => {
    const blue = await plant('Blue', {
      colour: '#2040d0',
      format: 'png',
      width: 2000,
      height: 900,
      site: 'images.birds.example',
      created_at: Date.UTC(2026, 2, 5),
    });
    await plant('Red', { colour: '#d02020', frames: 9, created_at: Date.UTC(2025, 5, 1) });
    await tag(blue, 'night sky', 'owl');
    expect(await titles('kind=png')).toEqual(['Blue']);
    expect(await titles('kind=animated')).toEqual(['Red']);
    expect(await titles('size=1600')).toEqual(['Blue']);
    expect(await titles('size=2001')).toEqual([]);
    expect(await titles('colour=red')).toEqual(['Red']);
    expect(await titles('colour=%230000ff')).toEqual(['Blue']);
    expect(await titles('site=birds.example')).toEqual(['Blue']);
    expect(await titles(`site=${encodeURIComponent('https://www.images.birds.example/owl?x=1')}`)).toEqual(['Blue']);
    expect(await titles('tag=Owl')).toEqual(['Blue']);
    expect(await titles('tag=owl,%20night%20sky')).toEqual(['Blue']);
    expect(await titles('tag=owl,day')).toEqual([]);
    expect(await titles('saved_since=2026-03&saved_before=2026-03-06')).toEqual(['Blue']);
    expect(await titles('saved_before=2026')).toEqual(['Red']);
    expect(await titles('kind=png&colour=blue&tag=owl&site=birds.example&size=800&saved_since=2026')).toEqual(['Blue']);
    expect(await titles('kind=png&colour=red')).toEqual([]);
  });

  test('of people one follows: what stands under their names, and of nobody else', async () => {
    await plant('Bob’s', {}, { ownerId: BOB });
    await plant('Bob’s, nameless', {}, { ownerId: BOB, showName: false });
    await plant('Bob’s own', {}, { ownerId: BOB, visibility: 'private' });
    await plant('Ann’s');
    expect(await titles('people=following')).toEqual([]);
    await ann.post('/people/bob/follow', { action: 'follow' }, { json: true });
    expect(await titles('people=following')).toEqual(['Bob’s']);
    expect(await titles('people=following&order=liked')).toEqual(['Bob’s']);
    expect(await titles('people=following&order=viewed&kind=jpeg')).toEqual(['Bob’s']);
    const { status, body } = await visitor.get('/images?people=following', { json: true });
    expect([status, body.error.field]).toEqual([422, 'people']);
  });

  test('whose name was just hidden is not told by the filter, before the words are up to date either', async () => {
    const id = await plant('Bob’s', {}, { ownerId: BOB });
    await ann.post('/people/bob/follow', { action: 'follow' }, { json: true });
    await caughtUp();
    await bob.post(`/images/${id}/edit`, { title: 'Bob’s', show_name: '0' }, { json: true });
    for (const order of ['newest', 'liked', 'viewed'])
      expect(await titles(`people=following&order=${order}`)).toEqual([]);
  });

  test('even a thousand followed people are one question', async () => {
    const crowd: number[] = [];
    for (let n = 0; n < 10; n++) crowd.push(...(await plantMembers(site.site.db, 100, `crowd${n}-`)));
    for (let at = 0; at < crowd.length; at += 100)
      await site.site
        .db('follows')
        .insert(crowd.slice(at, at + 100).map((id) => ({ follower_id: ANN, account_id: id, created_at: 1 })));
    await plant('Of the crowd', {}, { ownerId: crowd[500] ?? 0 });
    await plant('Ann’s');
    for (const order of ['newest', 'liked', 'viewed'])
      expect(await titles(`people=following&order=${order}`)).toEqual(['Of the crowd']);
  });

  test.each(['liked', 'viewed'])(
    'most %s first, of equals the newest, page after page, nothing twice',
    async (order) => {
      const column = order === 'liked' ? 'likes' : 'views';
      const planted = Array.from({ length: 40 }, (_, n) => ({
        ownerId: ANN,
        visibility: 'public' as const,
        more: { title: `${n}`, [column]: (n * 7) % 5, colour: n % 2 ? '#d02020' : '#2040d0' },
      }));
      await plantImages(site.site.db, planted);
      const expected = (of: (n: number) => boolean) =>
        planted
          .map((_, n) => n)
          .filter(of)
          .sort((one, other) => ((other * 7) % 5) - ((one * 7) % 5) || other - one)
          .map(String);
      const found = async (query: string) => (await all(query)).map(({ title }) => title);
      expect(await found(`order=${order}`)).toEqual(expected(() => true));
      expect(await found(`order=${order}&colour=red`)).toEqual(expected((n) => n % 2 === 1));
      expect((await read(`/images?order=${order}`)).images).toHaveLength(16);
    },
  );

  test('what hardly ever fits is looked for over several pages, each of which ends somewhere', async () => {
    const planted = Array.from({ length: 50 }, (_, n) => ({
      ownerId: ANN,
      visibility: 'public' as const,
      more: { title: `${n}`, likes: n, colour: n === 3 || n === 41 ? '#d02020' : '#2040d0' },
    }));
    await plantImages(site.site.db, planted);
    await caughtUp();
    const red = atom(facts.colour('red'));
    const reader = { id: ANN };
    const wanted = {
      base: and([audience(reader, false), red]),
      classes: [],
      byName: false,
      size: FOREVER,
      saved: FOREVER,
    };
    const ordered = { order: 'liked' as const, wanted, facets: red, following: false };
    const pages: string[][] = [];
    for (let after: string | null = null, n = 0; n < 9 && (n === 0 || after); n++) {
      const finding = { after, most: 16, top: 99, countOf: () => 99 };
      const found = await findOrdered(site.site.db, reader, ordered, finding, { few: 10, through: 20 });
      pages.push(found.images.map(({ title }) => title));
      after = found.next;
    }
    expect(pages).toEqual([['41'], [], ['3']]);
  });

  test('newest first stays so while new ones arrive: nothing twice, nothing left out', async () => {
    const ids = await plantImages(
      site.site.db,
      Array.from({ length: 40 }, () => ({ ownerId: ANN, visibility: 'public' as const })),
    );
    const first = await read('/images?kind=jpeg');
    await plant('Arrived meanwhile');
    const seen = [...first.images];
    for (let next = first.next; next;) {
      const page = await read(next);
      seen.push(...page.images);
      next = page.next;
    }
    expect(seen.map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('visitors and members find what they may see, and no private image of their own', async () => {
    await plant('Public');
    await plant('Of members', {}, { visibility: 'members' });
    await plant('Private', {}, { visibility: 'private' });
    await plant('In the bin', {}, { binnedAt: 1 });
    for (const query of ['kind=jpeg', 'order=liked', 'order=viewed', 'order=liked&kind=jpeg']) {
      expect([query, await titles(query, visitor)]).toEqual([query, ['Public']]);
      expect([query, (await titles(query, bob)).toSorted()]).toEqual([query, ['Of members', 'Public']]);
      expect([query, (await titles(query, ann)).toSorted()]).toEqual([query, ['Of members', 'Public']]);
    }
  });

  test('what was changed a moment ago is found by what it is now', async () => {
    const id = await plant('Owl');
    await caughtUp();
    await tag(id, 'night');
    expect(await titles('tag=night')).toEqual(['Owl']);
    await tag(id);
    expect(await titles('tag=night')).toEqual([]);
  });

  test('three queries a page, and none more however much is asked for', async () => {
    await plant('Owl');
    await caughtUp();
    for (const query of ['kind=jpeg', 'order=liked', 'people=following&order=viewed&tag=owl&colour=red'])
      expect([query, (await queriesOf(site.site.db, () => ann.get(`/images?${query}`))).length]).toEqual([query, 3]);
  });

  test('the page keeps the form as it was asked, with each part as a link that takes it back', async () => {
    await plant('Owl', { colour: '#d02020' });
    const { $ } = await ann.see('/images?order=liked&colour=red&people=&kind=&site=&tag=');
    expect([$('#order').val(), $('#colour').val(), $('#kind').val()]).toEqual(['liked', 'red', '']);
    const chips = $('.chip')
      .toArray()
      .map((chip) => [$(chip).text().trim(), $(chip).attr('href')]);
    expect(chips).toEqual([
      ['Most liked', '/images?colour=red'],
      ['Red', '/images?order=liked'],
      ['Clear all', '/images'],
    ]);
    expect($('.tile-title').text()).toBe('Owl');
    const none = await ann.see('/images?colour=teal');
    expect(none.$('main').text()).toContain('Nothing here fits');
  });

  test.each([
    ['order', 'order=oldest'],
    ['people', 'people=everyone'],
    ['kind', 'kind=svg'],
    ['size', 'size=huge'],
    ['size', 'size=-5'],
    ['colour', 'colour=sky'],
    ['colour', 'colour=%23zzzzzz'],
    ['site', `site=${'x'.repeat(400)}`],
    ['tag', 'tag=a,b,c,d,e,f'],
    ['tag', `tag=${'y'.repeat(600)}`],
    ['tag', 'tag=a%00b'],
    ['saved_since', 'saved_since=2026-02-32'],
    ['saved_before', 'saved_before=tomorrow'],
    ['after', 'kind=jpeg&after=nonsense'],
    ['after', 'order=liked&after=1-2'],
    ['after', 'order=liked&after=1-5-5'],
    ['page', 'kind=jpeg&page=2'],
  ])('%s is named where it is wrong: %s', async (field, query) => {
    await plant('Owl');
    const { status, body } = await ann.get(`/images?${query}`, { json: true });
    expect([status, body.error?.field]).toEqual([422, field]);
    const { $, status: shown } = await ann.see(`/images?${query}`);
    expect(shown).toBe(422);
    if (field === 'after' || field === 'page') return;
    expect($(`#${field}-error`).text().length).toBeGreaterThan(10);
    expect($('.filter').attr('open')).toBeDefined();
  });
});
