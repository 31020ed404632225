import type { Db, Dialect } from '../../src/db/index.ts';
import { idOf } from '../support/life.ts';
import { until } from '../support/imaging.ts';
import { plantImages } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

describe.each<Dialect>(['sqlite', 'postgres'])('pages that visitors share, on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let olga: Member;
  let id: number;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', OPEN_GALLERY: 'yes' }, dialect);
    ({ db } = site.site);
    olga = await site.member('olga');
    [id = 0] = await plantImages(db, [
      { ownerId: await idOf(db, olga), visibility: 'public', more: { title: 'Zetaheron', slug: 'zetaheron' } },
    ]);
  });
  afterAll(() => site.end());

  const tells = async (who: Visitor, path = '/') => (await who.get(path)).text.includes('Zetaheron');
  const tokenIn = async (who: Visitor, path = '/') =>
    (await who.see(path)).$('meta[name=csrf-token]').attr('content') ?? '';

  /**
   * That a page is shown again without a question for what is on it. PostgreSQL says of all its databases together whether anything
   * was changed, and the tests beside this one change theirs all the time: so it is tried until they leave a moment for it.
   */
  const expectKept = async (show: () => Promise<void>) => {
    await until('a page that is kept', async () => {
      await show();
      const asked = await queriesOf(db, show);
      // Whether it is still what it was, who asks, and that it was looked at.
      return asked.every((sql) => /pg_current_snapshot|FROM "?sessions|view_/.test(sql));
    });
  };

  test.each(['/', '/images'])('%s is printed once: the next visitor costs no question for its images', async (path) => {
    await expectKept(async () => expect(await tells(site.visitor(), path)).toBe(true));
  });

  test('each visitor has a token of their own in it, on every view another one, and their forms work with it', async () => {
    const [one, other] = [site.visitor(), site.visitor()];
    const tokens = [await tokenIn(one), await tokenIn(one), await tokenIn(other)];
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) expect(token.length).toBeGreaterThan(20);
    const form = { login: 'olga', password: olga.password };
    const mixed = await other.post('/account/login', form, { token: tokens[0] ?? '', json: true });
    expect([mixed.status, mixed.body.error.code]).toEqual([403, 'token']);
    const right = await one.post('/account/login', form, { token: tokens[1] ?? '', json: true });
    expect(right.status).toBe(200);
    expect((await one.see('/')).$('main').text()).not.toContain('Zetaheron · olga');
    expect((await one.get('/')).text).toContain('/account/logout');
  });

  test('what is turned private, binned, renamed or whose owner is disabled is gone with the next request, whoever changes it', async () => {
    const visitor = site.visitor();
    for (const path of ['/', '/images']) {
      for (const [away, back] of [
        [{ visibility: 'private' }, { visibility: 'public' }],
        [{ title: 'Else' }, { title: 'Zetaheron' }],
      ]) {
        expect([path, await tells(visitor, path)]).toEqual([path, true]);
        await olga.post(`/images/${id}/edit`, away, { json: true });
        expect([path, away, await tells(visitor, path)]).toEqual([path, away, false]);
        await olga.post(`/images/${id}/edit`, back, { json: true });
      }
      expect(await tells(visitor, path)).toBe(true);
      await olga.post(`/images/${id}/delete`, {}, { json: true });
      expect(await tells(visitor, path)).toBe(false);
      await olga.post(`/images/${id}/restore`, {}, { json: true });
      expect(await tells(visitor, path)).toBe(true);
      // As another process would.
      await db('images').where({ id }).update({ visibility: 'members' });
      expect(await tells(visitor, path)).toBe(false);
      await db('images').where({ id }).update({ visibility: 'public' });
    }
  });

  test('a change that is under way is not seen, and seen when it is done', async () => {
    const visitor = site.visitor();
    expect(await tells(visitor)).toBe(true);
    await db.transaction(async (trx) => {
      await trx('images').where({ id }).update({ visibility: 'private' });
      expect(await tells(visitor)).toBe(true);
    });
    expect(await tells(visitor)).toBe(false);
    await db('images').where({ id }).update({ visibility: 'public' });
  });

  test('twenty at once all see what was done before they asked', async () => {
    const visitors = Array.from({ length: 20 }, () => site.visitor());
    for (const visibility of ['private', 'public', 'private', 'public']) {
      await db('images').where({ id }).update({ visibility });
      const seen = await Promise.all(visitors.map((visitor) => tells(visitor)));
      expect(new Set(seen)).toEqual(new Set([visibility === 'public']));
    }
  });

  test('a message stands on one visitor’s page once and on nobody else’s; scripts and members get their own', async () => {
    const visitor = site.visitor();
    await visitor.get('/');
    visitor.cookies.set('__Host-note', 'done.said.signed_out');
    expect((await visitor.see('/')).$('.flashes').text()).toContain('You are signed out.');
    expect((await visitor.see('/')).$('.flashes').text()).not.toContain('You are signed out.');
    expect((await site.visitor().see('/')).$('.flashes').text()).not.toContain('You are signed out.');
    const json = await site.visitor().get('/', { json: true });
    expect(json.body.images[0].title).toBe('Zetaheron');
    expect((await olga.see('/')).$('[data-menu]').length).toBeGreaterThan(0);
    expect((await site.visitor().see('/')).$('[data-menu]').text()).not.toContain('olga');
  });

  test('every address is a page of its own, and the headers are those of any page', async () => {
    const visitor = site.visitor();
    const first = await visitor.get('/images');
    const again = await visitor.get('/images');
    const without = ({ headers }: { headers: Record<string, string> }) => {
      const { 'set-cookie': _, date: __, 'content-length': ___, ...rest } = headers;
      return rest;
    };
    expect(without(again)).toEqual(without(first));
    expect(again.headers['cache-control']).toBe('private, no-store');
    const packed = await visitor.get('/images', { headers: { 'accept-encoding': 'gzip' } });
    expect([packed.headers['content-encoding'], packed.text.length]).toEqual(['gzip', first.text.length]);
    expect((await visitor.see('/images?page=7')).$('main').text()).toContain('Nothing on this page');
    expect((await visitor.see('/images')).$('.tile-title').text()).toBe('Zetaheron');
  });

  describe('an image’s page', () => {
    const path = () => `/images/${id}/zetaheron`;
    const said = async (who: Visitor) => (await who.see(path())).$('main').text();

    test.each(['a visitor', 'a member'])(
      '%s gets it again without another question, until anything changes',
      async (who) => {
        const one = who === 'a member' ? await site.member('maud') : site.visitor();
        // The first page of a new member holds a greeting.
        await said(one);
        await expectKept(async () => expect(await said(one)).toContain('Zetaheron'));
        await olga.post(`/images/${id}/edit`, { title: 'Greyheron' }, { json: true });
        expect((await one.get(`/images/${id}/greyheron`)).text).toContain('Greyheron');
        await olga.post(`/images/${id}/edit`, { title: 'Zetaheron', visibility: 'private' }, { json: true });
        expect((await one.get(path())).status).toBe(404);
        await olga.post(`/images/${id}/edit`, { visibility: 'public' }, { json: true });
        expect(await said(one)).toContain('Zetaheron');
      },
    );

    test('is another one for its owner, for each member and for visitors', async () => {
      const [ann, ben] = [await site.member('ann'), await site.member('ben')];
      for (let times = 0; times < 2; times += 1) {
        for (const who of [ann, ben, olga, site.visitor()]) await who.get(path());
      }
      await ann.post(`/images/${id}/like`, { action: 'like' }, { json: true });
      for (let times = 0; times < 2; times += 1) {
        expect((await ann.see(path())).$('[data-menu]').text()).toContain('ann');
        expect((await ben.see(path())).$('[data-menu]').text()).toContain('ben');
        expect((await olga.see(path())).$(`a[href="/images/${id}/edit"]`)).toHaveLength(1);
        expect((await site.visitor().see(path())).$(`a[href="/images/${id}/edit"]`)).toHaveLength(0);
        expect((await ann.see(path())).$('[name=action]').val()).toBe('unlike');
        expect((await ben.see(path())).$('[name=action]').val()).toBe('like');
      }
    });

    test('shows a message once', async () => {
      const carl = await site.member('carl');
      await said(carl);
      await carl.post(`/images/${id}/comments`, { body: 'What a bird' });
      expect(await said(carl)).toContain('What a bird');
      expect((await carl.see(path())).$('.flashes').text()).toBe('');
    });

    test('counts as a view for each who gets it, also the page that is kept, and never for its owner', async () => {
      const [fresh = 0] = await plantImages(db, [
        { ownerId: await idOf(db, olga), visibility: 'public', more: { title: 'Seen', slug: 'seen' } },
      ]);
      const readers = [site.visitor(), site.visitor(), await site.member('dora'), await site.member('edgar'), olga];
      const browsers = ['one', 'two', 'three', 'four', 'five'];
      for (let times = 0; times < 3; times += 1)
        for (const [n, reader] of readers.entries())
          await reader.get(`/images/${fresh}/seen`, { headers: { 'user-agent': browsers[n] ?? '' } });
      await site.site.views.write();
      expect((await db('images').where({ id: fresh }).first('views')).views).toBe(4);
    });
  });
});
