import { hash, verify } from '@node-rs/argon2';
import { load } from 'cheerio';
import { checkCredentials, createHashing } from '../../src/accounts/index.ts';
import type { Dialect } from '../../src/db/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

const WRONG = 'No account goes with this name and password. Please check both.';

describe.each<Dialect>(['sqlite', 'postgres'])('signing in, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ann = await site.member('Ann');
  });
  afterAll(() => site.end());

  const signIn = (login: unknown, password: unknown = ann.password, who: Visitor = site.visitor()) =>
    who.post('/account/login', { login, password }, { json: true });

  test.each(['Ann', 'ann', 'ＡＮＮ', '  ann ', 'ann@example.org', ' Ann@EXAMPLE.org'])('as %j', async (login) => {
    const answer = await signIn(login);
    expect([answer.status, answer.body.person?.username]).toEqual([200, 'Ann']);
  });

  test('a script gets the person, and a token that its next form is taken with', async () => {
    const visitor = site.visitor();
    const answer = await signIn('ann', undefined, visitor);
    expect(answer.body).toEqual({
      person: { username: 'Ann', name: '', bio: '', followers: 0, following: 0, images: 0 },
      csrf: expect.stringMatching(/^[\w-]{55}$/),
    });
    const out = await visitor.post('/account/logout', {}, { json: true, token: answer.body.csrf });
    expect(out.status).toBe(200);
  });

  test.each([
    ['a wrong password', 'ann', 'a heap of red things'],
    ['an unknown name', 'nobody', 'a heap of blue things'],
    ['an unknown email', 'nobody@example.org', 'a heap of blue things'],
    ['a password in other case', 'ann', 'A HEAP OF BLUE THINGS'],
    ['no name', '', 'a heap of blue things'],
    ['no password', 'ann', ''],
    ['nothing at all', '', ''],
    ['a NUL in the name', 'ann\0', 'a heap of blue things'],
    ['half a character in the name', '\ud800', 'a heap of blue things'],
    ['a name of a megabyte', 'a'.repeat(2 ** 20), 'a heap of blue things'],
    ['SQL', `' OR 1=1 --`, `' OR 1=1 --`],
    ['a pattern', 'an%', 'a heap of blue things'],
  ])('%s is 401 with one and the same sentence', async (_, login, password) => {
    const answer = await site.visitor().post('/account/login', { login, password }, { json: true, as: 'json' });
    expect([answer.status, answer.body.error]).toEqual([401, { code: 'wrong_login', message: WRONG, field: 'login' }]);
  });

  test('a person whose name has a NUL in it is not there', async () => {
    for (const path of ['/people/ann%00', '/people/%ED%A0%80', `/people/${'a'.repeat(3000)}`])
      expect((await site.visitor().get(path)).status).toBe(404);
  });

  test('that an account is disabled is said only after the right password, and ends its sessions at once', async () => {
    const bea = await site.member('bea');
    await site.site.db('accounts').where({ username: 'bea' }).update({ disabled_at: Date.now() });
    expect((await bea.get('/account')).status).toBe(303);
    expect((await signIn('bea', 'a wrong password')).body.error.code).toBe('wrong_login');
    const right = await signIn('bea', bea.password);
    expect([right.status, right.body.error.code, right.headers['set-cookie']]).toEqual([401, 'disabled', undefined]);
  });
});

