import type { Dialect } from '../../src/db/index.ts';
import { editImage } from '../../src/images/index.ts';
import { plantImages } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

interface TagJson {
  name: string;
  images: number;
}

/** What the jobs of the site ask meanwhile. */
const JOBS = /search_dirty|jobs/;

describe.each<Dialect>(['sqlite', 'postgres'])('tags on %s', (dialect) => {
  let site: TestSite;
  let boss: Member;
  let ann: Member;
  let bob: Member;
  let visitor: Visitor;

  beforeAll(async () => {
    site = await startTestSite({ OPEN_GALLERY: 'yes' }, dialect);
    boss = await site.member('boss');
    ann = await site.member('ann');
    bob = await site.member('bob');
    visitor = site.visitor();
  });
  afterAll(() => site.end());

  const at = (name: string) => `/tags/${encodeURIComponent(name)}`;
  const idsOf = async (who: Visitor, name: string) => {
    const { status, body } = await who.get(at(name), { json: true });
    return status === 200 ? body.images.map(({ id }: ImageJson) => id) : status;
  };
  const listed = async (who: Visitor, path = '/tags'): Promise<Record<string, number>> => {
    const { status, body } = await who.get(path, { json: true });
    expect(status).toBe(200);
    return Object.fromEntries(body.tags.map(({ name, images }: TagJson) => [name, images]));
  };
  const tagsOn = async (who: Member, id: number) => (await who.image(id)).tags;
  const change = (who: Member, form: Record<string, unknown>, path = '/account/tags') =>
    who.post(path, form, { json: true });

  test('a tag’s page shows what its reader may see, and is not there for whoever sees nothing', async () => {
    const open = await ann.save({ tags: 'Owls, night', visibility: 'public', title: 'Open' });
    const shared = await bob.save({ tags: 'owls', visibility: 'members', show_name: '0' });
    const own = await ann.save({ tags: '#OWLS, my secret', visibility: 'private' });
    expect(await idsOf(ann, 'Owls')).toEqual([own.id, shared.id, open.id]);
    expect(await idsOf(bob, 'Owls')).toEqual([shared.id, open.id]);
    expect(await idsOf(visitor, 'Owls')).toEqual([open.id]);
    expect(await idsOf(ann, 'my secret')).toEqual([own.id]);
    for (const who of [bob, boss, visitor]) expect(await idsOf(who, 'my secret')).toBe(404);
    const { body } = await boss.get(at('Owls'), { json: true });
    expect(body).toMatchObject({ tag: { name: 'Owls', images: 2 }, next: null, page: 1, pages: 1 });
    expect(body.images[0].username).toBeNull();
    const page = await ann.see(at('Owls'));
    expect([page.$('h1').text(), page.$('.page-head .soft').text()]).toEqual(['Tagged “Owls”', '3 images']);
    expect((await ann.see(open.url)).$('.tag a').first().attr('href')).toBe(at('night'));
  });

  test('the list tells members what members share, visitors what is public, and nobody a private name', async () => {
    await ann.save({ tags: 'zebra', visibility: 'members' });
    const own = await ann.save({ tags: 'zebra, zz hidden', visibility: 'private' });
    expect(await listed(ann)).toMatchObject({ zebra: 2 });
    expect(await listed(bob)).toMatchObject({ zebra: 1 });
    for (const who of [ann, bob, visitor]) expect(await listed(who)).not.toHaveProperty('zz hidden');
    expect(await listed(visitor)).not.toHaveProperty('zebra');
    expect(await listed(ann, '/account/tags')).toMatchObject({ zebra: 2, 'zz hidden': 1 });
    expect(await listed(bob, '/account/tags')).not.toHaveProperty('zebra');
    expect(Object.keys(await listed(ann, '/tags?from=Z'))).toEqual(['zebra']);
    await ann.post(`/images/${own.id}/delete`);
    expect(await listed(ann, '/account/tags')).not.toHaveProperty('zz hidden');
  });

  test('other spellings lead to the tag; names with strange signs have a page like others', async () => {
    const names = ['100% sure?', 'a/b', '東京', '❤️', '👩‍🚀', 'ＷＩＤＥ', 'completions'];
    const image = await ann.save({ tags: names.join(','), visibility: 'members' });
    for (const name of names) expect([name, await idsOf(bob, name)]).toEqual([name, [image.id]]);
    for (const [other, name] of [
      ['❤', '❤️'],
      ['wide', 'ＷＩＤＥ'],
      ['A/B', 'a/b'],
    ] as const) {
      const { status, headers } = await bob.get(at(other));
      expect([status, headers['location']]).toEqual([301, at(name)]);
    }
    for (const path of ['/tags/nothing', '/tags/%00', '/tags/%ff', '/tags/%ED%A0%80', at('x'.repeat(5000))])
      expect([path, (await ann.get(path)).status]).toEqual([path, 404]);
  });

  test('what a field holds becomes tags: no empty ones, none twice, nothing that is not seen', async () => {
    const image = await ann.save({ tags: ' ,, #Sea ,sea, s\u200bea\u200f, \u200b, ., .., a  b ,鳥，魚' });
    expect(await tagsOn(ann, image.id)).toEqual(['a b', 'sea', '魚', '鳥']);
    const { status, body } = await ann.post(`/images/${image.id}/edit`, { tags: 'a\u202eb' }, { json: true });
    expect([status, body.error.field]).toEqual([422, 'tags']);
    await ann.post(`/images/${image.id}/edit`, { tags: '' });
    expect(await tagsOn(ann, image.id)).toEqual([]);
  });

  test('pages are read on by key and by number, with at most three questions to the database', async () => {
    const { db } = site.site;
    const ids = await plantImages(
      db,
      Array.from({ length: 40 }, () => ({ ownerId: 2 })),
    );
    for (const id of ids) await editImage(db, 2, id, { tags: ['many'] });
    const newest = ids.toReversed();
    const first = await bob.get(at('many'), { json: true });
    expect(first.body.images.map(({ id }: ImageJson) => id)).toEqual(newest.slice(0, 16));
    const second = await bob.get(first.body.next, { json: true });
    expect(second.body.images.map(({ id }: ImageJson) => id)).toEqual(newest.slice(16, 32));
    const third = await bob.get(`${at('many')}?page=3`, { json: true });
    expect([third.body.images.length, third.body.pages, third.body.next]).toEqual([8, 3, null]);
    for (const [query, wanted] of [
      ['page=0', 404],
      ['page=x', 404],
      ['page=1000000000', 200],
      ['after=nonsense', 422],
    ] as const) {
      expect([query, (await bob.get(`${at('many')}?${query}`, { json: true })).status]).toEqual([query, wanted]);
    }
    for (const [query, wanted] of [
      ['page=0', 404],
      ['page=2', 422],
      ['after=!', 422],
      ['from=%00%E2%80%AE', 200],
    ] as const)
      for (const path of ['/tags', '/account/tags'])
        expect([path, query, (await bob.get(`${path}?${query}`, { json: true })).status]).toEqual([
          path,
          query,
          wanted,
        ]);
    // A message that waits is taken out of the session by the page that shows it.
    await bob.get('/account');
    await site.worker?.idle();
    for (const path of [at('many'), `${at('many')}?page=3`, '/tags', '/account/tags']) {
      const asked = await queriesOf(db, () => bob.get(path));
      expect([path, asked.filter((sql) => !JOBS.test(sql)).length]).toEqual([
        path,
        path.startsWith(at('many')) ? 3 : 2,
      ]);
    }
  });

  test('a long list of tags is read on by key', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `long ${String(n).padStart(3, '0')}`);
    for (let n = 0; n < 120; n += 40) await bob.save({ tags: names.slice(n, n + 40).join(','), visibility: 'members' });
    const first = await bob.get('/account/tags', { json: true });
    const second = await bob.get(first.body.next, { json: true });
    const all = [...first.body.tags, ...second.body.tags].map(({ name }: TagJson) => name);
    expect(all.filter((name) => name.startsWith('long'))).toEqual(names);
    expect([first.body.tags.length, second.body.next]).toEqual([100, null]);
  });

  test('completions are one’s own tags first, then those that members share, and never others’ private ones', async () => {
    await bob.save({ tags: 'compass', visibility: 'private' });
    await bob.save({ tags: 'common, comet', visibility: 'members' });
    await ann.save({ tags: 'comet', visibility: 'members' });
    await ann.save({ tags: 'computer', visibility: 'private' });
    const ask = async (who: Member, q: string) =>
      (await who.get(`/account/tags/completions?q=${encodeURIComponent(q)}`, { json: true })).body.completions;
    expect(await ask(ann, 'COM')).toEqual(['comet', 'completions', 'computer', 'common']);
    expect(await ask(bob, 'comp')).toEqual(['compass', 'completions']);
    expect(await ask(ann, 'no such thing')).toEqual([]);
    expect(await ask(ann, '\0\u202e')).toHaveLength(8);
    expect((await visitor.get('/account/tags/completions?q=c', { json: true })).status).toBe(401);
    const page = await ann.see('/images/create');
    expect([page.$('#tags').attr('list'), page.$('#tag-completions').length]).toEqual(['tag-completions', 1]);
  });

  test('a member renames a tag on all their images, makes one of two, and takes one off', async () => {
    const [one, two] = [await ann.save({ tags: 'gras, green' }), await ann.save({ tags: 'gras, meadow' })];
    const theirs = await bob.save({ tags: 'gras' });
    const renamed = await change(ann, { action: 'rename', tag: 'GRAS', to: 'Meadow' });
    expect([renamed.status, renamed.body]).toEqual([200, { tag: { name: 'Meadow' }, images: 2 }]);
    expect([await tagsOn(ann, one.id), await tagsOn(ann, two.id)]).toEqual([['green', 'meadow'], ['meadow']]);
    expect([await tagsOn(bob, theirs.id), await idsOf(ann, 'gras')]).toEqual([['gras'], [theirs.id]]);
    expect(await idsOf(bob, 'meadow')).toEqual([two.id, one.id]);
    const page = await ann.posted('/account/tags', { action: 'remove', tag: 'meadow' });
    expect([page.status, page.answer.headers['location']]).toEqual([303, '/account/tags']);
    expect((await ann.see('/account/tags')).$('.flashes').text()).toContain('“meadow” is off 2 images.');
    expect([await tagsOn(ann, one.id), await tagsOn(ann, two.id)]).toEqual([['green'], []]);
    expect(await idsOf(bob, 'meadow')).toBe(404);
  });

  test('what cannot be done with a tag is said at its field, and the form stands open with it', async () => {
    await ann.save({ tags: 'fixed' });
    for (const [form, field] of [
      [{}, 'action'],
      [{ action: 'rename', tag: '', to: 'x' }, 'tag'],
      [{ action: 'rename', tag: 'fixed' }, 'to'],
      [{ action: 'rename', tag: 'fixed', to: 'a, b' }, 'to'],
      [{ action: 'rename', tag: 'fixed', to: 'x'.repeat(51) }, 'to'],
      [{ action: 'rename', tag: 'fixed', to: 'a\u2066b' }, 'to'],
      [{ action: 'rename', tag: 'fixed', to: '..' }, 'to'],
      [{ action: 'rename', tag: 'fixed', to: 'FIXED' }, 'to'],
      [{ action: 'rename', tag: 'never had', to: 'x' }, 'tag'],
      [{ action: 'remove', tag: 'zz never' }, 'tag'],
    ] as const) {
      const { status, body } = await change(ann, form);
      expect([form, status, body.error?.field]).toEqual([form, 422, field]);
    }
    const page = await ann.posted('/account/tags', { action: 'rename', tag: 'fixed', to: 'Fixed' });
    expect([page.status, page.$('details[open] input[name=to]').val(), page.$('[role=alert]').text()]).toEqual([
      422,
      'Fixed',
      'That is the same tag.',
    ]);
  });

  test('many images are changed by a job, after the first of them', async () => {
    const { db } = site.site;
    const ids = await plantImages(
      db,
      Array.from({ length: 501 }, () => ({ ownerId: 3 })),
    );
    const [{ id: tag }] = await db('tags')
      .insert({ name: 'heap', name_key: 'heap', created_at: 1, members: 501 })
      .returning('id');
    for (let n = 0; n < ids.length; n += 100)
      await db('image_tags').insert(
        ids.slice(n, n + 100).map((image_id) => ({ image_id, tag_id: tag, owner_id: 3, shown: 1 })),
      );
    await db('account_tags').insert({ account_id: 3, tag_id: tag, name_key: 'heap', images: 501, hidden: 0 });
    expect((await change(bob, { action: 'rename', tag: 'heap', to: 'a pile' })).body).toMatchObject({ images: 501 });
    await site.worker?.idle();
    expect(await listed(bob, '/account/tags')).toMatchObject({ 'a pile': 501 });
    expect(await idsOf(bob, 'heap')).toBe(404);
  });

  test('a moderator lets a name lead to another tag, for everyone and what is saved from then on', async () => {
    const before = await ann.save({ tags: 'birb, cute', visibility: 'public' });
    const both = await bob.save({ tags: 'birb, bird', visibility: 'public' });
    const alias = { action: 'make', name: 'Birb', tag: 'bird' };
    for (const who of [ann, bob]) expect((await change(who, alias, '/moderation/tags')).status).toBe(404);
    expect((await change(boss, alias, '/moderation/tags')).body).toEqual({ alias: { name: 'Birb', tag: 'bird' } });
    const after = await ann.save({ tags: 'BIRB', visibility: 'public' });
    await site.worker?.idle();
    expect(await tagsOn(ann, before.id)).toEqual(['bird', 'cute']);
    expect(await tagsOn(ann, both.id)).toEqual(['bird']);
    expect(await idsOf(visitor, 'bird')).toEqual([after.id, both.id, before.id]);
    expect((await visitor.get(at('birb'))).headers['location']).toBe(at('bird'));
    expect(await site.site.db('tags').where({ name_key: 'birb' })).toEqual([]);
    const { body } = await boss.get('/moderation/tags', { json: true });
    expect(body).toEqual({ aliases: [{ name: 'birb', tag: 'bird' }], next: null });
    for (const [form, field] of [
      [{ action: 'make', name: 'bird', tag: 'birb' }, 'tag'],
      [{ action: 'make', name: 'bird', tag: 'Bird' }, 'tag'],
      [{ action: 'make', name: '', tag: 'Bird' }, 'name'],
      [{ action: 'drop', name: 'bird' }, 'name'],
    ] as const) {
      const { status, body } = await change(boss, form, '/moderation/tags');
      expect([form, status, body.error?.field]).toEqual([form, 422, field]);
    }
    await change(boss, { action: 'make', name: 'bird', tag: 'fowl' }, '/moderation/tags');
    await site.worker?.idle();
    expect(await idsOf(visitor, 'fowl')).toEqual([after.id, both.id, before.id]);
    expect((await visitor.get(at('birb'))).headers['location']).toBe(at('fowl'));
    expect((await change(boss, { action: 'drop', name: 'birb' }, '/moderation/tags')).body).toEqual({ deleted: true });
    const alone = await ann.save({ tags: 'birb', visibility: 'public' });
    expect(await idsOf(visitor, 'birb')).toEqual([alone.id]);
  });
});
