import { load } from 'cheerio';
import { setDisabled } from '../../src/moderation/index.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

type Who = 'owner' | 'stranger' | 'admin' | 'visitor';
const EVERYONE: readonly Who[] = ['owner', 'stranger', 'admin', 'visitor'];
const SEEN_BY: Readonly<Record<string, readonly Who[]>> = {
  public: EVERYONE,
  members: ['owner', 'stranger', 'admin'],
  private: ['owner'],
};

let site: TestSite;
let people: Record<Who, Visitor>;
let owner: Member;

beforeAll(async () => {
  site = await startTestSite({ OPEN_GALLERY: 'yes', ROLE: 'web' });
  const admin = await site.member('root1');
  owner = await site.member('olga');
  people = { owner, stranger: await site.member('stan'), admin, visitor: site.visitor() };
});
afterAll(() => site.end());

const board = async (visibility: string): Promise<string> => {
  const { status, body } = await owner.post('/boards', { title: `Board ${visibility}`, visibility }, { json: true });
  expect(status).toBe(201);
  return body.board.url;
};
const slugOf = (url: string) => url.split('/').at(-1) ?? '';

/** Everything that the answers to somebody say of a board at every address that could tell. */
async function traces(who: Who, url: string): Promise<string[]> {
  const paths = ['/boards', '/people/olga/boards', '/people/olga', '/', url, `${url}?page=1`];
  const found = [];
  for (const path of paths)
    for (const json of [true, false]) {
      const { status, text } = await people[who].get(path, { json });
      if (status === 200) found.push(text);
    }
  return found;
}

describe('who sees a board', () => {
  test.each(Object.keys(SEEN_BY))('a %s one: page, JSON, lists agree', async (visibility) => {
    const url = await board(visibility);
    for (const who of EVERYONE) {
      const may = SEEN_BY[visibility]?.includes(who) ?? false;
      const reader = people[who];
      const asked = who === 'visitor' && visibility === 'members';
      expect([who, (await reader.get(url)).status]).toEqual([who, may ? 200 : asked ? 303 : 404]);
      expect([who, (await reader.get(url, { json: true })).status]).toEqual([who, may ? 200 : asked ? 401 : 404]);
      for (const path of ['/boards', '/people/olga/boards']) {
        const { body } = await reader.get(path, { json: true });
        const listed = body.boards.some((one: { url: string }) => one.url === url);
        expect([who, path, listed]).toEqual([who, path, may]);
      }
      if (!may && !asked) expect((await traces(who, url)).join('')).not.toContain(slugOf(url));
      if (who === 'owner') continue;
      for (const act of ['edit', 'delete', 'images', 'restore']) {
        const answer = await reader.post(`${url}/${act}`, { title: 'Mine now', action: 'add' }, { json: true });
        expect([who, act, answer.status]).toEqual([who, act, who === 'visitor' ? 401 : 404]);
      }
    }
    expect((await owner.get(url, { json: true })).body.board.title).toBe(`Board ${visibility}`);
  });

  test('one that was never there looks exactly like a private one', async () => {
    const url = await board('private');
    const bare = (text: string, path: string) =>
      text.replaceAll(path, '').replaceAll(/(content|value)="[\w-]{43,60}"/g, '');
    const absent = '/people/olga/boards/never-there';
    for (const who of ['stranger', 'admin', 'visitor'] as const) {
      const there = await people[who].get(url);
      const not = await people[who].get(absent);
      expect(bare(there.text, url)).toBe(bare(not.text, absent));
      expect(Object.keys(there.headers)).toEqual(Object.keys(not.headers));
    }
  });

  test('with its owner disabled it is nobody’s to see, and comes back with them', async () => {
    const leaving = await site.member('lena');
    const made = await leaving.post('/boards', { title: 'Lena', visibility: 'public' }, { json: true });
    const { url } = made.body.board;
    const { db } = site.site;
    const id = Number((await db('accounts').where({ username: 'lena' }).first('id')).id);
    const listed = async () => {
      const { body } = await people.stranger.get('/boards', { json: true });
      return [
        (await people.stranger.get(url)).status,
        (await people.visitor.get(url)).status,
        body.boards.some((one: { url: string }) => one.url === url),
        body.boards.length,
      ];
    };
    const before = await listed();
    await setDisabled(db, id, true, { accountId: null });
    expect(await listed()).toEqual([404, 404, false, Number(before[3]) - 1]);
    await setDisabled(db, id, false, { accountId: null });
    expect(await listed()).toEqual(before);
  });
});

