import { setDisabled } from '../../src/moderation/index.ts';
import type { Db, Dialect } from '../../src/db/index.ts';
import { setFollowing, setLiked } from '../../src/social/index.ts';
import { idOf } from '../support/life.ts';
import { plantImages, plantMembers } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

interface PersonJson {
  username: string;
  followers: number;
  following: number;
  images: number;
}

describe.each<Dialect>(['sqlite', 'postgres'])('people on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let boss: Member;
  let olga: Member;
  let stan: Member;
  let ids: Record<'boss' | 'olga' | 'stan', number>;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', OPEN_GALLERY: 'yes' }, dialect);
    ({ db } = site.site);
    [boss, olga, stan] = [await site.member('boss'), await site.member('olga'), await site.member('stan')];
    ids = { boss: await idOf(db, boss), olga: await idOf(db, olga), stan: await idOf(db, stan) };
  });
  afterAll(() => site.end());

  const follow = (who: Visitor, name: string, action = 'follow') =>
    who.post(`/people/${name}/follow`, { action }, { json: true });
  const person = async (name: string): Promise<PersonJson> =>
    (await stan.get(`/people/${name}`, { json: true })).body.person;
  const names = async (path: string, who: Visitor = stan): Promise<string[]> =>
    (await who.get(path, { json: true })).body.people.map(({ username }: PersonJson) => username);

  describe('following', () => {
    afterEach(async () => {
      await db('follows').delete();
      await db('accounts').update({ followers: 0, following: 0 });
    });

    test('a script is told whether and how many follow; doing it twice is doing it once', async () => {
      expect((await follow(stan, 'olga')).body).toEqual({ following: true, followers: 1 });
      expect((await follow(stan, 'OLGA')).body).toEqual({ following: true, followers: 1 });
      expect((await follow(boss, 'olga')).body).toEqual({ following: true, followers: 2 });
      expect([await person('olga'), await person('stan')]).toMatchObject([{ followers: 2 }, { following: 1 }]);
      expect((await follow(stan, 'olga', 'unfollow')).body).toEqual({ following: false, followers: 1 });
      expect((await follow(stan, 'olga', 'unfollow')).body).toEqual({ following: false, followers: 1 });
      expect([await person('olga'), await person('stan')]).toMatchObject([{ followers: 1 }, { following: 0 }]);
    });

    test('a form leads back to where it stood, and nowhere else', async () => {
      const to = async (next: string) =>
        (await stan.post('/people/olga/follow', { action: 'follow', next })).headers['location'];
      expect(await to('/people?page=3')).toBe('/people?page=3');
      for (const next of ['//evil.example/', 'https://evil.example/', '']) expect(await to(next)).toBe('/people/olga');
      const { $ } = await stan.see('/people/olga');
      expect($('.follow-button').attr('value')).toBe('unfollow');
      expect($('.profile').text()).toContain('1 follower');
      expect((await olga.see('/people/olga')).$('.follow-button').length).toBe(0);
      expect((await site.visitor().see('/people/olga')).$('.follow-button').length).toBe(0);
    });

    test('nobody follows themselves, what is not there, or who is disabled', async () => {
      const own = await follow(stan, 'stan');
      expect([own.status, own.body.error]).toEqual([
        422,
        { code: 'yourself', field: 'action', message: 'Nobody can follow themselves.' },
      ]);
      expect((await follow(stan, 'nobody')).status).toBe(404);
      const [dora = 0] = await plantMembers(db, 1, 'dora');
      await db('accounts').where({ id: dora }).update({ disabled_at: 1 });
      expect((await follow(stan, 'dora0')).status).toBe(404);
      await db('accounts').where({ id: dora }).delete();
      expect((await follow(stan, 'olga', 'both')).body.error.field).toBe('action');
      expect(await db('follows')).toEqual([]);
    });

    test('a hundred at once are a hundred, and two who follow each other at once both do', async () => {
      const crowd = await plantMembers(db, 100, 'crowd');
      await Promise.all(crowd.map((one) => setFollowing(db, one, ids.olga, true)));
      expect(await person('olga')).toMatchObject({ followers: 100 });
      const pairs = crowd.slice(0, 40).flatMap((one, n) => {
        const other = crowd[40 + n] ?? 0;
        return [
          [one, other],
          [other, one],
          [one, other],
        ] as const;
      });
      await Promise.all(pairs.map(([one, other]) => setFollowing(db, one, other, true)));
      for (const id of crowd.slice(0, 80))
        expect(await db('accounts').where({ id }).first('followers', 'following')).toEqual({
          followers: 1,
          following: 2,
        });
      await Promise.all(crowd.map((one) => setFollowing(db, one, ids.olga, false)));
      expect(await person('olga')).toMatchObject({ followers: 0 });
      await db('accounts').whereIn('id', crowd).delete();
    });

    test('nobody follows more people than 5,000', async () => {
      await db('accounts').where({ id: ids.stan }).update({ following: 5000 });
      const answer = await follow(stan, 'olga');
      expect([answer.status, answer.body.error.code]).toEqual([422, 'too_many']);
      expect([await person('olga'), await db('follows')]).toMatchObject([{ followers: 0 }, []]);
    });

    test('the lists of followers and of those somebody follows hold who is there, last come first', async () => {
      await follow(stan, 'olga');
      await follow(boss, 'olga');
      await follow(olga, 'stan');
      expect(await names('/people/olga/followers')).toEqual(['boss', 'stan']);
      expect(await names('/people/olga/following', site.visitor())).toEqual(['stan']);
      await db('accounts').where({ id: ids.boss }).update({ disabled_at: 1 });
      expect(await names('/people/olga/followers')).toEqual(['stan']);
      await db('accounts').where({ id: ids.boss }).update({ disabled_at: null });
      const { $ } = await olga.see('/people/olga/followers');
      expect($('h1').text()).toBe('Who follows olga');
      expect(
        $('.person .follow-button')
          .map((_, button) => $(button).attr('value'))
          .get(),
      ).toEqual(['follow', 'unfollow']);
      expect((await stan.see('/people/boss/followers')).$('main').text()).toContain('No followers yet');
      expect((await stan.get('/people/olga/followers?after=x!', { json: true })).status).toBe(422);
    });
  });

  describe('the list of all', () => {
    let crowd: number[];

    beforeAll(async () => {
      crowd = [];
      for (let n = 10; n < 50; n++) {
        const [id = 0] = await plantMembers(db, 1, `p${n}x`);
        crowd.push(id);
      }
      // As registering would have counted them.
      for (const shift of [8, 62])
        await db('list_counts').where({ list: 'people', shift }).increment('n', crowd.length);
      await db('list_counts').where({ list: 'people', shift: 16 }).increment('n', crowd.length);
    });

    test('has sixteen a page, the newest member first, by numbers and by keys', async () => {
      const all = [...Array.from({ length: 40 }, (_, n) => `p${49 - n}x0`), 'stan', 'olga', 'boss'];
      const first = (await stan.get('/people', { json: true })).body;
      expect([first.page, first.pages, first.next]).toEqual([1, 3, expect.stringContaining('/people?after=')]);
      expect(await names('/people')).toEqual(all.slice(0, 16));
      expect(await names('/people?page=2')).toEqual(all.slice(16, 32));
      expect(await names(first.next)).toEqual(all.slice(16, 32));
      expect(await names('/people?page=3')).toEqual(all.slice(32));
      expect(await names('/people?page=999999999')).toEqual([]);
      for (const page of ['0', '-1', 'x']) expect((await stan.get(`/people?page=${page}`)).status).toBe(404);
    });

    test('says of each what the reader may know', async () => {
      await olga.post('/account/edit', { first_name: 'Olga', last_name: 'Blau', bio: 'Blue.' });
      await plantImages(db, [
        { ownerId: ids.olga, visibility: 'public' },
        { ownerId: ids.olga, visibility: 'members' },
        { ownerId: ids.olga, visibility: 'public', showName: false },
        { ownerId: ids.olga, visibility: 'private' },
      ]);
      const seen = async (who: Visitor) => {
        const { people } = (await who.get('/people?page=3', { json: true })).body;
        return people.find(({ username }: PersonJson) => username === 'olga');
      };
      expect(await seen(stan)).toEqual({
        username: 'olga',
        name: 'Olga Blau',
        bio: 'Blue.',
        followers: 0,
        following: 0,
        images: 2,
      });
      expect((await seen(olga)).images).toBe(4);
      expect((await seen(site.visitor())).images).toBe(1);
    });

    test('is without whoever is disabled or leaves, and has them again when they are back', async () => {
      const pages = async () => (await stan.get('/people', { json: true })).body.pages;
      const there = async () => (await names('/people')).includes('p49x0');
      for (const id of crowd.slice(0, 11)) await setDisabled(db, id, true, { accountId: null });
      expect(await pages()).toBe(2);
      await setDisabled(db, crowd[39] ?? 0, true, { accountId: null });
      expect(await there()).toBe(false);
      await setDisabled(db, crowd[39] ?? 0, false, { accountId: null });
      for (const id of crowd.slice(0, 11)) await setDisabled(db, id, false, { accountId: null });
      expect([await pages(), await there()]).toEqual([3, true]);
      const zoe = await site.member('zoey');
      expect((await names('/people'))[0]).toBe('zoey');
      expect((await zoe.post('/account/delete', { username: 'zoey' }, { json: true })).status).toBe(200);
      expect((await names('/people'))[0]).toBe('p49x0');
      const { n } = await db('list_counts').where({ list: 'people', shift: 62 }).first('n');
      expect(Number(n)).toBe(43);
    });

    test('shows a visitor of a site that is not open the way to sign in', async () => {
      const shut = await startTestSite({ ROLE: 'web' });
      try {
        expect((await shut.visitor().get('/people')).headers['location']).toBe('/account/login?next=%2Fpeople');
        expect((await shut.visitor().get('/people', { json: true })).status).toBe(401);
      } finally {
        await shut.end();
      }
    });

    test('and the lists of followers and of likes ask the database three times at most', async () => {
      const [image = 0] = await plantImages(db, [{ ownerId: ids.olga, visibility: 'public' }]);
      for (const id of crowd) {
        await setFollowing(db, id, ids.olga, true);
        await setLiked(db, { id }, image, true);
      }
      const paths = ['/people', '/people?page=3', '/people/olga/followers', '/people/olga', `/images/${image}/like`];
      const counted: number[] = [];
      for (const path of paths) counted.push((await queriesOf(db, () => stan.get(path))).length);
      expect(counted).toEqual([2, 2, 3, 3, 3]);
      expect((await names(`/images/${image}/like`)).length).toBe(16);
    });
  });

  test('whoever likes an image is listed, but for an owner whose name is off', async () => {
    const [image = 0] = await plantImages(db, [{ ownerId: ids.olga, visibility: 'public', showName: false }]);
    for (const id of [ids.olga, ids.stan]) await setLiked(db, { id }, image, true);
    expect(await names(`/images/${image}/like`)).toEqual(['stan']);
    expect(await names(`/images/${image}/like`, olga)).toEqual(['stan', 'olga']);
    const [hidden = 0] = await plantImages(db, [{ ownerId: ids.olga, visibility: 'private' }]);
    expect((await stan.get(`/images/${hidden}/like`)).status).toBe(404);
  });
});
