import { documentOf } from '../../src/api/openapi/document.ts';
import { exampleOf } from '../../src/api/openapi/examples.ts';
import { templateOf } from '../../src/api/openapi/paths.ts';
import { OPERATIONS, type Operation } from '../../src/api/operations/index.ts';
import { curl } from '../support/curl.ts';
import { answersOf, checkDocument } from '../support/openapi.ts';
import { picture } from '../support/pictures.ts';
import { addressOf } from '../support/site.ts';
import { plantWorld, type World } from './world.ts';

type Filled = Record<string, string>;

/** What has to be there before an example is run, and what is filled in where the world's own would not do. `TOKEN` is the one of boss. */
const BEFORE: Readonly<Record<string, (world: World) => Filled | Promise<Filled>>> = {
  saveSeveral: async () => ({
    ADDRESS: `data:image/jpeg;base64,${(await picture({ seed: 6950, width: 300, height: 200 })).toString('base64')}`,
  }),
  readSave: () => ({ ONCE: 'key-of-the-first' }),
  deleteImage: async (world) => ({ ID: String((await world.save(world.boss)).id) }),
  restoreImage: async (world) => ({ ID: await world.binnedImage() }),
  copyImage: ({ known }) => ({ ID: known['OTHER'] ?? '' }),
  editComment: async (world) => ({ COMMENT: await world.comment(world.boss) }),
  deleteComment: async (world) => ({ COMMENT: await world.comment(world.ann) }),
  readMedia: async ({ boss, known }) => ({ FILE: nameIn((await boss.image(Number(known['ID']))).tiers['high']?.url) }),
  readPhoto: async ({ boss }) => ({
    FILE: nameIn((await boss.see('/people/boss')).$('img[src*="/photo/"]').attr('src')),
  }),
  followPerson: () => ({ USERNAME: 'ann' }),
  listBoardBin: async (world) => {
    await world.boss.post(`/people/boss/boards/${await world.board('Gone')}/delete`);
    return {};
  },
  readLinkedBoard: async ({ boss }) => {
    const answer = await boss.post('/people/boss/boards/things/link', { action: 'make' }, { json: true });
    return { KEY: nameIn((answer.body as { link: string }).link) };
  },
  deleteBoard: async (world) => ({ SLUG: await world.board('To go') }),
  restoreBoard: async (world) => {
    const slug = await world.board('To come back');
    await world.boss.post(`/people/boss/boards/${slug}/delete`);
    return { SLUG: slug };
  },
  answerInvitation: async ({ boss, tokens }) => {
    await boss.post('/people/boss/boards/things/people', { action: 'invite', username: 'ann' });
    return { TOKEN: tokens.ann };
  },
  followBoard: ({ tokens }) => ({ TOKEN: tokens.ann }),
  readTag: () => ({ NAME: 'blue' }),
  readMany: async (world) => ({ ID: await world.many() }),
  undoMany: async (world) => ({ ID: await world.many() }),
  changeAccount: async (world) => ({ ID: await world.accountId('cyd') }),
  listJobs: async (world) => {
    await world.deadJob();
    return {};
  },
  changeJob: async (world) => ({ ID: await world.deadJob() }),
  listRemoved: async (world) => {
    await world.boss.post(`/images/${world.known['ID']}/comments/${await world.comment(world.ann)}/delete`);
    return {};
  },
};

const nameIn = (address = '') => address.split('/').at(-1) ?? '';

