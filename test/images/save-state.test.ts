import { once } from 'node:events';
import { request, type ServerResponse } from 'node:http';
import { silentLog } from '../../src/lib/log.ts';
import { contentsOf } from '../support/contents.ts';
import { listen } from '../support/events.ts';
import { childrenOf, until } from '../support/imaging.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { addressOf, startTestSite, type Member, type TestSite } from '../support/site.ts';

interface Save {
  state: string;
  place: number | null;
  bytes: number | null;
  total: number | null;
  image: { id: number; url: string } | null;
  error: { code: string; field: string } | null;
}

describe('whoever saves an image', () => {
  let site: TestSite;
  let origin: Origin;
  let ann: Member;
  let seed = 700;

  beforeAll(async () => {
    origin = await startOrigin();
    const imaging = { clocks: { still: 60_000 } };
    site = await startTestSite({ FETCH_ALLOW: origin.allow }, 'sqlite', silentLog, { imaging });
    ann = await site.member('ann');
  });
  afterAll(async () => {
    await site.end();
    await origin.close();
  });

  const address = (once: string) => `/images/create/state?once=${once}`;
  const stateOf = async (who: Member, once: string) => {
    const { status, body } = await who.get(address(once), { json: true });
    return status === 200 ? (body.save as Save) : null;
  };
  const send = async (who: Member, once: string, form = {}) => {
    const bytes = await picture({ seed: ++seed });
    return who.post('/images/create', { once, ...form }, { json: true, file: { bytes } });
  };

  /** Somebody's picture has the one child, which stands still until it is let go, and more of theirs wait. */
  async function crowd(atOnce: number) {
    const bob = await site.member();
    await bob.save();
    await site.settled();
    const child = await until('the child', async () => (await childrenOf())[0]);
    process.kill(child, 'SIGSTOP');
    const saves: ReturnType<typeof send>[] = [];
    for (let n = 0; n < atOnce; n++) {
      saves.push(send(bob, `crowd-${n}`));
      const state = n === 0 ? 'looking' : 'waiting';
      await until(`${state} ${n}`, async () => (await stateOf(bob, `crowd-${n}`))?.state === state);
    }
    return { letGo: () => process.kill(child, 'SIGCONT'), saves };
  }

  test('is told of each step: in line with the place, looked at, put away, saved', async () => {
    const { saves, letGo } = await crowd(3);
    const answer = send(ann, 'steps');
    await until('the place in the line', async () => (await stateOf(ann, 'steps'))?.state === 'waiting');
    // Two of the other's were there before, and ann comes between them.
    expect(await stateOf(ann, 'steps')).toMatchObject({ place: 2, image: null, error: null });
    const stream = await listen(`${addressOf(site.server)}${address('steps')}`, { cookie: ann.cookie });
    await until('the place in the stream', () => stream.told.length > 0);
    letGo();
    const { body } = await answer;
    await stream.ended;
    const told = stream.told.map(({ data }) => data['save'] as Save);
    expect([told[0]?.state, told.at(-1)?.state]).toEqual(['waiting', 'saved']);
    const order = ['waiting', 'looking', 'keeping', 'saved'];
    const seen = told.map(({ state }) => order.indexOf(state));
    expect(seen).toEqual([...seen].sort());
    expect(told.at(-1)?.image).toMatchObject({ id: body.image.id, url: body.image.url });
    expect(stream.told.at(-1)?.id).toBe('over');
    await Promise.all(saves);
    await site.settled();
  });

  test('who goes away while waiting is not waited for, and nothing is saved', async () => {
    const { saves, letGo } = await crowd(2);
    const before = await contentsOf(site);
    const bytes = await picture({ seed: ++seed });
    const token = await ann.token();
    const body = Buffer.concat([
      Buffer.from(`--b\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${token}\r\n`),
      Buffer.from(`--b\r\ncontent-disposition: form-data; name="once"\r\n\r\ngone\r\n`),
      Buffer.from('--b\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'),
      bytes,
      Buffer.from('\r\n--b--\r\n'),
    ]);
    const asked = request(`${addressOf(site.server)}/images/create`, {
      method: 'POST',
      headers: { cookie: ann.cookie, 'content-type': 'multipart/form-data; boundary=b', accept: 'application/json' },
    });
    asked.on('error', () => {});
    asked.end(body);
    await until('the place in the line', async () => (await stateOf(ann, 'gone'))?.state === 'waiting');
    asked.destroy();
    await until('nobody in the line', async () => (await stateOf(ann, 'gone')) === null);
    letGo();
    await Promise.all(saves);
    await site.settled();
    const after = await contentsOf(site);
    expect(after.images).toBe(before.images + saves.length);
    expect(await site.site.db('once_keys').where({ key: 'gone' })).toEqual([]);
  });

  test('is told how much of an address is here, and that it is saved, also later', async () => {
    const bytes = await picture({ seed: ++seed, width: 900, height: 700 });
    let answer: ServerResponse | undefined;
    origin.routes['/slow.jpg'] = (_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 1000));
      answer = response;
    };
    const saving = ann.post('/images/create', { url: `${origin.url}/slow.jpg`, once: 'slow' }, { json: true });
    const fetching = await until('some bytes', async () => {
      const save = await stateOf(ann, 'slow');
      return save?.bytes ? save : null;
    });
    expect(fetching).toMatchObject({ state: 'fetching', bytes: 1000, total: bytes.length, place: null });
    answer?.end(bytes.subarray(1000));
    const { body } = await saving;
    expect(await stateOf(ann, 'slow')).toMatchObject({ state: 'saved', image: { id: body.image.id } });
    // Another process, or this one after a new start, knows it from the database.
    site.site.saves.forget((await site.site.db('accounts').where({ username: 'ann' }).first('id')).id, 'slow');
    expect(await stateOf(ann, 'slow')).toMatchObject({ state: 'saved', image: { id: body.image.id } });
  });

  test('is told how much of a file is here while it trickles, which holds nobody up', async () => {
    const bytes = await picture({ seed: ++seed, width: 900, height: 700 });
    const head = Buffer.from(
      '--b\r\ncontent-disposition: form-data; name="once"\r\n\r\ntrickle\r\n' +
        '--b\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n',
    );
    const length = head.length + bytes.length + 9;
    const asked = request(`${addressOf(site.server)}/images/create`, {
      method: 'POST',
      headers: {
        cookie: ann.cookie,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': length,
        accept: 'application/json',
        'x-csrf-token': await ann.token(),
      },
    });
    asked.write(head);
    let sent = 0;
    const drip = setInterval(() => asked.write(bytes.subarray(sent, (sent += 50))), 10);
    const early = await until('the first bytes', async () => {
      const save = await stateOf(ann, 'trickle');
      return save?.bytes ? save : null;
    });
    expect(early).toMatchObject({ state: 'receiving', total: length });
    // Their own next one, and another's, are there long before it.
    const others = await Promise.all([send(ann, 'quick'), send(await site.member(), 'quick')]);
    expect(others.map(({ status }) => status)).toEqual([201, 201]);
    expect((await stateOf(ann, 'trickle'))?.state).toBe('receiving');
    clearInterval(drip);
    asked.end(Buffer.concat([bytes.subarray(sent), Buffer.from('\r\n--b--\r\n')]));
    const [answer] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(201);
    expect((await stateOf(ann, 'trickle'))?.state).toBe('saved');
  });

  test('is told why it was not', async () => {
    const file = { bytes: Buffer.from('%PDF-1.7 a paper') };
    const { body } = await ann.post('/images/create', { once: 'refused' }, { json: true, file });
    const save = await stateOf(ann, 'refused');
    expect(save).toMatchObject({ state: 'refused', image: null, error: { code: 'not_an_image', field: 'image' } });
    expect(save?.error).toEqual(body.error);
  });

  test('hears of their own saves alone', async () => {
    await send(ann, 'mine');
    const bob = await site.member();
    expect(await stateOf(bob, 'mine')).toBeNull();
    for (const once of ['', 'never', '%00', 'x'.repeat(200), '%F0%9F'])
      expect((await ann.get(address(once), { json: true })).status).toBe(404);
    expect((await site.visitor().get(address('mine'), { json: true })).status).toBe(401);
  });
});