describe('who sees an image on a board', () => {
  const states = ['public', 'members', 'private'].flatMap((visibility) =>
    [true, false].map((named) => [visibility, named] as const),
  );

  test.each(states)('a %s one, with its owner’s name: %s', async (visibility, named) => {
    const url = await board('public');
    const image = await owner.save({
      board: slugOf(url),
      visibility,
      show_name: named ? '1' : '0',
      title: 'Seen where',
    });
    for (const who of EVERYONE) {
      const may = who === 'owner' || (named && (SEEN_BY[visibility]?.includes(who) ?? false));
      const { body } = await people[who].get(url, { json: true });
      expect([who, body.images.map(({ id }: ImageJson) => id)]).toEqual([who, may ? [image.id] : []]);
      expect([who, body.board.images, body.pages]).toEqual([who, may ? 1 : 0, 1]);
      const list = await people[who].see('/people/olga/boards');
      const tile = list.$(`a[href="${url}"]`);
      expect([who, tile.find('.board-cover .mark').length]).toEqual([who, may ? 0 : 1]);
      expect([who, tile.parent().text().includes('1 image')]).toEqual([who, may]);
      // Whether its own page says that it stands here.
      const page = await people[who].get(image.url, { json: true });
      if (page.status === 200)
        expect([who, page.body.image.boards.some((one: { url: string }) => one.url === url)]).toEqual([who, may]);
    }
  });

  test('in the bin it is on no board, and stands where it stood when it comes back', async () => {
    const url = await board('public');
    const [first, second] = [
      await owner.save({ board: slugOf(url), visibility: 'public' }),
      await owner.save({ board: slugOf(url), visibility: 'public' }),
    ];
    const ids = async (who: Who) => {
      const { body } = await people[who].get(url, { json: true });
      return [...body.images.map(({ id }: ImageJson) => id), `of ${body.board.images}`];
    };
    await owner.post(`/images/${second.id}/delete`);
    for (const who of EVERYONE) expect([who, await ids(who)]).toEqual([who, [first.id, 'of 1']]);
    await owner.post(`/images/${second.id}/restore`);
    for (const who of EVERYONE) expect([who, await ids(who)]).toEqual([who, [second.id, first.id, 'of 2']]);
  });

  test('an anonymous one that others found reads “Anonymous” on their boards, and tells nobody whose it is', async () => {
    const image = await owner.save({ visibility: 'public', show_name: '0', title: 'Whose' });
    const made = await (people.stranger as Member).post(
      '/boards',
      { title: 'Found', visibility: 'public' },
      { json: true },
    );
    const { url, slug } = made.body.board;
    const put = await (people.stranger as Member).post(`/images/${image.id}/boards`, { board: slug }, { json: true });
    expect(put.status).toBe(200);
    for (const who of ['stranger', 'admin', 'visitor'] as const) {
      const page = await people[who].get(url);
      expect(load(page.text)('main').text()).toContain('Anonymous');
      expect(page.text).not.toMatch(/olga/i);
      const { body } = await people[who].get(url, { json: true });
      expect(body.images.map(({ username }: ImageJson) => username)).toEqual([null]);
    }
  });

  test('a visitor’s answer of a public board never names a member’s image, nor how many there are', async () => {
    const url = await board('public');
    for (let n = 0; n < 3; n += 1)
      await owner.save({ board: slugOf(url), visibility: 'members', title: 'Inside only' });
    const texts = await traces('visitor', url);
    expect(texts.join('')).not.toContain('Inside only');
    const { body } = await people.visitor.get(url, { json: true });
    expect([body.board.images, body.images, body.next, body.pages]).toEqual([0, [], null, 1]);
  });
});
