import request from 'supertest';
import { picture } from '../support/pictures.ts';
import { script, tokenFor } from '../support/script.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

const ELSEWHERE = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };

describe('a script', () => {
  let site: TestSite;
  let ann: Member;
  let api: ReturnType<typeof script>;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', LIMITS: 'on' });
    ann = await site.member('ann');
    api = script(site, await tokenFor(ann, 'all', 'write'));
  });
  afterAll(() => site.end());

  test('that has a list as it is now is told so with 304, and gets the next one when something was added', async () => {
    const first = await api.get('/api/v1/images');
    const etag = String(first.headers['etag']);
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^W\/".{32}"$/)]);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    expect(first.headers['vary']).toContain('Authorization');
    const same = await api.get('/api/v1/images', { 'If-None-Match': etag });
    expect([same.status, same.text, same.headers['etag']]).toEqual([304, '', etag]);
    await ann.save({ visibility: 'public' });
    const changed = await api.get('/api/v1/images', { 'If-None-Match': etag });
    expect([changed.status, changed.body.images.length]).toEqual([200, 1]);
  });

  test('is never told “the same” of a refusal, of what it changes, or at the addresses of pages', async () => {
    const missing = await api.get('/api/v1/images/999999/image');
    const made = await api.post('/api/v1/boards', { title: 'Blue' });
    const page = await api.get('/images');
    expect([missing, made, page].map(({ status, headers }) => [status, headers['etag'] ?? null])).toEqual([
      [404, null],
      [201, null],
      [200, null],
    ]);
    expect(page.headers['cache-control']).toBe('private, no-store');
  });

  test('that says with Idempotency-Key that it repeats a save gets the image that it has saved', async () => {
    const bytes = await picture({ seed: 7100 });
    const headers = { 'Idempotency-Key': 'one-and-the-same' };
    const first = await api.upload('/api/v1/images/create', bytes, headers);
    const again = await api.upload('/api/v1/images/create', bytes, headers);
    const id = (answer: request.Response) => (answer.body as { image: ImageJson }).image.id;
    expect([first.status, again.status, id(again)]).toEqual([201, 200, id(first)]);
    expect((await api.upload('/api/v1/images/create', bytes)).body.error.code).toBe('duplicate');
    const long = await api.upload('/api/v1/images/create', bytes, { 'Idempotency-Key': 'x'.repeat(101) });
    expect([long.status, long.body.error.field]).toEqual([422, 'once']);
  });

  test('is told before it is refused how much it may still do, and when again', async () => {
    const like = () => api.post('/api/v1/images/999999/like', { action: 'like' });
    expect((await like()).headers['ratelimit-limit']).toBeUndefined();
    const { id } = await ann.save();
    const comment = () => api.post(`/api/v1/images/${id}/comments`, { body: 'Blue' });
    const left = ({ status, headers }: request.Response) => [
      status,
      headers['ratelimit-limit'],
      headers['ratelimit-remaining'],
    ];
    const first = await comment();
    expect(left(first)).toEqual([201, '60', '59']);
    expect(Number(first.headers['ratelimit-reset'])).toBeGreaterThan(590);
    for (let n = 58; n >= 0; n--) expect(left(await comment())).toEqual([201, '60', String(n)]);
    const refused = await comment();
    expect(left(refused)).toEqual([429, '60', '0']);
    expect(refused.headers['retry-after']).toBe(refused.headers['ratelimit-reset']);
    expect(refused.body.error.code).toBe('too_many');
  });

  describe('on a page of another site', () => {
    const allowed = ({ headers }: request.Response) => headers['access-control-allow-origin'] ?? null;

    test('may use a token under /api/v1, and reads what it is answered, refusals too', async () => {
      const list = await api.get('/api/v1/images', ELSEWHERE);
      const board = await api.post('/api/v1/boards', { title: 'From elsewhere' }, ELSEWHERE);
      const wrong = await api.post('/api/v1/boards', { title: '' }, ELSEWHERE);
      const stranger = await script(site, null).get('/api/v1/images', ELSEWHERE);
      const answers = [list, board, wrong, stranger];
      expect(answers.map((answer) => [answer.status, allowed(answer)])).toEqual([
        [200, '*'],
        [201, '*'],
        [422, '*'],
        [401, '*'],
      ]);
      for (const answer of answers) {
        expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
        expect(answer.headers['access-control-expose-headers']).toContain('RateLimit-Remaining');
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    });

    test('is let ask first, also at an address that is not there, so that it can read the 404', async () => {
      for (const path of ['/api/v1/images/create', '/api/v1/nothing']) {
        const ask = request(site.server).options(path).set(ELSEWHERE);
        const answer = await ask.set({
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization, idempotency-key',
        });
        expect([answer.status, allowed(answer)]).toEqual([204, '*']);
        expect(answer.headers['access-control-allow-methods']).toBe('GET, POST');
        expect(answer.headers['access-control-allow-headers']).toBe(
          'Authorization, Content-Type, If-None-Match, Idempotency-Key',
        );
      }
    });

    test('does nothing with the cookies of whoever looks at it', async () => {
      const read = await ann.get('/api/v1/images', { json: true, headers: ELSEWHERE });
      expect([read.status, read.body.error.code]).toEqual([401, 'sign_in']);
      const token = await ann.token();
      const forms = { _csrf: token, title: 'Stolen' };
      const written = await ann.post('/api/v1/boards', forms, { json: true, headers: ELSEWHERE });
      expect([written.status, written.body.error.code]).toEqual([401, 'sign_in']);
      const titles = (await ann.get('/boards', { json: true })).body.boards.map(
        ({ title }: { title: string }) => title,
      );
      expect(titles).not.toContain('Stolen');
    });

    test('finds every other address shut, with a token and with cookies', async () => {
      for (const answer of [
        await api.post('/boards', { title: 'Plain' }, ELSEWHERE),
        await ann.post('/boards', { title: 'Plain' }, { json: true, headers: ELSEWHERE }),
      ])
        expect([answer.status, answer.body.error.code, allowed(answer)]).toEqual([403, 'foreign', null]);
      const ask = await request(site.server)
        .options('/boards')
        .set({ ...ELSEWHERE, 'Access-Control-Request-Method': 'POST' });
      expect(allowed(ask)).toBeNull();
      expect(allowed(await api.get('/images', ELSEWHERE))).toBeNull();
    });
  });
});