describe('what scripts are answered', () => {
  let world: World;
  let base: string;
  const document = documentOf();
  const wrongIn = answersOf(document as never);
  beforeAll(async () => {
    world = await plantWorld();
    base = addressOf(world.site.server);
  });
  afterAll(() => world.end());

  const named = (id: string) => OPERATIONS.find((operation) => operation.id === id) as Operation;
  const ask = async (operation: Operation, filled: Filled, seed: number) => {
    const variables = { TOKEN: world.tokens.boss, ...world.known, ...filled };
    return curl(exampleOf(base, operation), variables, await picture({ seed }));
  };

  test('an independent checker accepts the document, as it is served', async () => {
    const served = await fetch(`${base}/api/v1/openapi.json`);
    expect([served.status, served.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const told = (await served.json()) as { openapi: string };
    expect(told).toEqual(JSON.parse(JSON.stringify(document)));
    expect([told.openapi, await checkDocument(told)]).toEqual(['3.1.0', expect.objectContaining({ valid: true })]);
  });

  test.each(OPERATIONS.map((operation, n) => [operation.id, operation, n] as const))(
    '%s: the example of the reference runs as it stands, and is answered as the document says',
    async (id, operation, n) => {
      const answer = await ask(operation, (await BEFORE[id]?.(world)) ?? {}, 6100 + n);
      const { method, path, answers } = operation;
      const shape = answers[answer.status];
      if (shape === 'bytes') {
        expect(answer.headers.get('content-type')).toMatch(/^image\//);
        return;
      }
      const body: unknown = await answer.json();
      expect([answer.status, Object.keys(answers), body]).toEqual([
        expect.any(Number),
        expect.arrayContaining([String(answer.status)]),
        body,
      ]);
      expect([body, wrongIn(method, templateOf(path), answer.status, body)]).toEqual([body, null]);
    },
  );

  test('lists are not told of by being empty', async () => {
    const empty: string[] = [];
    for (const operation of OPERATIONS.filter(({ id }) => /^(list|find|complete|search)/.test(id))) {
      const body = (await (await ask(operation, (await BEFORE[operation.id]?.(world)) ?? {}, 1)).json()) as object;
      const lists = Object.values(body).filter(Array.isArray);
      if (lists.some((list) => list.length === 0)) empty.push(operation.id);
    }
    // Nothing was saved from an address here, and what is looked at most is counted later.
    expect(empty.sort()).toEqual(['findSaved', 'listRanking']);
  });

  const refused: [string, Filled | ((world: World) => Filled), number][] = [
    ['listImages', { TOKEN: '' }, 401],
    ['likeImage', ({ tokens }) => ({ TOKEN: tokens.reader }), 403],
    ['listAccounts', ({ tokens }) => ({ TOKEN: tokens.ann }), 403],
    ['readImage', { ID: '999999' }, 404],
    ['readTag', { NAME: 'nothing' }, 404],
    ['arrangeBoard', { ID: 'x' }, 422],
  ];
  test.each(refused)('%s refuses %j as the document says', async (id, filled, status) => {
    const operation = named(id);
    const answer = await ask(operation, typeof filled === 'function' ? filled(world) : filled, 1);
    const body: unknown = await answer.json();
    expect([answer.status, wrongIn(operation.method, templateOf(operation.path), status, body)]).toEqual([
      status,
      null,
    ]);
  });

  test('a picture that one has already is told with those that are there', async () => {
    const operation = named('saveImage');
    expect((await ask(operation, {}, 6900)).status).toBe(201);
    const again = await ask(operation, {}, 6900);
    const body = (await again.json()) as { images: unknown[] };
    expect([again.status, body.images.length, wrongIn('POST', '/images/create', 409, body)]).toEqual([409, 1, null]);
  });

  test('what else the feed is asked is answered as the document says', async () => {
    const headers = { Authorization: `Bearer ${world.tokens.reader}` };
    for (const query of ['since=0', 'order=liked', 'page=1', 'tag=blue&order=viewed']) {
      const body: unknown = await (await fetch(`${base}/api/v1/images?${query}`, { headers })).json();
      expect([query, wrongIn('GET', '/images', 200, body)]).toEqual([query, null]);
    }
  });

  test('a field that is not described is found', () => {
    const list = { images: [], next: null, page: 1, pages: 1 };
    expect(wrongIn('GET', '/images/liked', 200, list)).toBeNull();
    expect(wrongIn('GET', '/images/liked', 200, { ...list, more: 1 })).not.toBeNull();
    expect(wrongIn('GET', '/images/liked', 200, { images: [] })).not.toBeNull();
  });
});
