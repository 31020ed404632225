import { openDb, type Db, type Dialect } from '../../src/db/index.ts';
import { countRanks } from '../../src/feed/index.ts';
import { createViews, editImage, setBinned, sweepViews, type Views } from '../../src/images/index.ts';
import { dayOf } from '../../src/images/count-views.ts';
import { silentLog } from '../../src/lib/log.ts';
import { signer } from '../../src/lib/secret.ts';
import { idOf } from '../support/life.ts';
import { plantFiles, plantImages, plantMany } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

const DAY = 24 * 60 * 60 * 1000;

test('what was looked at just before the site stops is counted', async () => {
  const site = await startTestSite({ ROLE: 'web' });
  const [olga, stan] = [await site.member('olga'), await site.member('stan')];
  const [id] = await plantImages(site.site.db, [{ ownerId: await idOf(site.site.db, olga) }]);
  await stan.get(`/images/${id}/planted`);
  await site.close();
  const db = openDb({ url: site.site.config.databaseUrl });
  expect((await db('images').where({ id }).first('views')).views).toBe(1);
  await db.destroy();
  await site.end();
});

describe.each<Dialect>(['sqlite', 'postgres'])('views and rankings on %s', (dialect) => {
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

  const plant = (many: number, more: object = {}) => plantMany(db, owner, many, more);
  const look = async (who: Visitor, id: number, browser = 'Blue 1') => {
    const answer = await who.get(`/images/${id}/planted`, { headers: { 'user-agent': browser } });
    expect(answer.status).toBe(200);
  };
  const views = async (id: number) => {
    await site.site.views.write();
    return Number((await db('images').where({ id }).first('views')).views);
  };

  describe('counting', () => {
    test('a member counts once, however often they look, and in whichever browser', async () => {
      const [id = 0] = await plant(1);
      for (const browser of ['Blue 1', 'Blue 1', 'Red 2']) await look(stan, id, browser);
      expect(await views(id)).toBe(1);
      await look(stan, id);
      expect(await views(id)).toBe(1);
    });

    test('the owner never counts', async () => {
      const [id = 0] = await plant(1);
      await look(olga, id);
      expect(await views(id)).toBe(0);
    });

    test('visitors are told apart by their browser, with or without cookies', async () => {
      const [id = 0] = await plant(1);
      const visitor = site.visitor();
      for (const browser of ['Blue 1', 'Blue 1', 'Red 2']) {
        await look(visitor, id, browser);
        await look(site.visitor(), id, browser);
      }
      expect(await views(id)).toBe(2);
    });

    test('what may not be seen, or only leads on, counts for nothing', async () => {
      const [hidden = 0] = await plant(1, { visibility: 'private' });
      const [led = 0] = await plant(1);
      expect((await stan.get(`/images/${hidden}/planted`)).status).toBe(404);
      expect((await stan.get(`/images/${led}/wrong`)).status).toBe(301);
      expect([await views(hidden), await views(led)]).toEqual([0, 0]);
    });

    test('looking writes nothing: what many looked at is written together', async () => {
      const ids = await plant(5);
      const asked = await queriesOf(db, async () => {
        for (const id of ids) await look(stan, id);
      });
      expect(asked.filter((sql) => /^\s*(INSERT|UPDATE)/i.test(sql))).toEqual([]);
      const written = await queriesOf(db, () => site.site.views.write());
      expect(written.filter((sql) => /^\s*(INSERT|UPDATE)/i.test(sql))).toHaveLength(4);
      expect(await Promise.all(ids.map(views))).toEqual([1, 1, 1, 1, 1]);
    });

    test('several processes at once count each person once', async () => {
      const ids = await plant(3);
      const { databaseUrl } = site.site.config;
      const dbs = Array.from({ length: 4 }, () => openDb({ url: databaseUrl, acquireTimeoutMs: 60_000 }));
      const processes: Views[] = dbs.map((own) =>
        createViews({ db: own, signer: signer(['test-secret']), log: silentLog }),
      );
      for (let person = 0; person < 40; person += 1)
        for (const [n, process] of processes.entries())
          for (const id of n % 2 ? ids : ids.toReversed()) process.note(id, `member ${1000 + person}`);
      await Promise.all(processes.map((process) => process.write()));
      expect(await Promise.all(ids.map(views))).toEqual([40, 40, 40]);
      for (const own of dbs) await own.destroy();
    });

    test('an image that goes meanwhile takes nothing with it', async () => {
      const [gone = 0, stays = 0] = await plant(2);
      for (const id of [gone, stays]) await look(stan, id);
      await db('images').where({ id: gone }).delete();
      expect(await views(stays)).toBe(1);
    });

    test('the database holds no address, no browser and no number of a member, and forgets the day', async () => {
      const [id = 0] = await plant(1);
      await look(site.visitor(), id, 'Telltale 9');
      await look(stan, id);
      await site.site.views.write();
      const marks = await db('view_marks').where({ image_id: id });
      expect(marks).toHaveLength(2);
      for (const { viewer } of marks) expect(viewer).toMatch(/^[\w-]{43}$/);
      const rows = { image_id: id, n: 7 };
      await db('image_views').insert([
        { ...rows, day: dayOf(Date.now() - 29 * DAY) },
        { ...rows, day: dayOf(Date.now() - 40 * DAY) },
      ]);
      await sweepViews(db);
      expect(await db('view_marks').where({ image_id: id })).toHaveLength(2);
      await sweepViews(db, Date.now() + DAY);
      expect([await db('view_marks'), await db('view_secrets')]).toEqual([[], []]);
      expect(await db('image_views').where({ image_id: id }).orderBy('day').pluck('n')).toEqual([7, 2]);
      // The next day is another day.
      await look(stan, id);
      expect(await views(id)).toBe(3);
    });
  });

  describe('the ranking', () => {
    let ranked: number[];
    const list = async (path: string, who: Visitor = stan) => {
      const { body, status } = await who.get(path, { json: true });
      return { ...body, status, ids: body.images?.map(({ id }: ImageJson) => id) };
    };

    beforeAll(async () => {
      await db('image_views').delete();
      await db('images').update({ views: 0 });
      ranked = (await plant(40)).toReversed();
      for (const [n, id] of ranked.entries()) {
        await db('images')
          .where({ id })
          .update({ views: 1000 - 10 * n });
        await db('image_views').insert({ image_id: id, day: dayOf(Date.now()), n: 100 - n });
      }
      await plant(3);
    });

    test('before anything is counted it is empty and says so', async () => {
      await db('rankings').delete();
      expect(await list('/images/ranking')).toMatchObject({ ids: [], page: 1, pages: 1, next: null, counted_at: null });
      expect((await stan.see('/images/ranking')).$('main').text()).toContain('Nothing counted yet');
    });

    test('has sixteen a page, by number and by key, and holds nothing that nobody looked at', async () => {
      await countRanks(db);
      for (const of of ['day', 'week', 'month', 'ever']) {
        const first = await list(`/images/ranking?of=${of}`);
        expect([of, first.ids, first.pages]).toEqual([of, ranked.slice(0, 16), 3]);
        const second = await list(first.next);
        expect([of, second.ids, second.page]).toEqual([of, ranked.slice(16, 32), null]);
        const last = await list(`/images/ranking?of=${of}&page=3`);
        expect([last.ids, last.next, last.of]).toEqual([ranked.slice(32), null, of]);
      }
      expect((await list('/images/ranking')).of).toBe('day');
    });

    test('the page says how often each was looked at then, and when that was counted', async () => {
      const { $ } = await stan.see('/images/ranking?of=ever&page=2');
      expect($('.tile').first().text()).toContain('840 views');
      expect($('[aria-label="Since when"] [aria-current=page]').text()).toBe('Ever');
      expect($('main time').attr('datetime')).toMatch(/^20\d\d-/);
      expect($('[rel=next]').attr('href')).toBe('/images/ranking?of=ever&page=3&after=w');
      expect((await stan.see('/images')).$('.menu-list a[href="/images/ranking"]').text()).toContain('Most viewed');
    });

    test('a day, a week and a month end where they should', async () => {
      const [old = 0, older = 0, oldest = 0] = await plant(3);
      const at = (image_id: number, ago: number) => ({ image_id, day: dayOf(Date.now() - ago * DAY), n: 5000 });
      await db('image_views').insert([at(old, 1), at(old, 6), at(older, 7), at(older, 29), at(oldest, 30)]);
      await countRanks(db);
      const firsts = async (of: string) => (await list(`/images/ranking?of=${of}`)).ids.slice(0, 3);
      expect(await firsts('day')).toEqual(ranked.slice(0, 3));
      expect(await firsts('week')).toEqual([old, ...ranked.slice(0, 2)]);
      expect(await firsts('month')).toEqual([older, old, ranked[0]]);
      await db('images').whereIn('id', [old, older, oldest]).delete();
      // Those who have gone since leave no gaps, and whoever goes on finds each once.
      const first = await list('/images/ranking?of=month');
      expect(first.ids).toEqual(ranked.slice(0, 16));
      const second = await list(first.next);
      expect(second.ids).toEqual(ranked.slice(16, 32));
      expect((await list(second.next)).ids).toEqual(ranked.slice(32));
      await countRanks(db);
    });

    test('each finds what they may see, at once when that changes', async () => {
      const [open = 0, shared = 0, mine = 0, binned = 0] = ranked;
      await editImage(db, owner, shared, { visibility: 'members' });
      await editImage(db, owner, mine, { visibility: 'private' });
      await setBinned(db, owner, binned, true);
      const visitor = site.visitor();
      for (const count of [async () => {}, () => countRanks(db)]) {
        await count();
        const seen = async (who: Visitor) => (await list('/images/ranking?of=ever', who)).ids;
        expect((await seen(stan)).slice(0, 3)).toEqual([open, shared, ranked[4]]);
        expect((await seen(olga)).slice(0, 3)).toEqual([open, shared, ranked[4]]);
        expect((await seen(visitor)).slice(0, 3)).toEqual([open, ranked[4], ranked[5]]);
      }
      expect((await list('/images/ranking?of=ever')).ids).toHaveLength(16);
      await editImage(db, owner, open, { showName: false });
      expect((await stan.get('/images/ranking?of=ever', { json: true })).body.images[0].username).toBeNull();
    });

    test('what is no page, no place and no ranking is told so; beyond the last there is nothing', async () => {
      for (const page of ['0', '-1', 'x']) expect((await list(`/images/ranking?page=${page}`)).status).toBe(404);
      for (const page of ['99', '1000000000'])
        expect(await list(`/images/ranking?page=${page}`)).toMatchObject({ status: 200, ids: [], next: null });
      const bad = await list('/images/ranking?after=1-2');
      expect([bad.status, bad.error.field]).toEqual([422, 'after']);
      const unknown = await list('/images/ranking?of=hour');
      expect([unknown.status, unknown.error.field]).toEqual([422, 'of']);
    });

    test('a page asks at most three times, whichever it is', async () => {
      for (const id of ranked.slice(0, 20)) await plantFiles(db, id);
      for (const path of ['/images/ranking', '/images/ranking?of=ever&page=2'])
        expect((await queriesOf(db, () => stan.get(path))).length).toBeLessThanOrEqual(3);
    });
  });
});