describe('a member who sends very many files at once', () => {
  test('is told to wait, with the form as they left it; others are not', async () => {
    const site = await startTestSite({ LIMITS: 'on' });
    try {
      const [ann, bob] = [await site.member(), await site.member()];
      const token = await ann.token();
      const open = Array.from({ length: 50 }, () => {
        const asked = request(`${addressOf(site.server)}/images/create`, {
          method: 'POST',
          agent: false,
          headers: { cookie: ann.cookie, 'content-type': 'multipart/form-data; boundary=b', 'content-length': 100_000 },
        });
        asked.on('error', () => {});
        asked.write('--b\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\n\r\nx');
        return asked;
      });
      const bytes = await picture({ seed: 900 });
      const once = (n: number) => ({ _csrf: token, title: 'One more', once: `more-${n}` });
      let tries = 0;
      const refused = await until('a refusal', async () => {
        const answer = await ann.posted(
          '/images/create',
          { ...once(++tries), duplicate: 'keep' },
          { file: { bytes }, token: null },
        );
        return answer.status === 429 ? answer : null;
      });
      expect(refused.answer.headers['retry-after']).toBe('5');
      expect(refused.$('[name=title]').val()).toBe('One more');
      expect(refused.$('#troubles').text()).toContain('very many pictures at once');
      expect((await bob.post('/images/create', {}, { json: true, file: { bytes } })).status).toBe(201);
      for (const asked of open) asked.destroy();
      await until('room again', async () => {
        const answer = await ann.post('/images/create', once(++tries), { json: true, file: { bytes }, token: null });
        return answer.status !== 429;
      });
    } finally {
      await site.end();
    }
  });
});
