import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

/** Bodies that no page of ours sends. `/account/register` reads a form as every other address does. */
describe('strange forms', () => {
  let site: TestSite;
  let ann: Member;
  let visitor: Visitor;
  const good = { username: 'bea', email: 'bea@example.org', password: 'long enough', password2: 'long enough' };

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
    ann = await site.member('ann');
    visitor = site.visitor();
  });
  afterAll(() => site.end());
  afterEach(async () => expect(await site.site.db('accounts')).toHaveLength(1));

  const send = (form: object, as: 'form' | 'json' = 'json') =>
    visitor.post('/account/register', { ...good, ...form }, { json: true, as });

  /** A body as it is, with its type; the token goes in the header. */
  async function raw(body: string | Buffer, type: string, headers: Record<string, string> = {}) {
    const token = await visitor.token();
    const asking = request(site.server).post('/account/register').set('Cookie', visitor.cookie);
    asking.set({ Accept: 'application/json', 'X-CSRF-Token': token, 'Content-Type': type, ...headers });
    asking.serialize((text) => text as unknown as string);
    return asking.send(body);
  }

  test.each([
    ['a list', { username: ['a'] }],
    ['an object', { username: { $ne: 1 } }],
    ['a number', { username: 7 }],
    ['true', { username: true }],
    ['null', { username: null }],
    ['nested a thousand deep', { username: JSON.parse(`${'['.repeat(1000)}1${']'.repeat(1000)}`) }],
  ])('a field that is %s in JSON is 422 and named', async (_, form) => {
    const answer = await send(form);
    expect([answer.status, answer.body.error]).toEqual([
      422,
      { code: 'invalid', message: 'This must be a text.', field: 'username' },
    ]);
  });

  test.each([
    ['username[]=a', 'username'],
    ['username[a]=b', 'username'],
    ['username=a&username=b', 'username'],
    ['email[__proto__][x]=1', 'email'],
    ['password[]=a', 'password'],
  ])('%s in an urlencoded form is 422 and named', async (text, field) => {
    const rest = new URLSearchParams(Object.entries(good).filter(([name]) => name !== field)).toString();
    const answer = await raw(`${rest}&${text}`, 'application/x-www-form-urlencoded');
    expect([answer.status, answer.body.error.field]).toEqual([422, field]);
  });

  test('the same in a multipart form', async () => {
    for (const name of ['username[]', 'username[a]', 'username']) {
      const part = (field: string, value: string) =>
        `--b\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`;
      const fields = Object.entries(good).map(([field, value]) => part(field, value));
      const body = `${fields.join('')}${part(name, 'a')}--b--\r\n`;
      const answer = await raw(body, 'multipart/form-data; boundary=b');
      expect([answer.status, answer.body.error]).toMatchObject([422, { code: 'invalid', field: 'username' }]);
    }
  });

  test.each(['\u0000', '\u001b[2J', '\u202e', '\ud800'])('a username with %j in it is 422 and named', async (char) => {
    const answer = await send({ username: `be${char}a` });
    expect([answer.status, answer.body.error.field]).toEqual([422, 'username']);
  });

  test('a megabyte in a field is 422 in a moment', async () => {
    const began = performance.now();
    for (const form of [{ username: 'a'.repeat(2 ** 20) }, { email: `${'@'.repeat(2 ** 20)}.org` }]) {
      const answer = await send(form);
      expect([answer.status, answer.body.error.field]).toEqual([422, Object.keys(form)[0]]);
    }
    const password = 'p'.repeat(2 ** 20);
    expect((await send({ password }, 'form')).body.error).toMatchObject({ field: 'password' });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('a form larger than any of ours is 413, and the sentence speaks of text', async () => {
    for (const [body, type] of [
      [JSON.stringify({ ...good, username: 'a'.repeat(5 * 2 ** 20) }), 'application/json'],
      [`username=${'a'.repeat(5 * 2 ** 20)}`, 'application/x-www-form-urlencoded'],
    ] as const) {
      const answer = await raw(body, type);
      expect([answer.status, answer.body.error]).toEqual([
        413,
        { code: 'too_large', message: 'This is more text than fits into one form.', field: null },
      ]);
    }
  });

  test.each([
    ['no JSON', '{"username":', 'application/json'],
    ['a text alone', '"username"', 'application/json'],
    ['null', 'null', 'application/json'],
    ['a multipart form without its end', '--b\r\nContent-Disp', 'multipart/form-data; boundary=b'],
    ['a multipart form without a boundary', 'x', 'multipart/form-data'],
    ['more brackets than a form has', '['.repeat(1_000_000), 'application/json'],
  ])('%s is 400 or 422, never a fault of ours', async (_, body, type) => {
    const answer = await raw(body, type);
    expect([400, 422]).toContain(answer.status);
    expect(answer.body.error.message).toMatch(/\.$/);
  });

  test('JSON that calls itself plain text or a form is no form, so that it has no token', async () => {
    const body = JSON.stringify({ ...good, _csrf: await visitor.token() });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream']) {
      const answer = await raw(body, type, { 'X-CSRF-Token': '' });
      expect([answer.status, answer.body.error.code]).toEqual([403, 'token']);
    }
  });

  test('a packed body is 415', async () => {
    for (const encoding of ['gzip', 'deflate', 'br'])
      expect(
        (await raw(gzipSync(JSON.stringify(good)), 'application/json', { 'Content-Encoding': encoding })).status,
      ).toBe(415);
  });

  test('__proto__ and constructor reach nothing', async () => {
    const bodies = [
      ['{"__proto__":{"role":"admin"},"username":"x"}', 'application/json'],
      ['{"constructor":{"prototype":{"role":"admin"}},"username":"x"}', 'application/json'],
      ['__proto__[role]=admin&constructor[prototype][role]=admin&username=x', 'application/x-www-form-urlencoded'],
      [
        '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nx\r\n--b--\r\n',
        'multipart/form-data; boundary=b',
      ],
    ] as const;
    for (const [body, type] of bodies) expect([400, 422]).toContain((await raw(body, type)).status);
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  test('an object that cannot be put into words is 422 where a box is expected', async () => {
    for (const show_name of [{ toString: 1 }, { valueOf: null }, [[['1']]], 'constructor', '__proto__']) {
      const answer = await ann.post('/images/create', { show_name, url: 'x' }, { json: true, as: 'json' });
      expect([answer.status, answer.body.error.code]).toEqual([422, 'invalid']);
    }
  });

  test('fields that are not the person’s to fill are ignored', async () => {
    const own = await startTestSite({ ROLE: 'web' });
    try {
      await own.member('first');
      const form = { ...good, role: 'admin', id: 99, disabled_at: 1, email_confirmed_at: 1, created_at: 1 };
      const answer = await own.visitor().post('/account/register', form, { json: true, as: 'json' });
      expect(answer.status).toBe(201);
      const row = await own.site.db('accounts').where({ username: 'bea' }).first();
      expect(row).toMatchObject({ role: 'member', disabled_at: null, email_confirmed_at: null });
      expect(row.id).not.toBe(99);
    } finally {
      await own.end();
    }
  });

  test('a header of 20 kB is refused before we see it, and the site goes on', async () => {
    const answer = await request(site.server)
      .get('/')
      .set('X-Long', 'x'.repeat(20_000))
      .catch((error: unknown) => error as { status: number });
    expect(answer.status).toBe(431);
    expect((await visitor.get('/')).status).toBe(200);
  });
});
