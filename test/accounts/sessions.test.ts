import { request as plainRequest } from 'node:http';
import { hashToken } from '../../src/lib/secret.ts';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

const COOKIE = '__Host-session';
const DAY = 24 * 60 * 60 * 1000;

describe('a session', () => {
  let site: TestSite;
  let ann: Member;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', SESSION_IDLE_DAYS: '2', SESSION_DAYS: '5' });
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  async function signedIn(who: Visitor = site.visitor()) {
    const form = { login: 'ann', password: ann.password };
    const answer = await who.post('/account/login', form, { json: true });
    expect(answer.status).toBe(200);
    return { who, answer, id: who.cookies.get(COOKIE) ?? '' };
  }

  const rowOf = (id: string) => site.site.db('sessions').where({ id_hash: hashToken(id) });
  const isIn = async (id: string) => {
    const who = site.visitor();
    who.cookies.set(COOKIE, id);
    return (await who.get('/account')).status === 200;
  };
  const sessionCookies = (headers: Record<string, unknown>) =>
    ((headers['set-cookie'] as string[] | undefined) ?? []).filter((line) => line.startsWith(`${COOKIE}=`));

  test('comes as one small cookie that stays on this host, on HTTPS, away from scripts and other sites', async () => {
    const { answer } = await signedIn();
    const [line = '', ...more] = sessionCookies(answer.headers);
    expect(more).toEqual([]);
    const [pair = '', ...attributes] = line.split('; ');
    expect(pair).toMatch(/^__Host-session=[\w-]{43}$/);
    expect(attributes.map((one) => one.toLowerCase().replace(/=.*gmt$/, '=…')).sort()).toEqual(
      ['expires=…', 'httponly', 'path=/', 'samesite=lax', 'secure'].sort(),
    );
    expect(line.length).toBeLessThan(4096);
  });

  test('every other cookie has the same care', async () => {
    const visitor = site.visitor();
    const lines = [
      ...((await visitor.get('/account/login')).headers['set-cookie'] ?? []),
      ...((await visitor.post('/account/logout')).headers['set-cookie'] ?? []),
    ];
    expect(lines.map((line) => line.split('=')[0])).toEqual(
      expect.arrayContaining(['__Host-visitor', '__Host-note', COOKIE]),
    );
    for (const line of lines)
      expect(line).toMatch(/^__Host-(?=.*; path=\/)(?=.*; secure)(?=.*; httponly)(?!.*domain)/i);
    for (const line of lines) expect(line).toMatch(/; samesite=(lax|strict)/i);
  });

  test('stands in no page, no answer and no row', async () => {
    const { who, answer, id } = await signedIn();
    const texts = [answer.text, (await who.get('/account')).text, (await who.get('/images', { json: true })).text];
    for (const text of texts) expect(text).not.toContain(id);
    const rows = await site.site.db('sessions');
    expect(JSON.stringify(rows)).not.toContain(id);
    expect(await rowOf(id)).toHaveLength(1);
  });

  test('is a new one at every sign-in, and the one before is dead', async () => {
    const first = await signedIn();
    const second = await signedIn(first.who);
    expect(second.id).not.toBe(first.id);
    expect(await rowOf(first.id)).toEqual([]);
    expect(await isIn(first.id)).toBe(false);
    expect(await isIn(second.id)).toBe(true);
  });

  test('never takes an id that the client has chosen', async () => {
    const chosen = 'A'.repeat(43);
    const who = site.visitor();
    who.cookies.set(COOKIE, chosen);
    expect((await who.get('/')).status).toBe(200);
    const { id } = await signedIn(who);
    expect(id).not.toBe(chosen);
    expect(await rowOf(chosen)).toEqual([]);
    expect(await isIn(chosen)).toBe(false);
  });

  test('a cookie that is none of ours is nobody’s', async () => {
    for (const value of ['', 'x', '../../etc/passwd', '%00', "' OR 1=1 --", 'ä', 'A'.repeat(3000)]) {
      const who = site.visitor();
      who.cookies.set(COOKIE, encodeURIComponent(value));
      expect((await who.get('/account')).status).toBe(303);
    }
  });

  test('is no row for visitors, whatever they look at', async () => {
    const before = await site.site.db('sessions').count({ n: '*' }).first();
    const visitor = site.visitor();
    for (const path of ['/', '/account/login', '/account/register', '/account/bookmarklet', '/nowhere', '/images'])
      await visitor.get(path);
    await visitor.post('/account/login', { login: 'ann', password: 'wrong password' });
    await visitor.post('/account/logout');
    expect(await site.site.db('sessions').count({ n: '*' }).first()).toEqual(before);
    expect(visitor.cookies.has(COOKIE)).toBe(false);
  });

  test('ends at the sign-out: on the server, in the browser, and nowhere else', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    const answer = await one.who.post('/account/logout');
    expect([answer.status, answer.headers['location']]).toEqual([303, '/']);
    expect(sessionCookies(answer.headers)).toEqual([
      expect.stringMatching(/^__Host-session=; .*expires=Thu, 01 Jan 1970/i),
    ]);
    expect(await rowOf(one.id)).toEqual([]);
    expect(await isIn(one.id)).toBe(false);
    expect(await isIn(other.id)).toBe(true);
    const home = (await one.who.get('/')).text;
    expect(home).toContain('You are signed out.');
    expect((await one.who.get('/')).text).not.toContain('You are signed out.');
  });

  test('a sign-out by a link, an image or a script from elsewhere does nothing', async () => {
    const { who, id } = await signedIn();
    expect((await who.get('/account/logout')).status).toBe(405);
    await who.post('/account/logout', {}, { headers: { Origin: 'https://evil.example' } });
    await who.post('/account/logout', {}, { token: null });
    expect(await isIn(id)).toBe(true);
  });

  test('ends when it was idle for too long', async () => {
    const { id } = await signedIn();
    await rowOf(id).update({ seen_at: Date.now() - 2 * DAY + 60_000 });
    expect(await isIn(id)).toBe(true);
    // Being looked at was a use: the two days begin anew.
    expect(Number((await rowOf(id).first()).seen_at)).toBeGreaterThan(Date.now() - 60_000);
    await rowOf(id).update({ seen_at: Date.now() - 2 * DAY });
    expect(await isIn(id)).toBe(false);
  });

  test('ends after its days, however busy it was', async () => {
    const { id } = await signedIn();
    const { created_at, expires_at } = await rowOf(id).first();
    expect(Number(expires_at) - Number(created_at)).toBe(5 * DAY);
    await rowOf(id).update({ expires_at: Date.now() });
    expect(await isIn(id)).toBe(false);
  });

  test('messages are said once, and not to a page that does not print them', async () => {
    const { who } = await signedIn();
    expect((await who.get('/nowhere')).status).toBe(404);
    await who.get('/images', { json: true });
    expect((await who.get('/account')).text).toContain('You are signed in.');
    expect((await who.get('/account')).text).not.toContain('You are signed in.');
    expect((await who.get('/nowhere')).text).not.toContain('You are signed in.');
  });

  test('a message in a visitor’s cookie is one of ours, or it is not said', async () => {
    for (const value of ['done.said.signed_out', 'done.<b>x</b>', 'done.nonsense', 'x.error.bug', 'done.__proto__']) {
      const who = site.visitor();
      who.cookies.set('__Host-note', value);
      const { text } = await who.get('/');
      expect(text.includes('You are signed out.')).toBe(value === 'done.said.signed_out');
      expect(text).not.toContain('<b>x</b>');
      expect(who.cookies.has('__Host-note')).toBe(false);
    }
  });
});

