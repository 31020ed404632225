import type { Dialect } from '../../src/db/index.ts';
import { editImage, setBinned } from '../../src/images/index.ts';
import { plantFiles, plantImages, plantMember } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

interface ListJson {
  images: ImageJson[];
  next: string | null;
  page: number | null;
  pages: number;
}

/** How many images stand in each list, in all. */
const PLANTED = 3000;

describe.each<Dialect>(['sqlite', 'postgres'])('lists of images on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  /** Everything that members share, newest first. */
  let shared: number[];
  let annsOwn: number[];

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', OPEN_GALLERY: 'yes' }, dialect);
    ann = await site.member('ann');
    const { db } = site.site;
    const bob = await plantMember(db, 'bob');
    const visibilities = ['public', 'members', 'private'] as const;
    // Gaps of all kinds: one here and there, whole buckets of 256 numbers, and the newest ones.
    const many = Array.from({ length: PLANTED }, (_, n) => ({
      ownerId: n % 50 === 0 ? 1 : bob,
      visibility: visibilities[n % 7] ?? 'members',
      showName: n % 5 > 0,
      binnedAt: n % 11 === 0 || (n > 700 && n < 1300) || n > 2990 ? 1 : null,
    }));
    await plantImages(db, many);
    const left = await db('images').whereNull('binned_at').orderBy('id', 'desc').select('id', 'visibility', 'owner_id');
    shared = left.filter(({ visibility }) => visibility !== 'private').map(({ id }) => Number(id));
    annsOwn = left.filter(({ owner_id }) => Number(owner_id) === 1).map(({ id }) => Number(id));
  });
  afterAll(() => site.end());

  const list = async (path: string, who = ann): Promise<ListJson> => {
    const answer = await who.get(path, { json: true });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const idsOf = ({ images }: ListJson) => images.map(({ id }) => id);

  test('the feed has 16 a page, and page N holds what it should: first, middle, around gaps, last', async () => {
    const pages = Math.ceil(shared.length / 16);
    const all = [1, 2, 3, 40, 41, 42, 43, 44, 45, 60, 61, 62, 63, 90, 100, pages - 1, pages].filter((n) => n <= pages);
    for (const n of all) {
      const found = await list(n === 1 ? '/images' : `/images?page=${n}`);
      expect([n, idsOf(found)]).toEqual([n, shared.slice((n - 1) * 16, n * 16)]);
      expect([found.page, found.pages, found.next === null]).toEqual([n, pages, n === pages]);
    }
  });

  test('reading on with after= passes every image once, in order', async () => {
    const read: number[] = [];
    let path: string | null = '/images';
    while (path) {
      const found: ListJson = await list(path);
      read.push(...idsOf(found));
      path = read.length > 400 ? null : found.next;
    }
    expect(read).toEqual(shared.slice(0, read.length));
  });

  test('reading on from any page goes on where it ended', async () => {
    const found = await list('/images?page=57');
    expect(found.next).toMatch(/^\/images\?after=/);
    const next = await list(found.next ?? '');
    expect([next.page, idsOf(next)]).toEqual([null, shared.slice(57 * 16, 58 * 16)]);
  });

  test('a profile has 6 a page, one’s own all of them, others what is shown under the name', async () => {
    const db = site.site.db;
    const own = await list('/people/ann?page=3');
    expect([idsOf(own), own.pages]).toEqual([annsOwn.slice(12, 18), Math.ceil(annsOwn.length / 6)]);
    const rows = await db('images').where({ owner_id: 2 }).whereNull('binned_at').orderBy('id', 'desc');
    const shown = rows.filter((row) => row.show_name && row.visibility !== 'private').map(({ id }) => Number(id));
    const toAll = rows.filter((row) => row.show_name && row.visibility === 'public').map(({ id }) => Number(id));
    for (const n of [1, 2, 70, Math.ceil(shown.length / 6)])
      expect([n, idsOf(await list(`/people/bob?page=${n}`))]).toEqual([n, shown.slice((n - 1) * 6, n * 6)]);
    const visitor = site.visitor() as Member;
    const last = Math.ceil(toAll.length / 6);
    const found = await list(`/people/bob?page=${last}`, visitor);
    expect([idsOf(found), found.pages]).toEqual([toAll.slice((last - 1) * 6), last]);
    const open = await db('images').where({ reach: 2 }).orderBy('id', 'desc').pluck('id');
    expect(idsOf(await list('/images?page=30', visitor))).toEqual(open.map(Number).slice(29 * 16, 30 * 16));
  });

  test('private images have 6 a page, the bin 16, and both hold what they should', async () => {
    const db = site.site.db;
    const mine = await db('images').where({ owner_id: 1 }).orderBy('id', 'desc');
    const hidden = mine.filter((row) => row.visibility === 'private' && row.binned_at === null);
    const gone = mine.filter((row) => row.binned_at !== null);
    const numbers = (rows: { id: number }[]) => rows.map(({ id }) => Number(id));
    expect(idsOf(await list('/images/private'))).toEqual(numbers(hidden).slice(0, 6));
    expect(idsOf(await list('/images/bin?page=2'))).toEqual(numbers(gone).slice(16, 32));
    expect((await site.visitor().get('/images/private')).status).toBe(303);
  });

  test('what is no page is not found; beyond the last there is nothing, and that is no fault', async () => {
    for (const page of ['0', '-1', 'abc', '1.5', '1e9', '', '+1', '٣', '0x10'])
      for (const json of [true, false]) {
        const answer = await ann.get(`/images?page=${encodeURIComponent(page)}`, { json });
        expect([page, json, answer.status]).toEqual([page, json, 404]);
      }
    for (const page of ['1000', '1000000000', '999999999999', '99999999999999999999999']) {
      const found = await list(`/images?page=${page}`);
      expect([page, found.images, found.next]).toEqual([page, [], null]);
      const shown = await ann.see(`/images?page=${page}`);
      expect([page, shown.status]).toEqual([page, 200]);
      // A way back to what there is.
      expect(shown.$(`a[href="/images?page=${found.pages}"]`).length).toBeGreaterThan(0);
    }
    expect((await list('/images?page=007')).page).toBe(7);
  });

  test('a cursor that is none of ours answers 422', async () => {
    for (const after of ['', 'x!', '-1', 'zzzzzzzzzzzz', '1-2', 'zzzzzzzzzzz', '%00']) {
      const answer = await ann.get(`/images?after=${after}`, { json: true });
      expect([after, answer.status, answer.body.error?.field]).toEqual([after, 422, 'after']);
    }
    expect(idsOf(await list('/images?after=0'))).toEqual([]);
  });

  test('the pager of a page leads to its neighbours, the first and the last', async () => {
    const { $ } = await ann.see('/images?page=50');
    const pages = Math.ceil(shared.length / 16);
    const links = $('.pager-list a').map((_, link) => $(link).attr('href'));
    expect(links.get()).toEqual(['/images', ...[48, 49, 50, 51, 52, pages].map((n) => `/images?page=${n}`)]);
    expect($('.pager [aria-current=page]').attr('href')).toBe('/images?page=50');
    expect([$('[rel=prev]').attr('href'), $('[rel=next]').attr('href')]).toEqual([
      '/images?page=49',
      expect.stringMatching(/^\/images\?page=51&after=\w+$/),
    ]);
  });

  test('images that arrive or go while somebody reads are neither repeated nor passed over', async () => {
    const db = site.site.db;
    const first = await list('/images');
    const [newest] = await plantImages(
      db,
      Array.from({ length: 20 }, () => ({ ownerId: 1 })),
    );
    const gone = shared.slice(16, 19);
    for (const id of gone) await setBinned(db, (await db('images').where({ id }).first('owner_id')).owner_id, id, true);
    const next = await list(first.next ?? '');
    expect(idsOf(next)).toEqual(shared.slice(19, 35));
    expect(newest).toBeGreaterThan(shared[0] ?? 0);
    for (const id of gone)
      await setBinned(db, (await db('images').where({ id }).first('owner_id')).owner_id, id, false);
    const again = await list('/images?page=2');
    expect(idsOf(again)).toEqual(
      [...(await db('images').where('reach', '>=', 1).orderBy('id', 'desc').pluck('id'))].map(Number).slice(16, 32),
    );
    const { images } = await list('/images');
    await editImage(db, 1, images[0]?.id ?? 0, { visibility: 'private' });
    expect(idsOf(await list('/images'))).not.toContain(images[0]?.id);
  });

  test('“next” on a numbered page goes on where that page ended, whatever has arrived since', async () => {
    const before = idsOf(await list('/images?page=2'));
    const { $ } = await ann.see('/images?page=2');
    const next = $('.pager a[rel=next]').attr('href') ?? '';
    expect(next).toMatch(/^\/images\?page=3&after=/);
    const expected = idsOf(await list('/images?page=3'));
    await plantImages(
      site.site.db,
      Array.from({ length: 5 }, () => ({ ownerId: 1 })),
    );
    const third = await list(next);
    expect([idsOf(third), third.page]).toEqual([expected, 3]);
    expect(idsOf(third).filter((id) => before.includes(id))).toEqual([]);
    const shown = await ann.see(next);
    expect(shown.$('.pager [aria-current=page]').text()).toContain('3');
  });

  describe('how often the database is asked', () => {
    const count = async (who: { get(path: string): Promise<{ status: number }> }, path: string) => {
      const { db } = site.site;
      return queriesOf(db, async () => {
        const { status } = await who.get(path);
        if (status !== 200) throw new Error(`${path} answered ${status}`);
      });
    };

    test('no page of images asks more than three times, however many it shows', async () => {
      const { db } = site.site;
      const some = await db('images')
        .where({ visibility: 'public', binned_at: null, owner_id: 2, show_name: true })
        .orderBy('id', 'desc')
        .limit(40)
        .pluck('id');
      for (const id of some) await plantFiles(db, Number(id));
      const image = `/images/${some[0]}/planted`;
      const lists = [
        '/images',
        '/images?page=50',
        '/images?page=9999',
        '/images/private',
        '/images/bin',
        '/images/bin?page=2',
      ];
      const paths = [
        ...lists,
        '/',
        '/account',
        '/people/ann',
        '/people/bob',
        '/people/bob?page=9',
        '/people/bob?page=9999',
        image,
      ];
      for (const path of paths) {
        await ann.get(path);
        const asked = await count(ann, path);
        expect([path, asked.length <= 3, asked]).toEqual([path, true, asked]);
      }
      const visitor = site.visitor();
      for (const path of ['/', '/images', '/images?page=20', '/people/bob', '/people/bob?page=3', image]) {
        const asked = await count(visitor, path);
        // PostgreSQL is asked whether a page that is kept is still what it was; nobody asks for a session, so three it is at the most.
        const most = dialect === 'postgres' && path === image ? 3 : 2;
        expect([path, asked.length <= most, asked]).toEqual([path, true, asked]);
      }
    });
  });
});
