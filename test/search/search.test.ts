import type { Dialect } from '../../src/db/index.ts';
import { editImage, setBinned } from '../../src/images/index.ts';
import { bringUpToDate } from '../../src/search/keep.ts';
import { placedOf } from '../../src/images/hold.ts';
import { setTags } from '../../src/images/tags/set.ts';
import { plantImages, type Planted } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

interface SearchJson {
  images: ImageJson[];
  next: string | null;
  page: number | null;
  pages: null;
  meant: string | null;
}

describe.each<Dialect>(['sqlite', 'postgres'])('search on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let bob: Member;
  let visitor: Visitor;
  const ANN = 1;
  const BOB = 2;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', OPEN_GALLERY: 'yes' }, dialect);
    ann = await site.member('ann');
    bob = await site.member('blue-bob');
    visitor = site.visitor();
  });
  afterAll(() => site.end());
  // Each test has the collection to itself.
  afterEach(async () => {
    await site.site.db('images').delete();
    await site.site.db('tags').delete();
    await caughtUp();
  });

  const plant = async (title: string, more: Record<string, unknown> = {}, about: Partial<Planted> = {}) => {
    const [id = 0] = await plantImages(site.site.db, [{ ownerId: ANN, ...about, more: { title, ...more } }]);
    return id;
  };
  const caughtUp = async () => {
    while ((await bringUpToDate(site.site.db)) > 0);
  };
  const tag = async (id: number, ...names: string[]) =>
    site.site.db.transaction(async (trx) => setTags(trx, placedOf(await trx('images').where({ id }).first()), names));
  const ask = async (q: string, who: Visitor = ann, path = `/search?q=${encodeURIComponent(q)}`) => {
    const answer = await who.get(path, { json: true });
    if (answer.status !== 200) throw new Error(`${q} answered ${answer.status} ${answer.text}`);
    return answer.body as SearchJson;
  };
  const titles = async (q: string, who: Visitor = ann) => (await ask(q, who)).images.map(({ title }) => title);
  const finds = async (q: string, who: Visitor = ann) => (await titles(q, who)).length > 0;

  test('looks at title, tags, caption, description, author, site, comments and the saver’s name', async () => {
    const id = await plant('Harbour', {
      caption: 'Seen from a ferry.',
      alt: 'Three cranes',
      creator: 'Grace Hopper',
      site: 'pictures.example.org',
    });
    await tag(id, 'night sky');
    await site.site.db('comments').insert({ image_id: id, account_id: BOB, body: 'Lovely gulls!', created_at: 1 });
    for (const q of ['harbour', 'ferry', 'cranes', 'hopper', 'example', 'night', 'gulls', 'ann', 'harbour ferry gulls'])
      expect([q, await titles(q)]).toEqual([q, ['Harbour']]);
    expect(await titles('harbour submarine')).toEqual([]);
  });

  test('what is nearest to the name comes first, and the newest of those', async () => {
    const remark = await plant('Remark');
    await site.site.db('comments').insert({ image_id: remark, account_id: BOB, body: 'kite', created_at: 1 });
    await plant('Caption', { caption: 'a kite' });
    await plant('Old kite');
    const tagged = await plant('Tagged');
    await tag(tagged, 'kite');
    await plant('Site', { site: 'kite.example' });
    expect(await titles('kite')).toEqual(['Tagged', 'Old kite', 'Caption', 'Site', 'Remark']);
    // Of several words the one that is farthest away counts.
    await plant('A red kite');
    await plant('Red', { caption: 'also a kite' });
    expect(await titles('kite red')).toEqual(['A red kite', 'Red']);
  });

  test('case, accents, width and old letters make no difference, in any script', async () => {
    const pairs: readonly (readonly [string, string])[] = [
      ['Café crème', 'CAFE CREME'],
      ['Cafe\u0301 au lait', 'café lait'],
      ['ＦＵＬＬ width ﬁne', 'full fine'],
      ['Große Straße', 'grosse STRASSE'],
      ['Smørrebrød', 'smorrebrod'],
      ['İstanbul', 'istanbul'],
      ['Ελλάς', 'ελλας'],
      ['Ёлка', 'елка'],
      ['हिन्दी', 'हिन्दी'],
      ['الْعَرَبِيَّة', 'العربية'],
      ['東京タワーの夜', '東京'],
      ['東京タワーの朝', 'タワーの朝'],
      ['東京都', '都'],
      ['안녕하세요', '안녕'],
      ['Bird 🐦 day', '🐦'],
      ['It’s e-mail 3.5', `"it's" e-mail 3.5`],
    ];
    for (const [title, q] of pairs) {
      const id = await plant(title);
      expect([q, await titles(q)]).toEqual([q, expect.arrayContaining([title])]);
      await site.site.db('images').where({ id }).delete();
    }
    await plant('हिन्दू');
    expect(await titles('हिन्दी')).toEqual([]);
  });

  test('quotes ask for words one after the other, a star for a beginning, a minus for an absence', async () => {
    const id = await plant('The old stone bridge', { caption: 'Not a town.' });
    await tag(id, 'new', 'york');
    for (const q of [
      '"stone bridge"',
      '"old stone"',
      'bri*',
      'st* br*',
      'bridge -train',
      '-"bridge stone" old',
      'new york',
    ])
      expect([q, await finds(q)]).toEqual([q, true]);
    for (const q of [
      '"bridge stone"',
      '"old bridge"',
      '"bridge not"',
      '"new york"',
      'brid',
      'idge*',
      '-stone',
      'bridge -st*',
    ])
      expect([q, await finds(q)]).toEqual([q, false]);
    // A beginning that very many words have is another way.
    for (let n = 0; n < 210; n += 70)
      await plant('Numbers', { caption: Array.from({ length: 70 }, (_, k) => `zz${n + k}`).join(' ') });
    expect([(await titles('zz*')).length, (await titles('zz2*')).length, (await titles('-zz*')).length]).toEqual([
      3, 2, 1,
    ]);
    await site.site.db('images').where({ title: 'Numbers' }).delete();
    // Nothing but an absence is all else.
    await plant('A train');
    expect(await titles('-bridge')).toEqual(['A train']);
  });

  test('tags, sites, members, colours, sizes, dates and kinds can be asked for', async () => {
    const at = Date.UTC(2024, 4, 17);
    const id = await plant('One', {
      site: 'cdn.pictures.example.org',
      colour: '#2244cc',
      width: 3000,
      height: 900,
      frames: 12,
      format: 'gif',
      created_at: at,
    });
    await tag(id, 'Night Sky', 'stars');
    await site.site
      .db('tag_aliases')
      .insert({ name_key: 'nightsky', tag_id: (await site.site.db('tags').where({ name: 'Night Sky' }).first()).id });
    const yes = [
      'tag:stars tag:"night sky"',
      'TAG:nightsky',
      'tag:#stars',
      'from:example.org',
      'from:https://www.pictures.example.org/a/b',
      'by:ann',
      'by:@ANN',
      'color:blue',
      'colour:BLUE color:red',
      'size:>2000',
      'size:3000 size:<=3000',
      'kind:animated kind:gif',
      'after:2024-05-17 before:2024-05-18',
      'after:2024 before:2025',
      'after:2024-5 before:2024-6',
      'one -tag:moon -from:other.org -by:blue-bob -color:red -kind:still',
    ];
    for (const q of yes) expect([q, await finds(q)]).toEqual([q, true]);
    const no = [
      'tag:moon',
      'tag:stars tag:moon',
      'from:ample.org',
      'by:blue-bob',
      'by:nobody',
      'color:red',
      'size:>3000',
      'size:<3000',
      'kind:still',
      'kind:png',
      'before:2024-05-17',
      'after:2024-05-18',
      'after:2025 before:2024',
      '-tag:stars',
      '-color:blue',
      '-by:ann',
    ];
    for (const q of no) expect([q, await finds(q)]).toEqual([q, false]);
  });

  test('what a name before a colon cannot take is a sentence, on the page beside what was typed', async () => {
    for (const [q, word] of [
      ['color:mauve', 'orange'],
      ['kind:pdf', 'animated'],
      ['size:large', 'pixels'],
      ['before:yesterday', '2026-03-31'],
      ['after:2024-02-30', '2026-03-31'],
      ['-size:>20', 'minus'],
    ] as const) {
      const answer = await ann.get(`/search?q=${encodeURIComponent(q)}`, { json: true });
      expect([q, answer.status, answer.body.error.field]).toEqual([q, 422, 'q']);
      expect(answer.body.error.message).toContain(word);
      const shown = await ann.see(`/search?q=${encodeURIComponent(q)}`);
      expect([shown.status, shown.$('#q').val(), shown.$('#q-error').text()]).toEqual([
        422,
        q,
        answer.body.error.message,
      ]);
    }
  });

  test('no text breaks it', async () => {
    await plant('Safe and sound');
    const odd = [
      '"', '""', '*', '"*', '-', '--', '- -', ':', '::', '(', ')', 'NEAR(', 'NEAR(a b, 2)', 'a AND', 'OR', 'NOT NOT a',
      '{a b}: c', 'body:x', '^a', 'a^2', "'", "''", "a'b", '\\', '\\\\', 'a\\', "x' | 'y", '!a', 'a & b', 'a <-> b', 'a:*',
      ':*', 'tag:', 'tag:""', 'tag:"', 'from:', 'from:"a b"', 'from:http://', "from:'", 'by:"', '%', '_', 'a+b', '=a', '+a', '=:',
      'r:1', 'o:1', 't:0', '\u{1f600}', '<script>', 'a\tb', '٣', 'ﷺ'.repeat(20), '\u0301', 'e'.repeat(500), 'ab* '.repeat(20),
    ]; // prettier-ignore
    for (const q of odd) {
      const answer = await ann.get(`/search?q=${encodeURIComponent(q)}`, { json: true });
      expect([q, answer.status]).toEqual([q, 200]);
      expect([q, (await ann.get(`/search?q=${encodeURIComponent(q)}`)).status]).toEqual([q, 200]);
      expect((await ann.get(`/search/completions?q=${encodeURIComponent(q)}`, { json: true })).status).toBe(200);
    }
    for (const q of ['x'.repeat(501), 'x '.repeat(21), '%00', '%EF%BF%BE%01', '%E2%80%AE'])
      expect([q, (await ann.get(`/search?q=${q}`, { json: true })).status]).toEqual([q, 422]);
    for (const [rest, status] of [
      ['page=0', 404],
      ['page=2', 422],
      ['page=1', 200],
      ['after=x!', 422],
      ['after=9-1', 422],
      ['after=2-0', 200],
    ])
      expect([rest, (await ann.get(`/search?q=safe&${rest}`, { json: true })).status]).toEqual([rest, status]);
    expect(await ask('', ann, '/search')).toEqual({ images: [], next: null, page: 1, pages: null, meant: null });
  });

  test('a misspelt word is put right, from what one may see alone', async () => {
    await plant('Suspension bridge', {}, { visibility: 'public' });
    await plant('Accommodation');
    await plant('Divorcelawyer', {}, { visibility: 'private' });
    expect((await ask('suspention brigde')).meant).toBe('suspension bridge');
    expect((await ask('"Acomodation" -x')).meant).toBe('"accommodation" -x');
    expect((await ask('divorcelawyr')).meant).toBeNull();
    expect((await ask('divorcelawyr', bob)).meant).toBeNull();
    expect((await ask('acommodation', visitor)).meant).toBeNull();
    expect((await ask('brigde', visitor)).meant).toBe('bridge');
    expect((await ask('zzzzzzzz')).meant).toBeNull();
    // What is found needs no better word.
    expect((await ask('bridge')).meant).toBeNull();
    const { $ } = await ann.see('/search?q=brigde');
    expect($('a[href="/search?q=bridge"]').text()).toBe('bridge');
  });

  test('beginnings are completed from titles and tags of what one may see', async () => {
    const id = await plant('Bridges of Paris', { caption: 'brilliant' }, { visibility: 'public' });
    await tag(id, 'brick');
    await plant('Brittle secrets', {}, { visibility: 'private' });
    await plant('Brindled cats');
    await ask('x');
    const completions = async (q: string, who: Visitor) =>
      (await who.get(`/search/completions?q=${encodeURIComponent(q)}`, { json: true })).body.completions.sort();
    expect(await completions('old Bri', ann)).toEqual(['old brick', 'old bridges', 'old brindled']);
    expect(await completions('bri', visitor)).toEqual(['brick', 'bridges']);
    expect(await completions('b', ann)).toEqual([]);
    expect(await completions('', ann)).toEqual([]);
  });

  test('pages follow one another through every class without a gap or a repetition, whatever arrives meanwhile', async () => {
    const wanted: string[][] = [[], [], []];
    for (let n = 0; n < 60; n++) {
      const where = n % 3;
      const title = where === 0 ? `kite ${n}` : `Picture ${n}`;
      const more = where === 1 ? { caption: 'kite' } : where === 2 ? { creator: 'Kite' } : {};
      await plant(title, more, { visibility: n % 10 === 9 ? 'private' : 'members', ownerId: n % 10 === 9 ? BOB : ANN });
      if (n % 10 < 9) wanted[where]?.unshift(title);
    }
    await caughtUp();
    const read: string[] = [];
    let path: string | null = '/search?q=kite';
    while (path) {
      const found: SearchJson = await ask('', ann, path);
      read.push(...found.images.map(({ title }) => title));
      if (read.length === 16) await plant('kite that came late');
      path = found.next;
    }
    expect(read).toEqual(wanted.flat());
  });

  describe('shows what one may see, and nothing else', () => {
    const counts = async (q: string) => [
      (await titles(q, ann)).length,
      (await titles(q, bob)).length,
      (await titles(q, visitor)).length,
    ];

    test('by visibility, bin and disabled owners, at once and without waiting for anything', async () => {
      const id = await plant('Heron', {}, { visibility: 'private' });
      const { db } = site.site;
      expect(await counts('heron')).toEqual([1, 0, 0]);
      await editImage(db, ANN, id, { visibility: 'members' });
      expect(await counts('heron')).toEqual([1, 1, 0]);
      await editImage(db, ANN, id, { visibility: 'public' });
      expect(await counts('heron')).toEqual([1, 1, 1]);
      await db('images').where({ id }).update({ owner_disabled: true });
      expect((await counts('heron')).slice(1)).toEqual([0, 0]);
      await db('images').where({ id }).update({ owner_disabled: false });
      await setBinned(db, ANN, id, true);
      expect(await counts('heron')).toEqual([0, 0, 0]);
      await setBinned(db, ANN, id, false);
      expect(await counts('heron')).toEqual([1, 1, 1]);
    });

    test('an image without its owner’s name is never found by that name, also while the search is behind', async () => {
      const id = await plant('Heron', {}, { visibility: 'public' });
      expect([await counts('by:ann'), await counts('ann'), await counts('heron by:ann')]).toEqual([
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ]);
      const { db } = site.site;
      await editImage(db, ANN, id, { showName: false });
      // Newer ones wait as well, more than are brought up to date on the way.
      await plantImages(
        db,
        Array.from({ length: 120 }, () => ({ ownerId: BOB })),
      );
      expect(await titles('heron by:ann', bob)).toEqual([]);
      expect(await titles('heron ann', visitor)).toEqual([]);
      expect(await counts('heron')).toEqual([1, 1, 1]);
      expect(await counts('heron by:ann')).toEqual([1, 0, 0]);
      expect(await counts('heron -by:ann')).toEqual([0, 1, 1]);
      expect((await ask('heron', bob)).images[0]?.username).toBeNull();
    });

    test('what was taken out of an image no longer finds it, and leaves no trace', async () => {
      const id = await plant('Secretword in public', {}, { visibility: 'public' });
      const { db } = site.site;
      await tag(id, 'othersecret');
      const [comment] = await db('comments')
        .insert({ image_id: id, account_id: BOB, body: 'thirdsecret', created_at: 1 })
        .returning('id');
      for (const q of ['secretword', 'othersecret', 'thirdsecret'])
        expect([q, await counts(q)]).toEqual([q, [1, 1, 1]]);
      await editImage(db, ANN, id, { title: 'Plain', tags: [] });
      await db('comments').where({ id: comment.id }).delete();
      for (const q of ['secretword', 'othersecret', 'thirdsecret'])
        expect([q, await counts(q)]).toEqual([q, [0, 0, 0]]);
      const kept = JSON.stringify([await db('search_docs'), await db('search_words')]);
      expect(kept).toContain('plain');
      expect(kept).not.toMatch(/secret/);
      await db('images').where({ id }).delete();
      await ask('anything');
      expect([await db('search_docs'), await db('search_words'), await db('search_dirty')]).toEqual([[], [], []]);
    });

    test('renaming a tag, and many images at once, are caught up with', async () => {
      const ids = await plantImages(
        site.site.db,
        Array.from({ length: 130 }, () => ({ ownerId: ANN, more: { title: 'Many' } })),
      );
      await tag(ids[0] ?? 0, 'owl');
      await caughtUp();
      await site.site.db('tags').where({ name: 'owl' }).update({ name: 'eagle' });
      expect([await finds('owl'), await finds('eagle')]).toEqual([false, true]);
    });
  });

  test('a closed gallery’s search is for members', async () => {
    expect((await visitor.get('/search?q=a')).status).toBe(200);
    const closed = await startTestSite({ ROLE: 'web' }, 'sqlite');
    try {
      expect((await closed.visitor().get('/search?q=a')).status).toBe(303);
      expect((await closed.visitor().get('/search/completions?q=ab', { json: true })).status).toBe(401);
    } finally {
      await closed.end();
    }
  });

  test('a search asks the database three times at most', async () => {
    for (let n = 0; n < 20; n++) await plant(`Kite ${n}`);
    await caughtUp();
    const { db } = site.site;
    for (const [who, path, most] of [
      [ann, '/search?q=kite', 3],
      [ann, '/search?q=kite%20tag:a%20by:ann%20after:2020', 3],
      [ann, '/search?q=kyte', 3],
      [visitor, '/search?q=kite', 2],
      [ann, '/search', 1],
      [ann, '/search/completions?q=ki', 2],
    ] as const) {
      const asked = await queriesOf(db, () => who.get(path));
      expect([path, asked.length <= most, asked]).toEqual([path, true, asked]);
    }
  });
});
