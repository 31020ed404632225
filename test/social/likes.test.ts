import { openDb, type Db, type Dialect } from '../../src/db/index.ts';
import { setLiked } from '../../src/social/index.ts';
import { idOf } from '../support/life.ts';
import { plantFiles, plantMany, plantMembers } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

describe.each<Dialect>(['sqlite', 'postgres'])('likes on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let olga: Member;
  let stan: Member;
  let ids: { olga: number; stan: number };

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ({ db } = site.site);
    [olga, stan] = [await site.member('olga'), await site.member('stan')];
    ids = { olga: await idOf(db, olga), stan: await idOf(db, stan) };
  });
  afterAll(() => site.end());

  const plant = async (many: number, more: object = {}) => plantMany(db, ids.olga, many, more);
  const like = (who: Member, id: number, action = 'like') => who.post(`/images/${id}/like`, { action }, { json: true });
  const liked = async (path = '/images/liked') => {
    const { body } = await stan.get(path, { json: true });
    return { ...body, ids: body.images?.map(({ id }: ImageJson) => id) };
  };
  const kept = async (id: number) => Number((await db('images').where({ id }).first('likes')).likes);

  test('two hundred at once are two hundred, and whoever likes it fifty times at once does so once', async () => {
    const [id = 0] = await plant(1);
    const people = await plantMembers(db, 200, 'crowd');
    // A busy machine is slow, and that is not what this is about.
    const crowded = openDb({ url: site.site.config.databaseUrl, acquireTimeoutMs: 60_000 });
    const each = (some: number[], on: boolean) =>
      Promise.all(some.map((person) => setLiked(crowded, { id: person }, id, on)));
    await each(people, true);
    expect([await kept(id), (await db('likes').where({ image_id: id })).length]).toEqual([200, 200]);
    await Promise.all([each(people.slice(0, 80), false), each(people.slice(80, 160), true)]);
    expect([await kept(id), (await db('likes').where({ image_id: id })).length]).toEqual([120, 120]);
    const often = Array.from({ length: 50 }, () => ids.stan);
    const answers = await each(often, true);
    expect(new Set(answers.map(({ likes }) => likes))).toEqual(new Set([121]));
    expect(await kept(id)).toBe(121);
    await each(often, false);
    expect(await kept(id)).toBe(120);
    expect(await db('list_counts').where({ list: `liked:${ids.stan}`, shift: 62 })).toMatchObject([{ n: 0 }]);
    await crowded.destroy();
  });

  test('a script is told whether it is liked and how often; a form leads back to the image', async () => {
    const [id = 0] = await plant(1);
    expect([(await like(stan, id)).status, (await like(stan, id)).body]).toEqual([200, { liked: true, likes: 1 }]);
    expect((await like(olga, id)).body).toEqual({ liked: true, likes: 2 });
    expect(await stan.image(id)).toMatchObject({ likes: 2, liked: true });
    expect((await like(stan, id, 'unlike')).body).toEqual({ liked: false, likes: 1 });
    expect((await like(stan, id, 'unlike')).body).toEqual({ liked: false, likes: 1 });
    expect(await stan.image(id)).toMatchObject({ likes: 1, liked: false });
    const form = await stan.post(`/images/${id}/like`, { action: 'like' });
    expect([form.status, form.headers['location']]).toEqual([303, `/images/${id}/planted#likes`]);
    const { $ } = await stan.see(`/images/${id}/planted`);
    expect($('#likes').text().replace(/\s+/g, ' ')).toContain('2 likes: stan and olga');
    expect($('#likes button').attr()).toMatchObject({ value: 'unlike', 'aria-pressed': 'true' });
    const visitor = await site.visitor().see(`/images/${id}/planted`);
    expect(visitor.$('#likes').text()).toContain('2 likes');
    expect(visitor.$('#likes button').length).toBe(0);
  });

  test('anything but like and unlike is 422 and named', async () => {
    const [id = 0] = await plant(1);
    for (const action of ['', 'LIKE', 'toggle']) {
      const answer = await like(stan, id, action);
      expect([action, answer.status, answer.body.error?.field]).toEqual([action, 422, 'action']);
    }
    expect(await kept(id)).toBe(0);
  });

  test('what one may not see cannot be liked, and answers as if it were not there', async () => {
    const [hidden = 0] = await plant(1, { visibility: 'private' });
    const [binned = 0] = await plant(1, { binnedAt: 1 });
    for (const id of [hidden, binned, 999_999]) {
      const answer = await like(stan, id);
      expect([id, answer.status, answer.body]).toEqual([id, 404, (await like(stan, 999_999)).body]);
      await expect(setLiked(db, { id: ids.stan }, id, true)).rejects.toMatchObject({ status: 404 });
    }
    expect((await like(olga, hidden)).body).toEqual({ liked: true, likes: 1 });
    expect((await like(olga, binned)).status).toBe(404);
  });

  test('an owner whose name is off is nobody among those who like the image', async () => {
    const [id = 0] = await plant(1, { showName: false });
    await like(olga, id);
    await like(stan, id);
    const seen = await stan.see(`/images/${id}/planted`);
    expect(seen.$('main').text()).toContain('stan and Anonymous');
    expect(seen.$('main').text()).not.toMatch(/olga/i);
    expect((await olga.see(`/images/${id}/planted`)).$('#likes').text()).toContain('olga');
  });

  test('more people than are named are counted; who is disabled is not named', async () => {
    const [id = 0] = await plant(1);
    for (const fan of await plantMembers(db, 15, 'fan')) await setLiked(db, { id: fan }, id, true);
    await db('accounts').where({ username: 'fan14' }).update({ disabled_at: 1 });
    const { $ } = await stan.see(`/images/${id}/planted`);
    expect(
      $('#likes .likes-by a[dir]')
        .map((_, link) => $(link).text())
        .get(),
    ).toEqual(Array.from({ length: 12 }, (_, n) => `fan${13 - n}`));
    expect($('#likes').text()).toContain('15 likes');
    expect($('#likes').text()).toContain('3 more');
  });

  describe('the list of what one likes', () => {
    let some: number[];

    beforeAll(async () => {
      await db('likes').where({ account_id: ids.stan }).delete();
      await db('list_counts')
        .where({ list: `liked:${ids.stan}` })
        .delete();
      some = await plant(20);
      // In another order than that of the images.
      some.sort((a, b) => (a % 7) - (b % 7));
      for (const id of some) await setLiked(db, { id: ids.stan }, id, true);
    });

    const expected = () => [...some].reverse();

    test('has 8 a page in the order of liking, by numbers and by keys', async () => {
      const first = await liked();
      expect([first.ids, first.page, first.pages]).toEqual([expected().slice(0, 8), 1, 3]);
      expect((await liked('/images/liked?page=2')).ids).toEqual(expected().slice(8, 16));
      const last = await liked('/images/liked?page=3');
      expect([last.ids, last.next]).toEqual([expected().slice(16), null]);
      expect((await liked(first.next)).ids).toEqual(expected().slice(8, 16));
      expect(await liked('/images/liked?page=1000000000')).toMatchObject({ ids: [], next: null, pages: 3 });
      expect((await stan.get('/images/liked?page=0', { json: true })).status).toBe(404);
      expect((await stan.get('/images/liked?after=1-2', { json: true })).status).toBe(422);
    });

    test('leaves out what one may no longer see, on all pages, and has it in its place again when one may', async () => {
      const [gone = 0, other = 0] = [expected()[3], expected()[10]];
      const without = expected().filter((id) => id !== gone && id !== other);
      const pages = async () => {
        const found = [await liked(), await liked('/images/liked?page=2'), await liked('/images/liked?page=3')];
        return [found.flatMap((page) => page.ids), found.map((page) => page.pages)];
      };
      await olga.post(`/images/${gone}/edit`, { visibility: 'private' });
      await olga.post(`/images/${other}/delete`);
      expect(await pages()).toEqual([without, [3, 3, 3]]);
      expect((await liked('/images/liked?page=2')).ids).toEqual(without.slice(8, 16));
      await olga.post(`/images/${gone}/edit`, { visibility: 'members' });
      await olga.post(`/images/${other}/restore`);
      expect(await pages()).toEqual([expected(), [3, 3, 3]]);
      expect(await stan.image(gone)).toMatchObject({ liked: true, likes: 1 });
    });

    test('shrinks by pages when enough is taken back, and says when nothing is left', async () => {
      for (const id of some.slice(0, 12)) await setLiked(db, { id: ids.stan }, id, false);
      const left = await liked();
      expect([left.ids, left.pages]).toEqual([expected().slice(0, 8), 1]);
      for (const id of some.slice(12)) await setLiked(db, { id: ids.stan }, id, false);
      expect(await liked()).toMatchObject({ ids: [], pages: 1, next: null });
      expect((await stan.see('/images/liked')).$('main').text()).toContain('Nothing liked yet');
    });

    test('and the image’s page ask the database three times at most, for forty as for four', async () => {
      const many = await plant(44);
      for (const id of many) await plantFiles(db, id);
      const counted: number[] = [];
      for (const upto of [4, 44]) {
        for (const id of many.slice(0, upto)) await setLiked(db, { id: ids.stan }, id, true);
        for (const path of ['/images/liked', '/images/liked?page=2', `/images/${many[0]}/planted`])
          counted.push((await queriesOf(db, () => stan.get(path))).length);
      }
      expect(counted).toEqual([2, 2, 3, 2, 2, 3]);
    });
  });

  test('the most liked stand first on the visitors’ home, as soon as they are', async () => {
    const [most = 0, less = 0] = await plant(2);
    await db('images').where({ id: less }).update({ likes: 5000 });
    await db('images').where({ id: most }).update({ likes: 4999 });
    const home = async () =>
      (await site.visitor().get('/', { json: true })).body.images.slice(0, 2).map(({ id }: ImageJson) => id);
    expect(await home()).toEqual([less, most]);
    await like(stan, most);
    await like(olga, most);
    expect(await home()).toEqual([most, less]);
  });
});
