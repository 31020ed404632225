import type { Db, Dialect } from '../../src/db/index.ts';
import { idOf } from '../support/life.ts';
import { plantMany, type Planted } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

describe.each<Dialect>(['sqlite', 'postgres'])('what came since on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let olga: Member;
  let stan: Member;
  let owner: number;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', OPEN_GALLERY: 'yes' }, dialect);
    ({ db } = site.site);
    [olga, stan] = [await site.member('olga'), await site.member('stan')];
    owner = await idOf(db, olga);
  });
  afterAll(() => site.end());

  const plant = (many: number, more: Partial<Planted> = {}) => plantMany(db, owner, many, more);
  const since = async (id: number | string, who: Visitor = stan) =>
    (await who.get(`/images?since=${id}`, { json: true })).body;

  test('is counted for each reader as their feed would have it, with words for it', async () => {
    const [first = 0] = await plant(1);
    expect(await since(first)).toEqual({ new: 0, words: '' });
    await plant(2);
    await plant(1, { visibility: 'members' });
    await plant(3, { visibility: 'private' });
    await plant(1, { binnedAt: 1 });
    expect(await since(first)).toEqual({ new: 3, words: '3 new' });
    expect(await since(first, site.visitor())).toEqual({ new: 2, words: '2 new' });
    expect((await since(0)).new).toBe(4);
  });

  test('costs one question, and no more for very many', async () => {
    await plant(120);
    const asked = await queriesOf(db, () => since(0));
    expect(asked).toHaveLength(2);
    expect(await since(0)).toEqual({ new: 100, words: '99+ new' });
  });

  test('what is no number is told so', async () => {
    for (const wrong of ['', 'x', '-1', '1.5', '9'.repeat(20)])
      expect([wrong, (await since(wrong)).error?.field]).toEqual([wrong, 'since']);
  });

  test('the first page of the feed alone knows where it begins, and is a page all the same', async () => {
    const [newest] = await plant(1);
    const { $ } = await stan.see('/images');
    expect($('[data-arrivals]').attr('data-arrivals')).toBe(`/images?since=${newest}`);
    expect($('[data-arrivals]').attr('aria-live')).toBe('polite');
    expect((await stan.see('/images?page=2')).$('[data-arrivals]')).toHaveLength(0);
    expect((await stan.see(`/images?since=${newest}`)).$('.tile').length).toBe(16);
    expect((await site.visitor().see('/images')).$('[data-arrivals]')).toHaveLength(1);
  });
});
