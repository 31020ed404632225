import { routes } from '../../src/routes.ts';
import { BASE, startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

const EVIL = { Origin: 'https://evil.example' };
const posts = routes.filter(({ method }) => method === 'POST').map(({ path }) => path.replace(':id', '1'));

describe('what is checked first', () => {
  let site: TestSite;
  let ann: Member;
  let visitor: Visitor;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
    ann = await site.member('ann');
    visitor = site.visitor();
  });
  afterAll(() => site.end());

  test('an address that is not there is not there, wherever the form came from', async () => {
    const answer = await visitor.post('/nowhere', {}, { headers: EVIL, token: null, json: true });
    expect(answer.status).toBe(404);
    expect(answer.body.error).toMatchObject({ code: 'not_found', field: null });
  });

  test.each(posts)('POST %s from another site is refused before anything is asked', async (path) => {
    for (const headers of [EVIL, { 'Sec-Fetch-Site': 'cross-site' }])
      for (const who of [visitor, ann]) {
        const answer = await who.post(path, {}, { headers, json: true });
        expect([answer.status, answer.body.error.code]).toEqual([403, 'foreign']);
      }
  });

  test.each([
    ['Origin: null', { Origin: 'null' }],
    ['plain http', { Origin: 'http://localhost:9000' }],
    ['another port', { Origin: 'https://localhost:9001' }],
    ['a name that begins like ours', { Origin: 'https://localhost:9000.evil.example' }],
    ['a neighbour under the same name', { 'Sec-Fetch-Site': 'same-site' }],
    ['another site with our own Referer', { ...EVIL, Referer: `${BASE}/account` }],
  ])('a form from %s is foreign', async (_, headers) => {
    const answer = await ann.post('/account/logout', {}, { headers, json: true });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'foreign']);
    expect((await ann.get('/account')).status).toBe(200);
  });

  test.each([
    ['our own pages', { Origin: BASE }],
    ['our own pages, said by Sec-Fetch-Site alone', { 'Sec-Fetch-Site': 'same-origin' }],
    ['a script that says nothing', {}],
  ])('a form from %s is looked at', async (_, headers: Record<string, string>) => {
    const answer = await visitor.post('/account/login', { login: 'x', password: 'y' }, { headers, json: true });
    expect(answer.status).toBe(401);
  });

  test('pages and lists open from any site, since they change nothing', async () => {
    expect((await ann.get('/images', { headers: { ...EVIL, 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(200);
  });

  test('whoever is not signed in is sent to the sign-in before the token is asked for', async () => {
    const page = await visitor.post('/images/create', {}, { token: null });
    expect([page.status, page.headers['location']]).toEqual([303, '/account/login']);
    const json = await visitor.post('/images/create', {}, { token: null, json: true });
    expect([json.status, json.body.error.code]).toEqual([401, 'sign_in']);
  });

  test('after a form, next is the page that the form stood on, when it was one of ours', async () => {
    const from = async (referer: string) =>
      (await visitor.post('/images/create', {}, { headers: { Referer: referer } })).headers['location'];
    expect(await from(`${BASE}/images/create/?title=a&url=https://x.example/?b=1&c=2`)).toBe(
      `/account/login?next=${encodeURIComponent('/images/create/?title=a&url=https://x.example/?b=1&c=2')}`,
    );
    for (const foreign of ['https://evil.example/x', 'https://localhost:9000.evil.example/', 'nonsense', 'data:,x'])
      expect(await from(foreign)).toBe('/account/login');
  });

  test('the Host of a request never makes a foreign page ours', async () => {
    const headers = { Host: 'evil.example', Referer: 'https://evil.example/x', 'X-Forwarded-Host': 'evil.example' };
    const answer = await visitor.post('/images/create', {}, { headers });
    expect(answer.headers['location']).toBe('/account/login');
  });

  test('the body of somebody who is not signed in is not waited for', async () => {
    const { request } = await import('node:http');
    const { port } = site.server.address() as { port: number };
    const headers = { Accept: 'application/json', 'Content-Type': 'image/jpeg', 'Content-Length': '20000000' };
    const asking = request({ port, host: '127.0.0.1', method: 'POST', path: '/images/create', headers });
    asking.on('error', () => {});
    asking.write('the first of twenty million bytes');
    const status = await new Promise((resolve) => asking.on('response', (answer) => resolve(answer.statusCode)));
    asking.destroy();
    expect(status).toBe(401);
  });
});

describe('the token of a form', () => {
  let site: TestSite;
  let ann: Member;
  let bea: Member;
  const wrong = { login: 'nobody', password: 'nothing at all' };

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
    [ann, bea] = [await site.member('ann'), await site.member('bea')];
  });
  afterAll(() => site.end());

  const refused = async (who: Visitor, token: string | null, headers: Record<string, string> = {}) => {
    const answer = await who.post('/account/logout', {}, { json: true, token, headers });
    return [answer.status, answer.body.error?.code];
  };

  test('a form without it, with a wrong one, or with somebody else’s does nothing', async () => {
    const theirs = await bea.token();
    const visitors = await site.visitor().token();
    for (const token of [null, '', 'x', theirs, visitors, `${await ann.token()}x`, 'ä'.repeat(43)])
      expect(await refused(ann, token)).toEqual([403, 'token']);
    expect((await ann.get('/account')).status).toBe(200);
  });

  test('a visitor’s form is worth nothing to another visitor, nor to one without cookies', async () => {
    const [one, other] = [site.visitor(), site.visitor()];
    const token = await one.token();
    await other.token();
    for (const who of [other, site.visitor()]) {
      const answer = await who.post('/account/login', wrong, { json: true, token });
      expect([answer.status, answer.body.error.code]).toEqual([403, 'token']);
    }
    expect((await one.post('/account/login', wrong, { json: true, token })).status).toBe(401);
  });

  test('a cookie that we did not sign makes no tokens', async () => {
    const forger = site.visitor();
    forger.cookies.set('__Host-visitor', `${'A'.repeat(43)}.${'A'.repeat(43)}`);
    const token = await forger.token();
    expect(forger.cookies.get('__Host-visitor')).not.toMatch(/^A{43}\./);
    forger.cookies.set('__Host-visitor', `${'A'.repeat(43)}.${'A'.repeat(43)}`);
    expect((await forger.post('/account/login', wrong, { json: true, token })).status).toBe(403);
  });

  test('a token from before the sign-in is worth nothing after it', async () => {
    const cay = site.visitor();
    const before = await cay.token();
    const signedIn = await cay.post('/account/login', { login: 'bea', password: bea.password }, { json: true });
    expect(signedIn.status).toBe(200);
    expect(await refused(cay, before)).toEqual([403, 'token']);
  });

  test('the header X-CSRF-Token does as well as the field', async () => {
    const dan = await site.member('dan');
    const headers = { 'X-CSRF-Token': await dan.token() };
    const answer = await dan.post('/account/logout', {}, { json: true, token: null, headers });
    expect([answer.status, answer.body]).toEqual([200, { signed_out: true }]);
  });

  test('a form may be JSON or multipart, with the token in it or in the header', async () => {
    const eve = site.visitor();
    const token = await eve.token();
    const right = { login: 'ann', password: ann.password };
    const json = await eve.post('/account/login', right, { json: true, as: 'json', token });
    expect([json.status, json.body.person?.username]).toEqual([200, 'ann']);
    const fay = site.visitor();
    const bytes = Buffer.from('not asked for');
    const multipart = await fay.post('/account/login', right, { json: true, file: { bytes } });
    expect([multipart.status, multipart.body.person?.username]).toEqual([200, 'ann']);
    const gus = site.visitor();
    const header = { 'X-CSRF-Token': await gus.token() };
    const both = await gus.post('/account/login', right, { json: true, token: null, headers: header, file: { bytes } });
    expect(both.status).toBe(200);
    const bare = await site.visitor().post('/account/login', right, { json: true, token: null, file: { bytes } });
    expect([bare.status, bare.body.error.code]).toEqual([403, 'token']);
  });

  test('a page says it in words, shows the form again with a fresh token, and that one works', async () => {
    const hal = site.visitor();
    const answer = await hal.post('/account/login', { login: 'ann', password: ann.password }, { token: 'old' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('This page was open for too long');
    expect(answer.text).toContain('value="ann"');
    expect(answer.text).not.toContain(ann.password);
    const fresh = /name="_csrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? '';
    const again = await hal.post('/account/login', { login: 'ann', password: ann.password }, { token: fresh });
    expect([again.status, again.headers['location']]).toEqual([303, '/account']);
  });
});

describe('too many, and wrong fields', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', LIMITS: 'on' });
  });
  afterAll(() => site.end());

  test('too many forms are 429 with Retry-After, after the token and before the fields are looked at', async () => {
    const ann = site.visitor();
    const form = { username: 'a', email: 'b', password: 'c', password2: 'd' };
    const token = await ann.token();
    const statuses = [];
    for (let i = 0; i < 11; i++)
      statuses.push((await ann.post('/account/register', form, { json: true, token })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429]);

    const json = await ann.post('/account/register', form, { json: true, token });
    expect(json.body.error).toMatchObject({ code: 'too_many', field: null });
    expect(Number(json.headers['retry-after'])).toBeGreaterThan(3500);
    const page = await ann.post('/account/register', form, { token });
    expect([page.status, page.headers['retry-after']]).toEqual([429, json.headers['retry-after']]);
    expect(page.text).toContain('That was a lot in a short time. Please try again in 60 minutes.');
    expect(page.text).toContain('value="b"');
    expect((await ann.post('/account/register', form, { json: true, token: null })).status).toBe(403);
  });

  test('a form that is not counted costs nobody anything: foreign ones, and those without a token', async () => {
    const bea = site.visitor();
    for (let i = 0; i < 70; i++) await bea.post('/account/login', {}, { token: null });
    const answer = await bea.post('/account/login', { login: 'nobody', password: 'nothing' }, { json: true });
    expect(answer.status).toBe(401);
  });
});