describe('a request that was under way when its session ended', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
  });
  afterAll(() => site.end());

  /** Begins to send a form, and ends it when asked to; resolves when the site has looked the session up. */
  async function slowForm(who: Visitor, path: string, fields: Record<string, string>) {
    const body = new URLSearchParams({ _csrf: await who.token(), ...fields }).toString();
    const { port } = site.server.address() as { port: number };
    const lookedUp = new Promise<void>((resolve) => {
      const look = ({ sql }: { sql: string }) => {
        if (!/FROM sessions/.test(sql)) return;
        site.site.db.removeListener('query', look);
        resolve();
      };
      site.site.db.on('query', look);
    });
    const asking = plainRequest({
      port,
      path,
      host: '127.0.0.1',
      method: 'POST',
      headers: {
        Cookie: who.cookie,
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': String(body.length),
      },
    });
    const answered = new Promise<{ status?: number | undefined; cookies: string[] }>((resolve, reject) => {
      asking.on('error', reject);
      asking.on('response', (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, cookies: answer.headers['set-cookie'] ?? [] });
      });
    });
    asking.write(body.slice(0, 10));
    await lookedUp;
    return () => {
      asking.end(body.slice(10));
      return answered;
    };
  }

  test('does not bring it back, neither the row nor the cookie', async () => {
    const ann = await site.member('ann');
    const { id } = await ann.save({ title: 'Before' });
    const old = ann.cookie;
    const finish = await slowForm(ann, `/images/${id}/edit`, { title: 'After' });
    expect((await ann.post('/account/logout')).status).toBe(303);
    const { status, cookies } = await finish();
    expect(status).toBe(303);
    expect(cookies.filter((line) => line.startsWith(COOKIE))).toEqual([]);
    expect(await site.site.db('sessions')).toEqual([]);
    const late = site.visitor();
    late.cookies.set(...(old.split('=') as [string, string]));
    expect((await late.get('/account')).status).toBe(303);
  });

  test('does not undo what another request has put into the session', async () => {
    const bea = await site.member('bea');
    const form = { login: 'bea', password: bea.password };
    const before = bea.cookies.get(COOKIE) ?? '';
    const finish = await slowForm(bea, '/account/login', form);
    expect((await bea.post('/account/login', form)).status).toBe(303);
    await finish();
    // Both are sign-ins of their own; the session that both began in is dead.
    expect(await site.site.db('sessions').where({ id_hash: hashToken(before) })).toEqual([]);
    expect(await site.site.db('sessions')).toHaveLength(2);
  });
});
