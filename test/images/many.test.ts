import type { Db, Dialect } from '../../src/db/index.ts';
import { changeMany, sweepMany } from '../../src/transfer/index.ts';
import { download, unzip } from '../support/archive.ts';
import { idOf } from '../support/life.ts';
import { picture } from '../support/pictures.ts';
import { plantFiles, plantImages, type Planted } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { addressOf, startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

interface ManyJson {
  id: number;
  action: string;
  state: 'doing' | 'done' | 'undoing' | 'undone';
  total: number;
  done: number;
  changed: number;
  same: number;
  refused: number;
  others: number;
  undone: number;
  kept: number;
  undo_until: string;
  url: string;
}

describe.each<Dialect>(['sqlite', 'postgres'])('many images at once, on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let olga: Member;
  let stan: Member;
  let ids: { olga: number; stan: number };

  beforeAll(async () => {
    site = await startTestSite({}, dialect);
    ({ db } = site.site);
    [olga, stan] = [await site.member('olga'), await site.member('stan')];
    ids = { olga: await idOf(db, olga), stan: await idOf(db, stan) };
  });
  afterAll(() => site.end());
  beforeEach(async () => {
    for (const table of ['many', 'board_images', 'images', 'boards']) await db(table).delete();
    await db('list_counts').delete();
  });

  const plant = (many: number, about: Partial<Planted> = {}) =>
    plantImages(
      db,
      Array.from({ length: many }, () => ({ ownerId: ids.olga, visibility: 'public' as const, ...about })),
    );
  const change = async (form: object, who = olga): Promise<ManyJson> => {
    const { status, body } = await who.post('/images/many', { ...form }, { json: true, as: 'json' });
    expect([body.error, status < 300]).toEqual([undefined, true]);
    // Its job finds nothing left to do; a test that makes work for it again must not be overtaken.
    await site.settled();
    return body.many;
  };
  const undo = async ({ id }: ManyJson): Promise<ManyJson> =>
    (await olga.post(`/images/many/${id}/undo`, {}, { json: true })).body.many;
  const now = async ({ id }: ManyJson): Promise<ManyJson> =>
    (await olga.get(`/images/many/${id}`, { json: true })).body.many;
  const column = async (name: string, of: readonly number[]) =>
    (await db('images').whereIn('id', of).orderBy('id').pluck(name)) as unknown[];
  const inFeed = async (who: Member): Promise<number[]> =>
    (await who.get('/images', { json: true })).body.images.map(({ id }: ImageJson) => id);

  test('who may see them: done at once, with new addresses for their bytes, and all as it was after undoing', async () => {
    const [one = 0, two = 0, three = 0] = await plant(3);
    await olga.post(`/images/${two}/edit`, { visibility: 'members' }, { json: true });
    await olga.post(`/images/${three}/edit`, { visibility: 'private' }, { json: true });
    await plantFiles(db, one);
    const key = async () => (await db('files').where({ image_id: one, tier: 'high' }).first('public_key')).public_key;
    const before = await key();
    const made = await change({ ids: [one, two, three], action: 'private' });
    expect(made).toMatchObject({ state: 'done', total: 3, done: 3, changed: 2, same: 1, refused: 0, others: 0 });
    expect(await column('visibility', [one, two, three])).toEqual(['private', 'private', 'private']);
    expect(await key()).not.toBe(before);
    expect(await inFeed(stan)).toEqual([]);
    expect(await undo(made)).toMatchObject({ state: 'undone', undone: 2, kept: 0 });
    expect(await column('visibility', [one, two, three])).toEqual(['public', 'members', 'private']);
    expect(await inFeed(stan)).toEqual([two, one]);
  });

  test('a form that names as many as stand on a page, and a script’s that names a thousand and more', async () => {
    const planted = await plant(1200);
    for (const many of [41, 1200]) {
      const { status, body } = await olga.post(
        '/images/many',
        { ids: planted.slice(0, many).map(String), action: 'nameless' },
        { json: true, as: 'form' },
      );
      expect([many, body.error, status < 300, body.many?.total]).toEqual([many, undefined, true, many]);
      await site.settled();
    }
  });

  test('the name, tags, a board and the bin, each with its way back', async () => {
    const [one = 0, two = 0] = await plant(2);
    await olga.post(`/images/${one}/edit`, { tags: 'owl' }, { json: true });
    await olga.post('/boards', { title: 'Birds', visibility: 'public' }, { json: true });
    const tags = async (id: number) => ((await olga.image(id)) as unknown as { tags: string[] }).tags;
    const onBoard = async () =>
      (await olga.get('/people/olga/boards/birds', { json: true })).body.images.map(({ id }: ImageJson) => id);
    const chosen = { ids: [one, two] };

    const nameless = await change({ ...chosen, action: 'nameless' });
    expect(await column('show_name', [one, two]).then((all) => all.map(Boolean))).toEqual([false, false]);
    await undo(nameless);
    expect(await column('show_name', [one, two]).then((all) => all.map(Boolean))).toEqual([true, true]);

    const tagged = await change({ ...chosen, action: 'tag', tags: 'Owl, night' });
    expect([await tags(one), await tags(two)]).toEqual([
      ['night', 'owl'],
      ['night', 'owl'],
    ]);
    await undo(tagged);
    expect([await tags(one), await tags(two)]).toEqual([['owl'], []]);
    const untagged = await change({ ...chosen, action: 'untag', tags: 'OWL' });
    expect([untagged.changed, untagged.same, await tags(one)]).toEqual([1, 1, []]);
    await undo(untagged);
    expect(await tags(one)).toEqual(['owl']);

    const filed = await change({ ...chosen, action: 'file', board: 'birds' });
    expect((await onBoard()).toSorted()).toEqual([one, two]);
    const off = await change({ ids: [one], action: 'unfile', board: 'birds' });
    expect(await onBoard()).toEqual([two]);
    await undo(off);
    expect((await onBoard()).toSorted()).toEqual([one, two]);
    await undo(filed);
    expect(await onBoard()).toEqual([]);

    const binned = await change({ ...chosen, action: 'delete' });
    expect(await inFeed(stan)).toEqual([]);
    await undo(binned);
    expect(await inFeed(stan)).toEqual([two, one]);
    await change({ ...chosen, action: 'delete' });
    const restored = await change({ ...chosen, action: 'restore' });
    expect([restored.changed, await inFeed(stan)]).toEqual([2, [two, one]]);
  });

  test('others’ images are left alone and counted, and what the rule forbids is said', async () => {
    const [mine = 0] = await plant(1);
    const [theirs = 0] = await plant(1, { ownerId: ids.stan });
    const [pinned = 0] = await plant(1, { visibility: 'private', more: { nopin: true } });
    const [gone = 0] = await plant(1, { binnedAt: 1 });
    const made = await change({ ids: [mine, theirs, pinned, gone, 999_999], action: 'members' });
    expect(made).toMatchObject({ total: 3, changed: 1, refused: 2, others: 2, same: 0 });
    expect(await column('visibility', [theirs, pinned])).toEqual(['public', 'private']);
    const { $ } = await olga.see(made.url);
    expect($('main').text()).toContain('2 were not yours, or are gone.');
    expect((await stan.get(made.url)).status).toBe(404);
    expect((await stan.post(`${made.url}/undo`, {}, { json: true })).status).toBe(404);
  });

  test('two hundred of a list, though only a page of it is shown, go on behind one’s back', async () => {
    const planted = await plant(200);
    const { status, body } = await olga.post(
      '/images/many',
      { all: '1', list: 'own', action: 'private' },
      { json: true },
    );
    expect([status, body.many.total]).toEqual([202, 200]);
    await site.settled();
    expect(await now(body.many)).toMatchObject({ state: 'done', done: 200, changed: 200 });
    expect(new Set(await column('visibility', planted))).toEqual(new Set(['private']));
    await olga.post(`/images/many/${body.many.id}/undo`, {}, { json: true });
    await site.settled();
    expect(await now(body.many)).toMatchObject({ state: 'undone', undone: 200 });
    expect(await inFeed(stan)).toHaveLength(16);
  });

  test('what was changed again since stays, and undoing twice is undoing once', async () => {
    const [one = 0, two = 0] = await plant(2);
    const made = await change({ ids: [one, two], action: 'private' });
    await olga.post(`/images/${one}/edit`, { visibility: 'members' }, { json: true });
    expect(await undo(made)).toMatchObject({ state: 'undone', undone: 1, kept: 1 });
    expect(await undo(made)).toMatchObject({ state: 'undone', undone: 1, kept: 1 });
    expect(await column('visibility', [one, two])).toEqual(['members', 'public']);
  });

  test('two that do the same part at once do it once', async () => {
    const planted = await plant(20);
    const { many } = (
      await olga.post('/images/many', { ids: planted.join(','), action: 'tag', tags: 'x' }, { json: true })
    ).body as { many: ManyJson };
    await site.settled();
    await db('many_images').where({ many_id: many.id }).update({ state: 'todo' });
    for (const id of planted) await olga.post(`/images/${id}/edit`, { tags: '' }, { json: true });
    await Promise.all([
      changeMany(db, many.id, 'private'),
      changeMany(db, many.id, 'private'),
      changeMany(db, many.id, 'private'),
    ]);
    expect(await now(many)).toMatchObject({ state: 'done', changed: 20, same: 0 });
    expect(Number((await db('tags').where({ name: 'x' }).first('members')).members)).toBe(20);
  });

  test('what was cut off in the middle goes on where it was, and does nothing twice', async () => {
    const planted = await plant(120);
    await db('jobs').delete();
    const answer = await stan.get('/images');
    expect(answer.status).toBe(200);
    const [row] = await db('many')
      .insert({ account_id: ids.olga, action: 'private', value: '{}', created_at: Date.now() })
      .returning('id');
    const id = Number(row.id);
    for (let at = 0; at < planted.length; at += 60)
      await db('many_images').insert(
        planted.slice(at, at + 60).map((image_id) => ({ many_id: id, image_id, state: 'todo' })),
      );
    await changeMany(db, id, 'private');
    const half = await now({ id } as ManyJson);
    // A slow machine comes to the end of its turn before it comes to fifty.
    expect(half.state).toBe('doing');
    expect(half.done).toBeGreaterThan(0);
    expect(half.done).toBeLessThanOrEqual(50);
    site.site.wake();
    await site.settled();
    expect(await now({ id } as ManyJson)).toMatchObject({ state: 'done', changed: 120 });
  });

  test('a part of it that is still being done is not undone, and after a day nothing is', async () => {
    const planted = await plant(2);
    const made = await change({ ids: planted, action: 'private' });
    await db('many_images').where({ many_id: made.id, image_id: planted[0] }).update({ state: 'todo' });
    const early = await olga.post(`${made.url}/undo`, {}, { json: true });
    expect([early.status, early.body.error.code]).toEqual([409, 'under_way']);
    await db('many_images').where({ many_id: made.id }).update({ state: 'changed' });
    await db('many')
      .where({ id: made.id })
      .decrement('created_at', 25 * 60 * 60 * 1000);
    const late = await olga.post(`${made.url}/undo`, {}, { json: true });
    expect([late.status, late.body.error.code]).toEqual([410, 'over']);
    await db('many')
      .where({ id: made.id })
      .decrement('created_at', 25 * 60 * 60 * 1000);
    await sweepMany(db);
    expect((await olga.get(made.url)).status).toBe(404);
    expect(await db('many_images').where({ many_id: made.id })).toEqual([]);
  });

  test('what a search finds among one’s own is chosen from, and all of it is changed', async () => {
    const [owl = 0] = await plant(1, { more: { title: 'Owl' } });
    const [other = 0] = await plant(1, { more: { title: 'Heron' } });
    await plant(1, { ownerId: ids.stan, more: { title: 'Owl of Stan' } });
    const { body } = await olga.get('/images/many?list=search&q=owl', { json: true });
    expect(body.images.map(({ title }: ImageJson) => title)).toEqual(['Owl']);
    await change({ all: true, list: 'search', q: 'owl', action: 'private' });
    expect(await column('visibility', [owl, other])).toEqual(['private', 'public']);
  });

  test('the page to choose on takes three queries, however many there are, and goes on by key', async () => {
    const planted = await plant(60);
    expect(await queriesOf(db, () => olga.get('/images/many'))).toHaveLength(3);
    const first = (await olga.get('/images/many', { json: true })).body;
    expect(first.images.map(({ id }: ImageJson) => id)).toEqual(planted.toReversed().slice(0, 48));
    const second = (await olga.get(first.next, { json: true })).body;
    expect([second.images.length, second.next]).toEqual([12, null]);
  });

  test('the originals come as a zip that is written while it is read', async () => {
    const pictures = [await picture({ seed: 61 }), await picture({ seed: 62, format: 'png' })];
    const saved: ImageJson[] = [];
    for (const [n, bytes] of pictures.entries())
      saved.push(
        (await olga.post('/images/create', { title: n ? 'Heron' : 'Owl' }, { json: true, file: { bytes } })).body.image,
      );
    const chosen = saved.map(({ id }) => id).join(',');
    const form = { ids: chosen, action: 'zip' };
    const answer = await download(addressOf(site.server), olga, '/images/many', {}, form);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="bowerbird-2.zip"');
    const [owl, heron] = saved;
    expect(await unzip(answer.bytes)).toEqual(
      new Map([
        [`${owl?.id}-owl.jpg`, pictures[0]],
        [`${heron?.id}-heron.png`, pictures[1]],
      ]),
    );
    const none = await stan.post('/images/many', { ids: chosen, action: 'zip' }, { json: true });
    expect([none.status, none.body.error.field]).toEqual([422, 'ids']);
  });

  test('a zip of many is read one after the other, and leaves nothing listening', async () => {
    const { id } = await olga.save({ title: 'Owl' });
    const original = await db('files').where({ image_id: id, tier: 'original' }).first();
    const planted = await plant(30);
    await db('files').insert(
      planted.map((image_id) => ({ ...original, image_id, public_key: `${image_id}`.padEnd(43, 'x') })),
    );
    const warnings: string[] = [];
    const note = ({ name }: Error) => void warnings.push(name);
    process.on('warning', note);
    try {
      const form = { ids: [id, ...planted].join(','), action: 'zip' };
      const { bytes } = await download(addressOf(site.server), olga, '/images/many', {}, form);
      const files = await unzip(bytes);
      expect([files.size, new Set([...files.values()].map(({ length }) => length)).size]).toEqual([31, 1]);
    } finally {
      process.off('warning', note);
    }
    expect(warnings).toEqual([]);
  });

  test.each([
    ['ids', { action: 'private' }],
    ['ids', { action: 'private', ids: 'one' }],
    ['ids', { action: 'private', ids: '0,-1' }],
    ['action', { ids: '1' }],
    ['action', { ids: '1', action: 'explode' }],
    ['tags', { ids: '1', action: 'tag' }],
    ['tags', { ids: '1', action: 'tag', tags: 'x'.repeat(60) }],
    ['board', { ids: '1', action: 'file' }],
    ['board', { ids: '1', action: 'file', board: 'nowhere' }],
    ['list', { all: '1', list: 'others', action: 'private' }],
  ])('%s is named where it is wrong: %j', async (field, form) => {
    const { status, body } = await olga.post('/images/many', form, { json: true });
    expect([status, body.error.field]).toEqual([422, field]);
    expect((await olga.post('/images/many', form)).status).toBe(422);
  });

  test('more than ten thousand, or a fourth beside three under way, are refused with a sentence', async () => {
    const ids = Array.from({ length: 10_001 }, (_, n) => n + 1);
    const many = await olga.post('/images/many', { ids, action: 'private' }, { json: true, as: 'json' });
    expect([many.status, many.body.error.field]).toEqual([422, 'ids']);
    const [one = 0] = await plant(1);
    for (let n = 0; n < 3; n++) {
      const made = await change({ ids: [one], action: n % 2 ? 'public' : 'private' });
      await db('many_images').where({ many_id: made.id }).update({ state: 'todo' });
    }
    await db('jobs').where({ kind: 'changeMany' }).delete();
    const fourth = await olga.post('/images/many', { ids: [one], action: 'private' }, { json: true, as: 'json' });
    expect([fourth.status, fourth.body.error.code]).toEqual([429, 'under_way']);
  });
});
