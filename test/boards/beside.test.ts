import type { Db, Dialect } from '../../src/db/index.ts';
import { idOf } from '../support/life.ts';
import { plantImages } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

describe.each<Dialect>(['sqlite', 'postgres'])('boards on profiles and on the dashboard, on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let olga: Member;
  let stan: Member;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ({ db } = site.site);
    olga = await site.member('olga');
    stan = await site.member('stan');
    for (const [title, visibility] of [
      ['Hidden', 'private'],
      ['Shared', 'members'],
      ['Open', 'public'],
    ])
      await olga.post('/boards', { title, visibility }, { json: true });
  });
  afterAll(() => site.end());

  const titlesOn = async (who: Visitor, path: string) => {
    const { $ } = await who.see(path);
    return $('.shelf .board-title')
      .toArray()
      .map((title) => $(title).text());
  };

  test('a profile shows the newest of them, of each reader those that they may see', async () => {
    expect(await titlesOn(olga, '/people/olga')).toEqual(['Open', 'Shared', 'Hidden']);
    expect(await titlesOn(stan, '/people/olga')).toEqual(['Open', 'Shared']);
    expect(await titlesOn(site.visitor(), '/people/olga')).toEqual(['Open']);
    expect(await titlesOn(stan, '/people/stan')).toEqual([]);
  });

  test('no more than six, on the first page alone, and in three queries with their covers', async () => {
    const maud = await site.member('maud');
    const id = await idOf(db, maud);
    const images = Array.from({ length: 7 }, (_, n) => ({
      ownerId: id,
      visibility: 'public' as const,
      more: { title: `Image ${n}` },
    }));
    const [first = 0] = await plantImages(db, images);
    for (let n = 1; n <= 8; n += 1)
      await maud.post('/boards', { title: `Board ${n}`, visibility: 'public' }, { json: true });
    await maud.post(`/images/${first}/boards`, { board: 'board-8', action: 'add' }, { json: true });
    const expected = [8, 7, 6, 5, 4, 3].map((n) => `Board ${n}`);
    expect(await titlesOn(stan, '/people/maud')).toEqual(expected);
    expect(await titlesOn(stan, '/people/maud?page=2')).toEqual([]);
    const { $ } = await stan.see('/people/maud');
    expect($('.shelf .board-tile').first().find('img.picture, svg').length).toBeGreaterThan(0);
    expect($('.shelf .board-tile').first().text()).toContain('1 image');
    expect((await queriesOf(db, () => stan.get('/people/maud'))).length).toBeLessThanOrEqual(3);
    await maud.get('/account');
    expect((await queriesOf(db, () => maud.get('/account'))).length).toBeLessThanOrEqual(3);
  });

  test('the dashboard shows those that one works on, the last used first, also others’', async () => {
    expect(await titlesOn(olga, '/account')).toEqual(['Open', 'Shared', 'Hidden']);
    await olga.post('/people/olga/boards/hidden/people', { action: 'invite', username: 'stan' }, { json: true });
    expect(await titlesOn(stan, '/account')).toEqual([]);
    await stan.post('/people/olga/boards/hidden/invitation', { action: 'accept' }, { json: true });
    expect(await titlesOn(stan, '/account')).toEqual(['Hidden']);
    await olga.post('/people/olga/boards/hidden/delete', {}, { json: true });
    expect(await titlesOn(stan, '/account')).toEqual([]);
    expect(await titlesOn(olga, '/account')).toEqual(['Open', 'Shared']);
  });

  test('a name that is nobody’s is 404, one that was given up leads on', async () => {
    expect((await stan.get('/people/nobody-here')).status).toBe(404);
    expect((await stan.get('/people/%00')).status).toBe(404);
    expect((await stan.get(`/people/${'a'.repeat(500)}`)).status).toBe(404);
  });
});
