import { listen, type Listener } from '../support/events.ts';
import { until } from '../support/imaging.ts';
import { silentLog } from '../../src/lib/log.ts';
import { addressOf, startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

/** Holds back whoever makes tiers until it is opened. */
function createGate() {
  let open = () => {};
  let gate = Promise.resolve();
  return {
    shut: () => void (gate = new Promise((resolve) => (open = resolve))),
    open: () => open(),
    pass: () => gate,
  };
}

describe('how far the sizes of an image are', () => {
  const gate = createGate();
  let site: TestSite;
  let ann: Member;
  const listeners: Listener[] = [];

  beforeAll(async () => {
    const step = (name: string) => (name === 'rendering' ? gate.pass() : undefined);
    site = await startTestSite({}, 'sqlite', silentLog, { step });
    ann = await site.member('ann');
  });
  beforeEach(() => gate.shut());
  afterEach(async () => {
    gate.open();
    await site.settled();
    for (const one of listeners.splice(0)) one.leave();
  });
  afterAll(() => site.end());

  const follow = async (id: number, who?: { cookie: string }, headers = {}) => {
    const cookie = who ? { cookie: who.cookie } : {};
    const listener = await listen(`${addressOf(site.server)}/images/${id}/state`, { ...cookie, ...headers });
    listeners.push(listener);
    return listener;
  };
  const states = ({ told }: Listener) => told.map(({ event, data }) => [event, (data['image'] as ImageJson)?.state]);

  test('stands in its JSON, with the sizes that are there', async () => {
    const { id } = await ann.save();
    const early = await ann.get(`/images/${id}/state`, { json: true });
    expect([early.status, early.body.image.state, Object.keys(early.body.image.tiers)]).toEqual([
      200,
      'pending',
      ['high'],
    ]);
    gate.open();
    await site.settled();
    const { body } = await ann.get(`/images/${id}/state`, { json: true });
    expect([body.image.state, Object.keys(body.image.tiers)]).toEqual(['ready', expect.arrayContaining(['medium'])]);
    expect(body.image).toEqual((await ann.get('/images', { json: true })).body.images[0]);
  });

  test('is told as it goes on, packed for nobody, and ends by itself', async () => {
    const { id } = await ann.save();
    const stream = await follow(id, ann, { 'accept-encoding': 'gzip' });
    expect([stream.status, stream.headers['content-type'], stream.headers['content-encoding']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      undefined,
    ]);
    expect(stream.headers['cache-control']).toBe('private, no-store, no-transform');
    await until('the first word', () => stream.told.length === 1);
    gate.open();
    await until('the sizes', async () => (await site.site.db('images').where({ id }).first('state')).state === 'ready');
    const before = performance.now();
    await stream.ended;
    expect(states(stream)).toEqual([
      ['state', 'pending'],
      ['state', 'ready'],
    ]);
    // By a bell, not by looking now and then.
    expect(performance.now() - before).toBeLessThan(1900);
    expect(stream.told.map(({ id }) => id)).toEqual([null, 'over']);
  });

  test('of an image that is ready is told once; a browser that comes back by itself is told to stay away', async () => {
    gate.open();
    const { id } = await ann.save();
    await site.settled();
    const stream = await follow(id, ann);
    await stream.ended;
    expect(states(stream)).toEqual([['state', 'ready']]);
    expect((await follow(id, ann, { 'last-event-id': 'over' })).status).toBe(204);
  });

  test('is for whoever may see the image, and nobody else', async () => {
    const bob = await site.member();
    const [open, members, hidden] = await Promise.all(
      ['public', 'members', 'private'].map(async (visibility) => (await ann.save({ visibility })).id),
    );
    const asked: [number | undefined, { cookie: string } | undefined][] = [
      [open, undefined],
      [members, undefined],
      [members, bob],
      [hidden, bob],
      [hidden, ann],
      [999_999, ann],
    ];
    const answers = await Promise.all(asked.map(([id, who]) => follow(id ?? 0, who)));
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 404, 200, 404]);
    await until('the refusals', () => answers[3]?.text() && answers[5]?.text());
    expect(JSON.parse(answers[3]?.text() ?? '')).toEqual(JSON.parse(answers[5]?.text() ?? ''));
  });

  test('is not told any more when the image becomes private, or goes into the bin', async () => {
    const bob = await site.member();
    for (const path of ['edit', 'delete']) {
      const { id } = await ann.save({ visibility: 'members' });
      const stream = await follow(id, bob);
      await until('the first word', () => stream.told.length === 1);
      await ann.post(`/images/${id}/${path}`, { visibility: 'private' });
      site.site.bells.ring(`image ${id}`);
      await stream.ended;
      expect(stream.told.at(-1)).toMatchObject({ event: 'gone', data: { error: { code: 'not_found' } } });
    }
  });

  test('is not told any more to a session that has ended, nor with a token that was revoked', async () => {
    const bob = await site.member();
    const { id } = await ann.save({ visibility: 'members' });
    const { token } = (await bob.post('/account/tokens', { name: 'x', scope: 'read' }, { json: true })).body;
    const [row] = (await bob.get('/account/tokens', { json: true })).body.tokens;
    const api = `${addressOf(site.server)}/api/v1/images/${id}/state`;
    const byToken = await listen(api, { authorization: `Bearer ${token}` });
    const bySession = await follow(id, bob);
    await until('the first words', () => byToken.told.length === 1 && bySession.told.length === 1);
    await bob.post(`/account/tokens/${row.id}/delete`);
    await bob.post('/account/logout');
    site.site.bells.ring(`image ${id}`);
    await Promise.all([byToken.ended, bySession.ended]);
    expect([states(byToken), states(bySession)]).toEqual([[['state', 'pending']], [['state', 'pending']]]);
  });

  test('HEAD asks for nothing that goes on', async () => {
    const { id } = await ann.save({ visibility: 'public' });
    const asked = listen(`${addressOf(site.server)}/images/${id}/state`, {}, 'HEAD');
    await (
      await asked
    ).ended;
    expect([(await asked).status, (await asked).text()]).toEqual([200, '']);
  });
});

describe('event streams', () => {
  test('are twenty of one member at the most; whoever leaves makes room, and the site ends them when it stops', async () => {
    const site = await startTestSite({ ROLE: 'web', LIMITS: 'on' });
    try {
      const [ann, bob] = [await site.member(), await site.member()];
      const { id } = await ann.save();
      const open = (who: Member) => listen(`${addressOf(site.server)}/images/${id}/state`, { cookie: who.cookie });
      const mine = await Promise.all(Array.from({ length: 20 }, () => open(ann)));
      const more = await open(ann);
      expect([more.status, more.headers['retry-after']]).toEqual([429, '5']);
      const his = await open(bob);
      expect(his.status).toBe(200);
      mine[0]?.leave();
      await until('a free place', async () => {
        const another = await open(ann);
        if (another.status === 200) mine.push(another);
        return another.status === 200;
      });
      site.leave();
      await Promise.all([...mine, his].map(({ ended }) => ended));
      expect(his.told.map(({ event }) => event)).toEqual(['state']);
      // Of one that comes while the site stops nothing is kept open either.
      await (
        await open(bob)
      ).ended;
    } finally {
      await site.end();
    }
  });
});
