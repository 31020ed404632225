import { isNativeError } from 'node:util/types';
import request from 'supertest';
import type { Log } from '../../src/lib/log.ts';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

/** A log that keeps every line, as text. */
function collecting(): Log & { lines: string[] } {
  const lines: string[] = [];
  const keep = (facts: object, text?: string) => {
    const plain = (_: string, value: unknown) =>
      isNativeError(value) ? { ...value, message: value.message, stack: value.stack } : value;
    lines.push(JSON.stringify({ ...facts, text }, plain));
  };
  return { lines, debug: keep, info: keep, warn: keep, error: keep };
}

describe('what every answer says', () => {
  let site: TestSite;
  let ann: Member;
  let visitor: Visitor;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
    ann = await site.member('ann');
    visitor = site.visitor();
  });
  afterAll(() => site.end());

  const policyOf = (headers: Record<string, string>) =>
    Object.fromEntries(
      (headers['content-security-policy'] ?? '').split(';').map((rule) => {
        const [name = '', ...values] = rule.trim().split(' ');
        return [name, values.join(' ')];
      }),
    );

  const answers = () =>
    Promise.all([
      visitor.get('/'),
      visitor.get('/account/login'),
      visitor.get('/account'),
      visitor.get('/nowhere'),
      visitor.get('/nowhere', { json: true }),
      visitor.get('/bookmarklet.js'),
      visitor.get('/healthz'),
      visitor.post('/account/login', { login: 'a', password: 'b' }),
      visitor.post('/account/login', {}, { token: null, json: true }),
      visitor.get('/account/logout'),
      ann.get('/account'),
      ann.get('/images', { json: true }),
      ann.get('/images/create'),
      ann.get('/images/create?after=%F0%9F%99%82'),
    ]);

  test('no scripts but ours, no framing, no guessing of types, no word of what we are made of', async () => {
    for (const { headers } of await answers()) {
      expect(policyOf(headers)).toMatchObject({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'self'",
        'frame-ancestors': "'none'",
        'object-src': "'none'",
      });
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'x-frame-options': 'DENY',
      });
      for (const name of ['server', 'x-powered-by', 'access-control-allow-origin', 'strict-transport-security'])
        expect(headers[name]).toBeUndefined();
    }
  });

  test('the page with previews alone may show pictures from elsewhere, and read them', async () => {
    for (const answer of await answers()) {
      const elsewhere = answer.request.url.includes('/images/create') && answer.status === 200;
      expect(policyOf(answer.headers)['img-src']).toBe(elsewhere ? "'self' data: blob: https:" : "'self' data:");
      expect(policyOf(answer.headers)['connect-src']).toBe(elsewhere ? "'self' https:" : "'self'");
    }
  });

  test('nothing that is somebody’s stays in a cache, and caches know what it depends on', async () => {
    for (const { headers } of await answers()) {
      expect(headers['cache-control']).toBe('private, no-store');
      expect(headers['vary']).toMatch(/Accept, Accept-Language, Cookie/);
    }
  });

  test('styles and scripts may stay for ever, and are the same for everybody', async () => {
    const [, style = ''] = /href="(\/static\/[^"]+\.css)"/.exec((await visitor.get('/')).text) ?? [];
    const [one, other] = [await visitor.get(style), await ann.get(style)];
    expect(one.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/css; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    expect(one.text).toBe(other.text);
    expect(one.headers['set-cookie']).toBeUndefined();
  });

  test('another site reads nothing, whatever it says it is', async () => {
    for (const origin of ['https://evil.example', 'null']) {
      const { headers } = await ann.get('/account', { headers: { Origin: origin } });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('pages, JSON and texts say what they are', async () => {
    const typeOf = async (path: string, json = false) => (await ann.get(path, { json })).headers['content-type'];
    expect(await typeOf('/account')).toBe('text/html; charset=utf-8');
    expect(await typeOf('/account', true)).toBe('application/json; charset=utf-8');
    expect(await typeOf('/nowhere', true)).toBe('application/json; charset=utf-8');
    expect(await typeOf('/bookmarklet.js')).toBe('text/javascript; charset=utf-8');
  });

  test.each(
    '/.git/config /.env /package.json /static/ /static/../package.json /static/%2e%2e/package.json /media/ /media/%252e%252e/x /certs/ca.pem /certs/ /data/ /account/x.css /account/login/x /images/0x10 /images/-1 /images/1e9 /images/9223372036854775808 /images/%00 /people/%E0%A4%A /administrator //evil.example/ /images/1/a/b'.split(
      ' ',
    ),
  )('%s is 404', async (path) => {
    const answer = await ann.get(path);
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('There is nothing at this address.');
  });

  test.each(['page=-1', 'page=0', 'page=1e309', 'page=9223372036854775808', 'page=NaN', 'page=1&page=2', 'after=🙂'])(
    '/images?%s is no fault of ours',
    async (query) => {
      const { status } = await ann.get(`/images?${encodeURI(query)}`);
      expect([200, 404, 422]).toContain(status);
    },
  );

  test('a slash at the end changes nothing', async () => {
    for (const path of ['/images', '/account', '/images/create', '/images/bin', '/people/ann']) {
      const [without, withSlash] = [await ann.get(path), await ann.get(`${path}/`)];
      expect([without.status, withSlash.status]).toEqual([200, 200]);
    }
    expect((await visitor.post('/account/login/', { login: 'a', password: 'b' })).status).toBe(401);
  });

  test('HEAD says what GET would say, and takes no message away', async () => {
    const bea = site.visitor();
    await bea.post('/account/login', { login: 'ann', password: ann.password });
    const head = await request(site.server).head('/account').set('Cookie', bea.cookie);
    expect([head.status, head.text ?? '', head.headers['content-type']]).toEqual([200, '', 'text/html; charset=utf-8']);
    expect((await bea.get('/account')).text).toContain('You are signed in.');
    expect((await request(site.server).head('/nowhere')).status).toBe(404);
  });

  test.each(['put', 'delete', 'patch', 'trace', 'propfind'] as const)(
    '%s is 405 and says what works',
    async (method) => {
      const answer = await request(site.server)[method]('/images/create').set('Cookie', ann.cookie);
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
      const login = await request(site.server)[method]('/account/logout').set('Accept', 'application/json');
      expect([login.status, login.headers['allow'], login.body.error.code]).toEqual([405, 'POST', 'method']);
      expect((await request(site.server)[method]('/nowhere')).status).toBe(404);
    },
  );

  test('OPTIONS says what works, and lets nobody else in', async () => {
    const answer = await request(site.server).options('/images').set('Origin', 'https://evil.example');
    expect([answer.status, answer.headers['allow']]).toEqual([204, 'GET, HEAD']);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each(['evil.example', '[', 'a b', '', 'x'.repeat(300), 'http://evil.example@good'])(
    'no link is made from a Host of %j',
    async (host) => {
      for (const path of ['/', '/account', '/account/login?next=/images', '/images?page=2']) {
        const answer = await visitor.get(path, { headers: { Host: host } });
        expect([200, 303]).toContain(answer.status);
        expect(answer.headers['location'] ?? '/').toMatch(/^\//);
        expect(answer.text).not.toContain('evil.example');
      }
    },
  );
});

describe('HSTS', () => {
  test.each([
    ['https://images.example.org', true],
    ['https://localhost:9000', false],
    ['https://bower.localhost', false],
    ['https://192.0.2.1', false],
    ['https://[2001:db8::1]:8443', false],
    ['http://images.example.org', false],
  ])('of a site at %s: %s', async (address, pinned) => {
    const { safeHeaders } = await import('../../src/web/edge/headers.ts');
    const { default: Koa } = await import('koa');
    const app = new Koa().use(safeHeaders(address)).use((ctx) => void (ctx.body = 'x'));
    const value = (await request(app.callback()).get('/')).headers['strict-transport-security'];
    expect(value).toBe(pinned ? 'max-age=31536000; includeSubDomains' : undefined);
  });
});

describe('who is asking', () => {
  const forged = {
    'X-Forwarded-For': '198.51.100.7, 203.0.113.9',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'http',
    'X-Real-IP': '198.51.100.7',
    Forwarded: 'for=198.51.100.7',
  };

  async function seenAs(env: Record<string, string>): Promise<string> {
    const log = collecting();
    const site = await startTestSite({ ROLE: 'web', ...env }, 'sqlite', log);
    try {
      const answer = await site.visitor().get('/account', { headers: forged });
      expect(answer.headers['location']).toBe('/account/login?next=%2Faccount');
      await site.visitor().get('/account/login', { headers: forged });
      return log.lines.map((line) => JSON.parse(line)).find(({ text }) => text === 'request').from;
    } finally {
      await site.end();
    }
  }

  test('is whoever connects, whatever they say, where no proxy is trusted', async () => {
    expect(await seenAs({})).toBe('127.0.0.1');
  });

  test('is the last hop in front of the one proxy that is trusted', async () => {
    expect(await seenAs({ TRUST_PROXY: '1' })).toBe('203.0.113.9');
  });

  test('is the hop before that with two', async () => {
    expect(await seenAs({ TRUST_PROXY: '2' })).toBe('198.51.100.7');
  });

  test('is an IPv4 address also through a listener for both families', async () => {
    const log = collecting();
    const site = await startTestSite({ ROLE: 'web' }, 'sqlite', log);
    const { createServer } = await import('node:http');
    const dual = createServer(site.handler);
    try {
      await new Promise<void>((resolve) => dual.listen(0, '::', resolve));
      const { port } = dual.address() as { port: number };
      await request(`http://127.0.0.1:${port}`).get('/healthz');
      expect(log.lines.map((line) => JSON.parse(line).from)).toEqual(['127.0.0.1']);
    } finally {
      dual.close();
      await site.end();
    }
  });
});

describe('when something breaks', () => {
  let site: TestSite;
  let log: ReturnType<typeof collecting>;
  let ann: Member;
  beforeAll(async () => {
    log = collecting();
    site = await startTestSite({ ROLE: 'web' }, 'sqlite', log);
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  test('a person reads a sentence and a number to quote; the log has the rest under that number', async () => {
    await site.site.db.schema.renameTable('images', 'gone');
    try {
      const page = await ann.get('/images');
      expect(page.status).toBe(500);
      expect(page.text).toContain('Something went wrong on our side.');
      const [, id = ''] = /<code>([\w-]{12})<\/code>/.exec(page.text) ?? [];
      expect(log.lines.filter((line) => line.includes(id) && line.includes('"text":"bug"'))).toEqual([
        expect.stringContaining('no such table'),
      ]);
      const json = await ann.get('/images', { json: true });
      expect([json.status, json.body]).toEqual([
        500,
        { error: { code: 'bug', message: expect.stringMatching(/^Something went wrong/), field: null } },
      ]);
      for (const { text, headers } of [page, json]) {
        expect(text).not.toMatch(/no such table|SQLITE|node_modules|\.js:\d|SELECT/);
        expect(headers['content-security-policy']).toContain("default-src 'none'");
        expect(headers['cache-control']).toBe('private, no-store');
      }
    } finally {
      await site.site.db.schema.renameTable('gone', 'images');
    }
    expect((await ann.get('/images')).status).toBe(200);
  });

  test('a whole tour leaves no password, cookie, token, address or title in the log', async () => {
    const secrets = ['TheWrongPassword', 'TheRightPassword', 'Quite private title', 'pick.example', 'zoe@example.org'];
    const zoe = site.visitor();
    const form = { username: 'zoe', email: 'zoe@example.org', password: secrets[1], password2: secrets[1] };
    await zoe.get('/images/create/?title=Quite+private+title&url=https://pick.example/1.jpg');
    await zoe.post('/account/login', { login: 'zoe', password: secrets[0] });
    secrets.push(await zoe.token(), zoe.cookie.split('=')[1] ?? '');
    expect((await zoe.post('/account/register', form)).status).toBe(303);
    await zoe.post('/images/create', { title: 'Quite private title', url: 'javascript:pick.example' });
    await zoe.get('/images/create/?title=Quite+private+title&url=https://pick.example/1.jpg');
    secrets.push(await zoe.token(), zoe.cookies.get('__Host-session') ?? '');
    await site.site.db.schema.renameTable('sessions', 'gone');
    expect((await zoe.post('/account/logout')).status).toBe(500);
    expect((await zoe.post('/account/login', { login: 'zoe', password: secrets[1] })).status).toBe(500);
    await site.site.db.schema.renameTable('gone', 'sessions');
    await zoe.post('/account/logout');
    expect(log.lines.length).toBeGreaterThan(10);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      expect(log.lines.filter((line) => line.includes(secret))).toEqual([]);
    }
  });

  test('the log says who did what, from where, and why it was refused, one line each', async () => {
    const from = log.lines.length;
    await site.visitor().post('/account/login', { login: 'a\r\nb\u001b[31m', password: 'wrong password' });
    await ann.get('/account', { headers: { 'User-Agent': 'x' } });
    const lines = log.lines.slice(from).map((line) => JSON.parse(line));
    const facts = {
      id: expect.stringMatching(/^[\w-]{12}$/),
      ms: expect.any(Number),
      from: '127.0.0.1',
      text: 'request',
    };
    expect(lines).toEqual([
      { ...facts, method: 'GET', route: '/account/login', status: 200, member: null, refused: null },
      { ...facts, method: 'POST', route: '/account/login', status: 401, member: null, refused: 'wrong_login' },
      { ...facts, method: 'GET', route: '/account', status: 200, member: expect.any(Number), refused: null },
    ]);
  });

  test('with the database gone the site says so in a sentence, is not ready, and lives', async () => {
    const gone = await startTestSite({ ROLE: 'web' });
    const member = await gone.member('ann');
    await gone.site.db.destroy();
    try {
      for (const who of [gone.visitor(), member]) {
        const page = await who.get('/');
        expect([500, 503]).toContain(page.status);
        expect(page.text).toMatch(/Something went wrong on our side|The site is very busy/);
      }
      const login = await gone.visitor().post('/account/login', { login: 'ann', password: member.password });
      expect([500, 503]).toContain(login.status);
      const ready = await gone.visitor().get('/readyz');
      expect([ready.status, ready.text]).toEqual([503, expect.stringMatching(/^not ready\ndatabase\tdoes not answer/)]);
      expect((await gone.visitor().get('/healthz')).text).toBe('alive\n');
    } finally {
      await gone.end();
    }
  });
});