describe('the page to sign in', () => {
  let site: TestSite;
  let ann: Member;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  const enter = (who: Visitor, more: Record<string, unknown> = {}, path = '/account/login') =>
    who.post(path, { login: 'ann', password: ann.password, ...more });

  test('what is wrong is said with 401, the name is kept, the password is not', async () => {
    const answer = await enter(site.visitor(), { login: 'an"n', password: 'not this one', next: '/images' });
    expect(answer.status).toBe(401);
    const $ = load(answer.text);
    expect($('#login-error').text().trim()).toBe(WRONG);
    expect($('#login').val()).toBe('an"n');
    expect($('input[name=next]').val()).toBe('/images');
    expect(answer.text).not.toContain('not this one');
  });

  test('password managers find their fields, and nothing keeps people from pasting', async () => {
    const login = (await site.visitor().see('/account/login')).$;
    expect(login('#login').attr('autocomplete')).toBe('username webauthn');
    expect(login('#password').attr()).toMatchObject({ type: 'password', autocomplete: 'current-password' });
    const join = (await site.visitor().see('/account/register')).$;
    for (const id of ['#password', '#password2'])
      expect(join(id).attr()).toMatchObject({ type: 'password', autocomplete: 'new-password' });
    expect(join('[onpaste], [maxlength]')).toHaveLength(0);
  });

  test('a password in the address is never looked at', async () => {
    const visitor = site.visitor();
    const path = `/account/login?login=ann&password=${encodeURIComponent(ann.password)}`;
    for (const form of [{}, { login: 'ann' }, { password: ann.password }]) {
      const answer = await visitor.post(path, form, { json: true });
      expect(answer.status).toBe(401);
    }
  });

  test('whoever is signed in already is sent on', async () => {
    for (const path of ['/account/login', '/account/register'])
      expect((await ann.get(path)).headers['location']).toBe('/account');
    expect((await ann.get('/account/login?next=/images?page=2')).headers['location']).toBe('/images?page=2');
    expect((await ann.get('/account/login?next=//evil.example')).headers['location']).toBe('/account');
  });

  test.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e%2e//evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https://evil.example',
    'http://localhost:9000@evil.example',
    'javascript:alert(1)',
    'evil.example',
    ' /images',
    '',
    '/ünï',
    `/${'a'.repeat(10_000)}`,
    '/account/login?next=/images',
    '/account/logout',
    '/account/register/',
    '/images\r\nSet-Cookie: a=b',
  ])('next=%j leads to the dashboard', async (next) => {
    const path = `/account/login?next=${encodeURIComponent(next)}`;
    const page = await site.visitor().get(path);
    expect(load(page.text)('input[name=next]').val() ?? '').toBe('');
    expect((await ann.get(path)).headers['location']).toBe('/account');
  });

  test('a next that leads away is not followed from the form either', async () => {
    for (const next of ['//evil.example', '/\\evil.example', 'https:evil.example', '/images\r\nSet-Cookie: a=b']) {
      const answer = await enter(site.visitor(), { next });
      expect([answer.status, answer.headers['location']]).toEqual([303, '/account']);
      expect(answer.headers['set-cookie']).toHaveLength(1);
    }
  });

  test.each(['/images', '/', '/%09/evil.example', '/images?page=2&x=//evil.example', '/?a\\b', '/images/1/a#comments'])(
    'next=%j leads there',
    async (next) => {
      const answer = await enter(site.visitor(), { next });
      expect(answer.headers['location']).toBe(next);
    },
  );

  test('of several nexts one alone is read, and by the same rule', async () => {
    const one = await site.visitor().post('/account/login', {
      login: 'ann',
      password: ann.password,
      next: ['/images', '//evil.example'],
    });
    expect(one.headers['location']).toBe('/account');
    const query = await enter(site.visitor(), {}, '/account/login?next=/images&next=//evil.example');
    expect(query.headers['location']).toBe('/images');
    const both = await enter(site.visitor(), { next: '//evil.example' }, '/account/login?next=/images');
    expect(both.headers['location']).toBe('/account');
  });

  const SEED =
    '/images/create/?title=bricks&url=https://images.unsplash.com/photo-1591788788843-93d40443bddd?ixlib=rb-1.2.1&auto=format&fit=crop&w=1275&q=80';

  test.each([
    SEED,
    '/images/create/?title=a+b%20c&url=https%3A%2F%2Fx.example%2F%2541%3Fa%3D1%26b%3D2',
    '/images/create?url=https://x.example/a|b^c`{d}f;g,h*(i)!j~k$l@m[n]o\\p%zzq+r',
  ])('the pick of %s survives the sign-in byte for byte', async (seed) => {
    const visitor = site.visitor();
    const asked = await visitor.get(seed);
    expect(asked.status).toBe(303);
    const page = await visitor.get(asked.headers['location'] ?? '');
    const next = load(page.text)('form[action="/account/login"] input[name=next]').val();
    expect(next).toBe(seed);
    const answer = await enter(visitor, { next });
    expect([answer.status, answer.headers['location']]).toEqual([303, seed]);
    expect((await visitor.get(answer.headers['location'] ?? '')).status).toBe(200);
  });

  test('the pick survives joining, too, and a first password that was wrong', async () => {
    const bea = site.visitor();
    const login = await bea.see((await bea.get(SEED)).headers['location'] ?? '');
    const join = login.$('main a[href^="/account/register"]').attr('href') ?? '';
    const page = await bea.see(join);
    const next = page.$('input[name=next]').val();
    const form = { username: 'bea', email: 'bea@example.org', password: 'long enough', next };
    const wrong = await bea.post('/account/register', { ...form, password2: 'otherwise' });
    expect(load(wrong.text)('input[name=next]').val()).toBe(SEED);
    const right = await bea.post('/account/register', { ...form, password2: form.password });
    expect([right.status, right.headers['location']]).toEqual([303, SEED]);
    const shown = await bea.see(SEED);
    expect(shown.$('input[name=url]').val()).toBe(SEED.slice(SEED.indexOf('https://')));
    expect(shown.$('input[name=title]').val()).toBe('bricks');
  });
});

