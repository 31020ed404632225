import type { Db, Dialect } from '../../src/db/index.ts';
import { idOf } from '../support/life.ts';
import { plantImages } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

interface BoardJson {
  slug: string;
  url: string;
  people?: string[];
}

describe.each<Dialect>(['sqlite', 'postgres'])('a board that several work on, on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let ann: Member;
  let bob: Member;
  let eve: Member;
  let ids: { ann: number; bob: number };

  beforeAll(async () => {
    site = await startTestSite({ OPEN_GALLERY: 'yes', ROLE: 'web' }, dialect);
    ({ db } = site.site);
    [ann, bob, eve] = [await site.member('ann'), await site.member('bob'), await site.member('eve')];
    ids = { ann: await idOf(db, ann), bob: await idOf(db, bob) };
  });
  afterAll(() => site.end());
  beforeEach(async () => {
    await db('blocks').delete();
  });

  let made = 0;
  const make = async (form: object = {}): Promise<BoardJson> =>
    (await ann.post('/boards', { title: `Board ${++made}`, visibility: 'private', ...form }, { json: true })).body
      .board;
  const post = (who: Visitor, path: string, form: object) => who.post(path, { ...form }, { json: true });
  const invite = (board: BoardJson, username: string, who: Visitor = ann) =>
    post(who, `${board.url}/people`, { action: 'invite', username });
  const answer = (who: Visitor, board: BoardJson, action: string) => post(who, `${board.url}/invitation`, { action });
  const plant = async (ownerId: number, visibility: 'public' | 'members' | 'private') =>
    (await plantImages(db, [{ ownerId, visibility }]))[0] ?? 0;
  const file = (who: Member, id: number, board: string, action = 'add') =>
    post(who, `/images/${id}/boards`, { board, action });
  const onBoard = async (who: Visitor, board: BoardJson): Promise<number[]> => {
    const { status, body } = await who.get(board.url, { json: true });
    return status === 200 ? body.images.map(({ id }: ImageJson) => id) : [];
  };
  const together = async (form: object = {}): Promise<BoardJson> => {
    const board = await make(form);
    expect((await invite(board, 'bob')).status).toBe(200);
    expect((await answer(bob, board, 'accept')).status).toBe(200);
    return board;
  };

  test('whoever is asked finds the invitation among their notices, and the board once they accept', async () => {
    const board = await make({ title: 'Herons' });
    expect((await bob.get(board.url)).status).toBe(404);
    await invite(board, 'Bob');
    const { $ } = await bob.see('/account/notices');
    expect($('.invitation').text()).toContain('ann asks you to work on the board');
    expect($('.invitation a').attr('href')).toBe(board.url);
    const page = await bob.see(board.url);
    expect([page.status, page.$('.invitation').length]).toEqual([200, 1]);
    expect((await eve.get(board.url)).status).toBe(404);
    const { status, body } = await answer(bob, board, 'accept');
    expect([status, body.works, body.board.people]).toEqual([200, true, ['bob']]);
    expect((await bob.see('/account/notices')).$('.invitation')).toHaveLength(0);
    const { boards } = (await bob.get('/boards', { json: true })).body as { boards: BoardJson[] };
    expect(boards.map(({ slug }) => slug)).toContain('herons');
    expect((await bob.see(board.url)).$('main').text()).toContain('Leave');
  });

  test('they put images there, take them off and order them, and nobody finds more than they may see', async () => {
    const board = await together({ visibility: 'public' });
    const hers = await plant(ids.ann, 'public');
    const his = await plant(ids.bob, 'members');
    const secret = await plant(ids.bob, 'private');
    await file(ann, hers, board.slug);
    for (const id of [his, secret]) expect((await file(bob, id, `ann/${board.slug}`)).status).toBe(200);
    expect(await onBoard(bob, board)).toEqual([secret, his, hers]);
    expect(await onBoard(ann, board)).toEqual([his, hers]);
    expect(await onBoard(eve, board)).toEqual([his, hers]);
    expect(await onBoard(site.visitor(), board)).toEqual([hers]);
    const moved = await post(bob, `${board.url}/images`, { image: String(hers), action: 'top' });
    expect(moved.status).toBe(200);
    expect(await onBoard(eve, board)).toEqual([hers, his]);
    expect((await post(eve, `${board.url}/images`, { image: String(hers), action: 'top' })).status).toBe(404);
    expect((await file(eve, hers, `ann/${board.slug}`)).status).toBe(422);
    await file(bob, hers, `ann/${board.slug}`, 'remove');
    expect(await onBoard(ann, board)).toEqual([his]);
  });

  test('who declines, leaves or is taken off sees a private board no more; what they put there stays', async () => {
    const board = await together();
    const his = await plant(ids.bob, 'public');
    await file(bob, his, `ann/${board.slug}`);
    expect((await answer(bob, board, 'leave')).status).toBe(200);
    expect((await bob.get(board.url)).status).toBe(404);
    expect((await file(bob, his, `ann/${board.slug}`)).status).toBe(422);
    expect(await onBoard(ann, board)).toEqual([his]);
    await invite(board, 'bob');
    expect((await answer(bob, board, 'decline')).status).toBe(200);
    expect((await answer(bob, board, 'accept')).status).toBe(404);
    await invite(board, 'bob');
    await answer(bob, board, 'accept');
    const { status, body } = await post(ann, `${board.url}/people`, { action: 'remove', username: 'bob' });
    expect([status, body.people]).toEqual([200, []]);
    expect((await bob.get(board.url)).status).toBe(404);
    const { boards } = (await bob.get('/boards', { json: true })).body as { boards: BoardJson[] };
    expect(boards.map(({ slug }) => slug)).not.toContain(board.slug);
  });

  test('asking twice is asking once, and saying yes twice is saying it once, also at the same moment', async () => {
    const board = await make();
    await Promise.all([invite(board, 'bob'), invite(board, 'bob'), invite(board, 'bob')]);
    await Promise.all([answer(bob, board, 'accept'), answer(bob, board, 'accept')]);
    const { people } = (await ann.get(`${board.url}/people`, { json: true })).body;
    expect(people).toEqual([{ username: 'bob', accepted: true }]);
    const own = await db('list_counts')
      .where({ list: `boards:own:${ids.bob}`, shift: 62 })
      .first('n');
    const works = await db('board_members as m')
      .join('boards as b', 'b.id', 'm.board_id')
      .where({ 'm.account_id': ids.bob, 'b.visibility': 'private' })
      .whereNotNull('m.accepted_at');
    expect(Number(own.n)).toBe(works.length);
  });

  test.each([
    ['nobody', 'No member has this username'],
    ['ann', 'The board is yours'],
    ['', 'Type the username'],
  ])('“%s” cannot be asked, and the page says why', async (username, words) => {
    const board = await make();
    const { status, $ } = await ann.posted(`${board.url}/people`, { action: 'invite', username });
    expect([status, $('#username-error').text()]).toEqual([422, expect.stringContaining(words)]);
    expect($('#username').val() ?? '').toBe(username);
  });

  test('who blocks the other is not there to be asked, and finds no invitation from before', async () => {
    const board = await make();
    await invite(board, 'bob');
    await db('blocks').insert({ blocker_id: ids.bob, account_id: ids.ann, created_at: 1 });
    expect((await bob.see('/account/notices')).$('.invitation')).toHaveLength(0);
    const other = await make();
    const { status, body } = await invite(other, 'bob');
    expect([status, body.error.message]).toEqual([422, expect.stringContaining('No member has this username')]);
  });

  test('only the owner asks, takes off, and sees who was asked', async () => {
    const board = await together({ visibility: 'public' });
    for (const who of [bob, eve]) {
      expect((await who.get(`${board.url}/people`)).status).toBe(404);
      expect((await invite(board, 'eve', who)).status).toBe(404);
      expect((await post(who, `${board.url}/link`, { action: 'make' })).status).toBe(404);
    }
    expect((await answer(eve, board, 'accept')).status).toBe(404);
  });

  describe('by its secret link', () => {
    const link = async (board: BoardJson): Promise<string> => {
      const { status, body } = await post(ann, `${board.url}/link`, { action: 'make' });
      expect(status).toBe(201);
      return (body.link as string).replace('https://localhost:9000', '');
    };

    test('a stranger sees a private board with those of its images that they may see, and nothing to change it with', async () => {
      const board = await make({ title: 'For you' });
      const open = await plant(ids.ann, 'public');
      const ofMembers = await plant(ids.ann, 'members');
      const hidden = await plant(ids.ann, 'private');
      for (const id of [open, ofMembers, hidden]) await file(ann, id, board.slug);
      const path = await link(board);
      const seen = async (who: Visitor) =>
        (await who.get(path, { json: true })).body.images.map(({ id }: ImageJson) => id);
      expect(await seen(site.visitor())).toEqual([open]);
      expect(await seen(eve)).toEqual([ofMembers, open]);
      const { $, answer: said } = await site.visitor().see(path);
      expect($('h1').text()).toBe('For you');
      expect($('main').text()).toContain('You see this board by its secret link.');
      expect($('main form')).toHaveLength(0);
      expect(said.headers['referrer-policy']).toBe('no-referrer');
      expect(said.headers['x-robots-tag']).toBe('noindex');
      expect((await site.visitor().get(board.url)).status).toBe(404);
      expect(await queriesOf(db, () => eve.get(path))).toHaveLength(3);
    });

    test('it is shown once, another makes it worthless, and taken back it leads nowhere at once', async () => {
      const board = await make();
      const first = await link(board);
      expect((await site.visitor().get(first)).status).toBe(200);
      const second = await link(board);
      expect([(await site.visitor().get(first)).status, (await site.visitor().get(second)).status]).toEqual([404, 200]);
      expect((await ann.get(`${board.url}/people`)).text).not.toContain(second.split('/').at(-1));
      await post(ann, `${board.url}/link`, { action: 'drop' });
      expect((await site.visitor().get(second)).status).toBe(404);
      const third = await link(board);
      await post(ann, `${board.url}/delete`, {});
      expect((await site.visitor().get(third)).status).toBe(404);
      expect((await site.visitor().get(`/boards/link/${'a'.repeat(43)}`)).status).toBe(404);
      expect((await site.visitor().get('/boards/link/%00')).status).toBe(404);
    });
  });
});
