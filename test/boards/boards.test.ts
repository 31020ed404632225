import { createBoard, forget, moveOnBoard, purgeBoards, putOnBoard, STEPS } from '../../src/boards/index.ts';
import type { Dialect } from '../../src/db/index.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

interface BoardJson {
  slug: string;
  title: string;
  username: string;
  visibility: string;
  images: number;
  url: string;
  description?: string;
  followers?: number;
  image_visibility?: string | null;
  parent?: string | null;
  inside?: string[];
}

describe.each<Dialect>(['sqlite', 'postgres'])('boards on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let bob: Member;
  /** Five images of ann's, newest last. */
  let images: ImageJson[];

  beforeAll(async () => {
    site = await startTestSite({ OPEN_GALLERY: 'yes', ROLE: 'web' }, dialect);
    ann = await site.member('ann');
    bob = await site.member('bob');
    images = [];
    for (let n = 0; n < 5; n += 1) images.push(await ann.save({ title: `Find ${n}`, visibility: 'public' }));
  });
  afterAll(() => site.end());

  const json = async (who: Pick<Member, 'get'>, path: string) => {
    const { status, body } = await who.get(path, { json: true });
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const post = async (who: Member, path: string, form: Record<string, unknown>, wanted = 200) => {
    const { status, body } = await who.post(path, form, { json: true });
    expect([path, form, status, body.error ?? null]).toEqual([
      path,
      form,
      wanted,
      wanted < 300 ? null : expect.anything(),
    ]);
    return body;
  };
  let made = 0;
  const make = async (form: Record<string, unknown> = {}, who = ann): Promise<BoardJson> => {
    made += 1;
    return (await post(who, '/boards', { title: `Board ${made}`, ...form }, 201)).board;
  };
  const idsOn = async (path: string, who: Pick<Member, 'get'> = ann): Promise<number[]> =>
    (await json(who, path)).images.map(({ id }: ImageJson) => id);
  /** A board of ann's with her five images, the last one on top. */
  const full = async (form: Record<string, unknown> = {}): Promise<BoardJson> => {
    const board = await make(form);
    for (const { id } of images) await putOnBoard(site.site.db, 1, await numberOf(board), id);
    return board;
  };
  const numberOf = async ({ slug }: BoardJson): Promise<number> =>
    Number((await site.site.db('boards').where({ owner_id: 1, slug }).first('id')).id);
  const numbers = (...order: number[]) => order.map((n) => images[n]?.id ?? 0);

  test('a board is made, and has the address of its name; the next of that name another', async () => {
    const first = await make({ title: 'Blaue Dinge, groß & klein', description: 'All of it', visibility: 'public' });
    expect(first).toEqual({
      slug: 'blaue-dinge-groß-klein',
      title: 'Blaue Dinge, groß & klein',
      username: 'ann',
      visibility: 'public',
      images: 0,
      url: `/people/ann/boards/${encodeURIComponent('blaue-dinge-groß-klein')}`,
      description: 'All of it',
      followers: 0,
      following: false,
      people: [],
      parent: null,
      inside: [],
      image_visibility: null,
    });
    const second = await make({ title: 'Blaue Dinge, groß & klein' });
    expect([second.slug, second.visibility]).toEqual(['blaue-dinge-groß-klein-2', 'members']);
    expect((await make({ title: '✨' })).slug).toBe('board');
    expect((await make({ title: 'Image' })).slug).toBe('image');
    // Somebody else's boards have addresses of their own.
    expect((await make({ title: 'Image' }, bob)).slug).toBe('image');
    const made = await Promise.all(Array.from({ length: 5 }, () => make({ title: 'At once' })));
    expect(made.map(({ slug }) => slug).sort()).toEqual(['at-once', ...[2, 3, 4, 5].map((n) => `at-once-${n}`)]);
  });

  test('what a board cannot be is said at its field', async () => {
    for (const [form, field] of [
      [{ title: '' }, 'title'],
      [{ title: '   ' }, 'title'],
      [{}, 'title'],
      [{ title: 'x'.repeat(501) }, 'title'],
      [{ title: 'a\u202eb' }, 'title'],
      [{ title: 'x', description: 'y'.repeat(5001) }, 'description'],
      [{ title: 'x', visibility: 'secret' }, 'visibility'],
    ] as const) {
      const { error } = await post(ann, '/boards', form, 422);
      expect([form, error.field]).toEqual([form, field]);
    }
    const page = await ann.posted('/boards', { title: '', description: 'Kept', visibility: 'private' });
    expect([page.status, page.$('#title-error').text()]).toEqual([422, 'A board needs a name.']);
    expect([page.$('#description').val(), page.$('[name=visibility]:checked').val()]).toEqual(['Kept', 'private']);
  });

  test('an image is saved into a board, an own one, by its address or a new name', async () => {
    const board = await make();
    const image = await ann.save({ board: board.slug });
    const into = await ann.save({ board_title: board.title.toUpperCase() });
    expect(await idsOn(board.url)).toEqual([into.id, image.id]);
    const named = await ann.save({ board_title: 'Made while saving' });
    expect(await idsOn('/people/ann/boards/made-while-saving')).toEqual([named.id]);
    const before = (await json(ann, '/people/ann')).person.images;
    for (const slug of ['nothing', 'at-once/../x', (await make({ title: 'Of Bob' }, bob)).slug]) {
      const answer = await ann.post('/images/create', { board: slug, url: 'https://images.example/a' }, { json: true });
      expect([slug, answer.status, answer.body.error.field]).toEqual([slug, 422, 'board']);
    }
    expect((await json(ann, '/people/ann')).person.images).toBe(before);
    const form = await ann.see(`/images/create?board=${board.slug}&url=https://images.example/?board=x`);
    expect([form.$('#board').val(), form.$('#url').val()]).toEqual([board.slug, 'https://images.example/?board=x']);
  });

  test('a board says who sees what is saved into it, unless the form does', async () => {
    const board = await make();
    await post(ann, `${board.url}/edit`, { image_visibility: 'private' });
    expect((await ann.save({ board: board.slug })).visibility).toBe('private');
    expect((await ann.save({ board: board.slug, visibility: 'public' })).visibility).toBe('public');
    const form = await ann.see(`/images/create?board=${board.slug}`);
    expect(form.$('[name=visibility]:checked').val()).toBe('private');
    await post(ann, `${board.url}/edit`, { image_visibility: '' });
    expect((await ann.save({ board: board.slug })).visibility).toBe('members');
  });

  test('images of others and of one’s own are put on boards from their page, and taken off', async () => {
    const [image] = images;
    const filing = `/images/${image?.id}/boards`;
    const board = await make({ title: 'Bob keeps' }, bob);
    expect(await post(bob, filing, { action: 'add', board: board.slug })).toMatchObject({
      on: true,
      board: { slug: 'bob-keeps', images: 1 },
    });
    await post(bob, filing, { action: 'add', board: board.slug });
    expect(await idsOn(board.url)).toEqual([image?.id]);
    const { body } = await ann.get(image?.url ?? '', { json: true });
    expect(body.image.boards).toContainEqual({ ...pick(board), images: 1 });
    const page = await bob.see(image?.url ?? '');
    expect(page.$('.filing .chip').text()).toContain('Bob keeps');
    expect(page.$('.filing-board[value=remove]').attr('aria-label')).toBe('Take off Bob keeps');
    await post(bob, filing, { title: 'Of a new name' });
    expect(await idsOn('/people/bob/boards/of-a-new-name')).toEqual([image?.id]);
    await post(bob, filing, { title: 'of a NEW name' });
    expect(
      (await json(bob, '/people/bob/boards')).boards.filter(({ slug }: BoardJson) => /new/.test(slug)),
    ).toHaveLength(1);
    expect(await post(bob, filing, { action: 'remove', board: board.slug })).toMatchObject({ on: false });
    expect(await idsOn(board.url)).toEqual([]);
    expect((await post(bob, filing, { action: 'remove', board: board.slug }, 404)).error.code).toBe('not_found');
    expect((await post(bob, filing, { board: 'ann/board' }, 422)).error.field).toBe('board');
    expect((await post(bob, filing, {}, 422)).error.field).toBe('board');
    expect((await bob.post('/images/999999/boards', { title: 'x' }, { json: true })).status).toBe(404);
  });

  test('a board is ordered by steps and by placing one beside another', async () => {
    const board = await full();
    const act = (action: string, image: number, more = {}) =>
      post(ann, `${board.url}/images`, { action, image: images[image]?.id, ...more });
    expect(await idsOn(board.url)).toEqual(numbers(4, 3, 2, 1, 0));
    await act('top', 1);
    expect(await idsOn(board.url)).toEqual(numbers(1, 4, 3, 2, 0));
    await act('up', 2);
    await act('up', 1);
    expect(await idsOn(board.url)).toEqual(numbers(1, 4, 2, 3, 0));
    await act('down', 4);
    await act('down', 0);
    expect(await idsOn(board.url)).toEqual(numbers(1, 2, 4, 3, 0));
    await act('bottom', 2);
    expect(await idsOn(board.url)).toEqual(numbers(1, 4, 3, 0, 2));
    await act('above', 0, { other: images[4]?.id });
    await act('below', 1, { other: images[3]?.id });
    expect(await idsOn(board.url)).toEqual(numbers(0, 4, 3, 1, 2));
    await act('above', 4, { other: images[4]?.id });
    await act('remove', 3);
    expect(await idsOn(board.url)).toEqual(numbers(0, 4, 1, 2));
    const gone = await post(
      ann,
      `${board.url}/images`,
      { action: 'above', image: images[0]?.id, other: images[3]?.id },
      409,
    );
    expect(gone.error).toMatchObject({ code: 'moved', field: 'other' });
    await post(ann, `${board.url}/images`, { action: 'up', image: images[3]?.id }, 404);
    expect(await idsOn(board.url)).toEqual(numbers(0, 4, 1, 2));
  });

  test('strange orders are refused with a sentence', async () => {
    const board = await full();
    for (const [form, status, field] of [
      [{ action: 'sideways', image: images[0]?.id }, 422, 'action'],
      [{ image: images[0]?.id }, 422, 'action'],
      [{ action: 'up' }, 422, 'image'],
      [{ action: 'up', image: 'x' }, 422, 'image'],
      [{ action: 'up', image: '-1' }, 422, 'image'],
      [{ action: 'up', image: '1e400' }, 422, 'image'],
      [{ action: 'up', image: '9'.repeat(30) }, 422, 'image'],
      [{ action: 'above', image: images[0]?.id }, 422, 'other'],
      [{ action: 'add', image: 999_999 }, 404, null],
    ] as const) {
      const { error } = await post(ann, `${board.url}/images`, form, status);
      expect([form, error.field]).toEqual([form, field]);
    }
    expect(await idsOn(board.url)).toEqual(numbers(4, 3, 2, 1, 0));
  });

  test('however often one is moved into the same gap, the order is what was asked for', async () => {
    const board = await full();
    const { db } = site.site;
    const id = await numberOf(board);
    let order = numbers(4, 3, 2, 1, 0);
    // The last one always goes to the second place: each time the gap there is halved.
    for (let n = 0; n < 45; n += 1) {
      const [top = 0, ...rest] = order;
      const last = rest.pop() ?? 0;
      await moveOnBoard(db, 1, id, last, { side: 'below', other: top });
      order = [top, last, ...rest];
    }
    expect(await idsOn(board.url)).toEqual(order);
    const places = await db('board_images').where({ board_id: id }).orderBy('position', 'desc').pluck('position');
    expect(new Set(places).size).toBe(5);
    expect((await json(ann, board.url)).board.images).toBe(5);
  });

  test('many orders at once are all taken, one after the other', async () => {
    const board = await full();
    const id = await numberOf(board);
    const steps = images.flatMap((image) => STEPS.map((step) => ({ image: image.id, move: { step } })));
    const sides = images.map((image, n) => ({
      image: image.id,
      move: { side: 'above' as const, other: images[(n + 1) % 5]?.id ?? 0 },
    }));
    await Promise.all([...steps, ...sides].map(({ image, move }) => moveOnBoard(site.site.db, 1, id, image, move)));
    expect((await idsOn(board.url)).sort()).toEqual(numbers(0, 1, 2, 3, 4).sort());
    expect((await json(ann, board.url)).board.images).toBe(5);
  });

  test('an image that goes while its board is ordered is counted once', async () => {
    const board = await make({ visibility: 'public' });
    const some = [];
    for (let n = 0; n < 4; n += 1) some.push(await ann.save({ board: board.slug, visibility: 'public' }));
    await Promise.all(
      some.flatMap(({ id }, n) => [
        ann.post(`${board.url}/images`, { action: 'top', image: id }, { json: true }),
        ann.post(`/images/${id}/edit`, { visibility: n % 2 ? 'private' : 'members' }, { json: true }),
        ann.post(`${board.url}/images`, { action: 'bottom', image: id }, { json: true }),
      ]),
    );
    const counted = async (who: Pick<Member, 'get'>) => [
      (await json(who, board.url)).board.images,
      (await idsOn(board.url, who)).length,
    ];
    expect([await counted(ann), await counted(bob), await counted(site.visitor())]).toEqual([
      [4, 4],
      [2, 2],
      [0, 0],
    ]);
  });

  test('with another name a board has another address, and the old one leads there', async () => {
    const board = await make({ title: 'Früher' });
    const { board: changed } = await post(ann, `${board.url}/edit`, { title: 'Später', description: 'Of it' });
    expect([changed.slug, changed.description]).toEqual(['spater', 'Of it']);
    const old = await bob.get(board.url);
    expect([old.status, old.headers['location']]).toEqual([301, '/people/ann/boards/spater']);
    await post(ann, `${changed.url}/edit`, { visibility: 'private' });
    expect((await bob.get(board.url)).status).toBe(404);
    // A new board takes the address that was given up.
    await make({ title: 'Früher' });
    expect((await ann.get(board.url)).status).toBe(200);
    const { board: back } = await post(ann, `${changed.url}/edit`, { title: 'Später!' });
    expect(back.slug).toBe('spater');
  });

  test('boards lie in each other one level deep', async () => {
    const [outer, inner, other] = [await make(), await make(), await make()];
    const into = (board: BoardJson, parent: string, status = 200) => post(ann, `${board.url}/edit`, { parent }, status);
    expect((await into(inner, outer.slug)).board.parent).toBe(outer.url);
    expect((await json(ann, outer.url)).board.inside).toEqual([inner.url]);
    const page = await bob.see(outer.url);
    expect(page.$('.inside a').attr('href')).toBe(inner.url);
    for (const [board, parent] of [
      [outer, other.slug],
      [other, inner.slug],
      [other, other.slug],
      [other, 'nothing'],
      [other, 'image-of-bob'],
    ] as const)
      expect((await into(board, parent, 422)).error.field).toBe('parent');
    const crossed = await Promise.all([make(), make()]);
    const both = await Promise.all(
      crossed.map(({ url }, n) => ann.post(`${url}/edit`, { parent: crossed[1 - n]?.slug }, { json: true })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    await post(ann, `${outer.url}/delete`, {});
    expect((await json(ann, inner.url)).board.parent).toBeNull();
    expect((await into(inner, outer.slug, 422)).error.field).toBe('parent');
  });

  test('a cover is chosen from what stands there, and gives way to the first where it cannot be seen', async () => {
    const board = await full({ visibility: 'public' });
    const coverOf = async (who: Pick<Member, 'see'>) => {
      const page = await who.see('/people/ann/boards');
      return page.$(`a[href="${board.url}"] .picture`).attr('src');
    };
    const high = async (n: number) => Object.values((await ann.image(images[n]?.id ?? 0)).tiers).map(({ url }) => url);
    expect(await high(4)).toContain(await coverOf(bob));
    await post(ann, `${board.url}/images`, { action: 'cover', image: images[2]?.id });
    expect(await high(2)).toContain(await coverOf(bob));
    await post(ann, `/images/${images[2]?.id}/edit`, { visibility: 'private' });
    expect(await high(4)).toContain(await coverOf(bob));
    expect(await high(2)).toContain(await coverOf(ann));
    await post(ann, `/images/${images[2]?.id}/edit`, { visibility: 'public' });
    await post(ann, `${board.url}/images`, { action: 'remove', image: images[2]?.id });
    expect(await high(4)).toContain(await coverOf(ann));
    const { error } = await post(ann, `${board.url}/edit`, { cover: images[2]?.id }, 422);
    expect(error.field).toBe('cover');
  });

  test('a board is followed once, however often, and no more', async () => {
    const board = await make({ visibility: 'public' });
    const follow = (action: string, who = bob) => post(who, `${board.url}/follow`, { action });
    await Promise.all(Array.from({ length: 4 }, () => bob.post(`${board.url}/follow`, { action: 'follow' })));
    expect(await follow('follow')).toEqual({ following: true, followers: 1 });
    expect((await json(bob, board.url)).board).toMatchObject({ following: true, followers: 1 });
    expect((await bob.see(board.url)).$('button[name=action]').attr('value')).toBe('unfollow');
    expect(await follow('unfollow')).toEqual({ following: false, followers: 0 });
    expect(await follow('unfollow')).toEqual({ following: false, followers: 0 });
    expect((await post(bob, `${board.url}/follow`, { action: 'toggle' }, 422)).error.field).toBe('action');
    await post(ann, `${board.url}/edit`, { visibility: 'private' });
    await post(bob, `${board.url}/follow`, { action: 'follow' }, 404);
  });

  test('a deleted board is gone for everyone, its images are not, and it comes back as it was', async () => {
    const board = await full({ visibility: 'public' });
    const listed = async (who: Pick<Member, 'get'>) =>
      (await json(who, '/people/ann/boards')).boards.some(({ url }: BoardJson) => url === board.url);
    expect(await post(ann, `${board.url}/delete`, {})).toEqual({ deleted: true });
    for (const who of [ann, bob, site.visitor()]) {
      expect((await who.get(board.url)).status).toBe(404);
      expect(await listed(who)).toBe(false);
    }
    expect((await bob.get(images[0]?.url ?? '')).status).toBe(200);
    const bin = await json(ann, '/boards/bin');
    expect(bin.boards.map(({ url }: BoardJson) => url)).toContain(board.url);
    expect((await json(bob, '/boards/bin')).boards).toEqual([]);
    await post(bob, `${board.url}/restore`, {}, 404);
    await post(ann, `${board.url}/restore`, {});
    expect(await idsOn(board.url, bob)).toEqual(numbers(4, 3, 2, 1, 0));
    expect(await listed(bob)).toBe(true);
    await post(ann, `${board.url}/restore`, {}, 404);
  });

  test('lists of boards have 16 a page, by number and by key, newest first', async () => {
    await site.member('cat');
    const urls: string[] = [];
    const { id } = await site.site.db('accounts').where({ username: 'cat' }).first('id');
    for (let n = 0; n < 20; n += 1) {
      const form = { title: `Cat ${n}`, description: '', visibility: 'members' as const };
      await createBoard(site.site.db, Number(id), form);
      urls.unshift(`/people/cat/boards/cat-${n}`);
    }
    const first = await json(bob, '/people/cat/boards');
    const urlsOf = ({ boards }: { boards: BoardJson[] }) => boards.map(({ url }) => url);
    expect([urlsOf(first), first.page, first.pages]).toEqual([urls.slice(0, 16), 1, 2]);
    const second = await json(bob, '/people/cat/boards?page=2');
    expect([urlsOf(second), second.next]).toEqual([urls.slice(16), null]);
    const after = await json(bob, first.next);
    expect([urlsOf(after), after.page]).toEqual([urls.slice(16), null]);
    expect(urlsOf(await json(ann, '/boards'))).toEqual(urls.slice(0, 16));
    expect(urlsOf(await json(bob, '/people/cat/boards?page=99'))).toEqual([]);
    for (const path of ['/boards', '/people/cat/boards', urls[0] ?? '']) {
      for (const page of ['0', '-1', 'x']) expect((await bob.get(`${path}?page=${page}`)).status).toBe(404);
      for (const cursor of ['', '%00', 'zzzzzzzzzzzzzz', '1-2-3'])
        expect((await bob.get(`${path}?after=${cursor}`)).status).toBe(422);
      expect((await bob.get(`${path}?page=999999999999999`)).status).toBe(200);
    }
  });

  test('a board whose owner left is gone with all of it, and so is what they followed', async () => {
    const dan = await site.member('dan');
    const board = await make({ visibility: 'public', title: 'Dan' }, dan);
    await post(dan, `/images/${images[0]?.id}/boards`, { board: board.slug });
    const kept = await make({ visibility: 'public' });
    await post(dan, `${kept.url}/follow`, { action: 'follow' });
    await post(bob, `${board.url}/follow`, { action: 'follow' });
    const { db } = site.site;
    const id = Number((await db('accounts').where({ username: 'dan' }).first('id')).id);
    await forget(db, id);
    await forget(db, id);
    expect((await bob.get(board.url)).status).toBe(404);
    expect((await json(bob, kept.url)).board.followers).toBe(0);
    const left = await db('list_counts').where('list', 'like', 'board%').where('n', '<', 0);
    expect(left).toEqual([]);
    expect(await db('list_counts').where('list', 'like', `boards:%:${id}%`)).toEqual([]);
    await post(ann, `${kept.url}/delete`, {});
    expect(await purgeBoards(db, 0, Date.now() + 1000)).toBeGreaterThan(0);
    expect((await json(ann, '/boards/bin')).boards).toEqual([]);
  });
});

const pick = ({ slug, title, username, visibility, images, url }: BoardJson) => ({
  slug,
  title,
  username,
  visibility,
  images,
  url,
});