describe('guessing', () => {
  let site: TestSite;
  let ann: Member;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', LIMITS: 'on', TRUST_PROXY: '1' });
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  const from = (address: string, login: string, password: string) =>
    site.visitor().post('/account/login', { login, password }, { json: true, headers: { 'X-Forwarded-For': address } });

  test('is slowed down for that name from that network; its owner comes in from elsewhere all the same', async () => {
    const spellings = ['ann', 'ANN', 'ＡＮＮ', ' ann', 'Ann', 'aNN', 'ann', 'ann'];
    for (const login of spellings) expect((await from('192.0.2.1', login, 'a guess')).status).toBe(401);
    const slowed = await from('192.0.2.1', 'ann', ann.password);
    expect([slowed.status, slowed.body.error.code]).toEqual([429, 'too_many']);
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
    expect((await from('192.0.2.1', 'somebody', 'a guess')).status).toBe(401);
    expect((await from('192.0.2.2', 'ann', ann.password)).status).toBe(200);
  });

  test('is counted for the whole network of an IPv6 address', async () => {
    for (let i = 0; i < 8; i++) await from(`2001:db8:0:1::${i}`, 'ann', 'a guess');
    expect((await from('2001:db8:0:1:ffff::1', 'ann', ann.password)).status).toBe(429);
    expect((await from('2001:db8:0:2::1', 'ann', ann.password)).status).toBe(200);
  });

  test('does not take the place of signing in: that never counts', async () => {
    for (let i = 0; i < 10; i++) expect((await from('192.0.2.3', 'ann', ann.password)).status).toBe(200);
    expect((await from('192.0.2.3', 'ann', 'a slip')).status).toBe(401);
  });
});

describe('a password that was hashed when less was asked', () => {
  const COST = { memory: 16_384, passes: 3 };
  let site: TestSite;
  let ann: Member;
  /** KiB that were gone over: what looking at a password costs, whatever else the machine does. */
  let asked = 0;
  const counted = {
    hash: (...[password, options]: Parameters<typeof hash>) => {
      asked += (options?.memoryCost ?? NaN) * (options?.timeCost ?? NaN);
      return hash(password, options);
    },
    verify: (...[stored, password]: Parameters<typeof verify>) => {
      const [, memory, passes] = /m=(\d+),t=(\d+)/.exec(String(stored)) ?? [];
      asked += Number(memory) * Number(passes);
      return verify(stored, password);
    },
  };
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, 'sqlite', silentLog, { hashing: { cost: COST, argon2: counted } });
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  const accounts = () => site.site.db('accounts').where({ username: 'ann' });
  const stored = async () => String((await accounts().first('password_hash')).password_hash);
  const makeOld = async (memory = 1024, passes = 1) => {
    const password_hash = await createHashing({ cost: { memory, passes } }).hash(ann.password);
    await accounts().update({ password_hash });
    return password_hash;
  };
  const enter = (login: string, password = ann.password) =>
    site.visitor().post('/account/login', { login, password }, { json: true });

  test('is hashed anew when its owner signs in, and only then', async () => {
    const fresh = await stored();
    await enter('ann');
    expect(await stored()).toBe(fresh);
    for (const [memory, passes] of [
      [COST.memory, COST.passes - 1],
      [COST.memory / 2, COST.passes + 1],
    ] as const) {
      const old = await makeOld(memory, passes);
      expect((await enter('ann', 'a wrong password')).status).toBe(401);
      expect(await stored()).toBe(old);
      expect((await enter('ann')).status).toBe(200);
      expect(await stored()).toContain(`$m=${COST.memory},t=${COST.passes},p=1$`);
      expect((await enter('ann')).status).toBe(200);
    }
  });

  test('is hashed anew when its owner is asked again', async () => {
    await makeOld();
    expect((await ann.post('/account/again', { password: ann.password }, { json: true })).status).toBe(200);
    expect(site.site.hashing.isWeak(await stored())).toBe(false);
  });

  test('never comes back over one that was changed meanwhile', async () => {
    const old = await makeOld();
    const { hashing, db } = site.site;
    const changed = 'another one altogether';
    const slow = { ...hashing, hash: async () => (await accounts().update({ password_hash: changed }), old) };
    await checkCredentials(db, slow, 'ann', ann.password);
    expect(await stored()).toBe(changed);
    await accounts().update({ password_hash: await hashing.hash(ann.password) });
  });

  test('an unknown name costs as much work as a wrong password, also for an old one, so that the time tells nothing', async () => {
    const work = async (login: string) => {
      asked = 0;
      await enter(login, 'a wrong password');
      return asked;
    };
    await work('nobody');
    const known = await work('ann');
    const unknown = await work('nobody');
    await makeOld(8192, 3);
    const old = await work('ann');
    expect([known, unknown, old]).toEqual(Array.from({ length: 3 }, () => COST.memory * COST.passes));
  });
});
