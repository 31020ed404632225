import { load } from 'cheerio';
import { Secret, TOTP } from 'otpauth';
import { linkIn, mailFor } from '../support/post.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const STEP = 30_000;
/** The code `steps` spans of 30 s from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP });

let site: TestSite;
let made = 0;

beforeAll(async () => {
  site = await startTestSite();
});
afterAll(() => site.end());

/** The token of a page that is open also to who has no second factor where the site asks for one. */
const tokenOf = async (who: Member): Promise<string> =>
  (await who.see('/account/two-factor')).$('meta[name=csrf-token]').attr('content') ?? '';

/** A member who has turned the second factor on, by the code of the span before: the one of now is still good. */
async function secured(on = site): Promise<{ ann: Member; secret: string; codes: string[] }> {
  const ann = await on.member(`secured${++made}`);
  const token = await tokenOf(ann);
  const begun = await ann.post('/account/two-factor', { action: 'begin' }, { json: true, token });
  const { secret } = begun.body as { secret: string };
  const answer = await ann.post(
    '/account/two-factor',
    { action: 'confirm', code: codeOf(secret, -1) },
    { json: true, token },
  );
  expect(answer.status).toBe(200);
  return { ann, secret, codes: answer.body.recovery_codes as string[] };
}

const signIn = async (ann: Member, next = '', json = false, on = site) => {
  const visitor = on.visitor();
  const form = { login: ann.username, password: ann.password, ...(next ? { next } : {}) };
  return { visitor, answer: await visitor.post('/account/login', form, { json }) };
};

describe('setting it up', () => {
  test('the page shows a QR code and the key, the first code turns it on, and the recovery codes are told once', async () => {
    const ann = await site.member('ann');
    const begun = await ann.post('/account/two-factor', { action: 'begin' });
    expect([begun.status, begun.headers['location']]).toEqual([303, '/account/two-factor']);
    const { $ } = await ann.see('/account/two-factor');
    const key = $('[data-key]').text().replaceAll(' ', '');
    expect($('svg.qr path').attr('d')).toMatch(/^M4 4h7v1h-7z/);
    expect($('a[href^="otpauth:"]').attr('href')).toBe(
      `otpauth://totp/Bowerbird:ann?issuer=Bowerbird&secret=${key}&algorithm=SHA1&digits=6&period=30`,
    );
    const wrong = await ann.post('/account/two-factor', { action: 'confirm', code: '12' });
    expect(wrong.status).toBe(422);
    expect(load(wrong.text)('#code-error').text()).toContain('does not belong to this key');
    expect(load(wrong.text)('[data-key]').text().replaceAll(' ', '')).toBe(key);
    const done = await ann.post('/account/two-factor', { action: 'confirm', code: codeOf(key) });
    expect(done.status).toBe(200);
    const codes = load(done.text)('.codes code')
      .toArray()
      .map((code) => load(code).text());
    expect(codes).toHaveLength(10);
    expect(done.headers['cache-control']).toContain('no-store');
    const after = await ann.see('/account/two-factor');
    expect(after.answer.text).toContain('10 recovery codes are left.');
    for (const secret of [key, ...codes]) expect(after.answer.text).not.toContain(secret);
  });

  test('turning it on ends the other sessions at once, and gives this one a new id', async () => {
    const bea = await site.member('bea');
    const other = await signIn(bea);
    expect((await other.visitor.get('/account')).status).toBe(200);
    const before = bea.cookies.get('__Host-session');
    const { body } = await bea.post('/account/two-factor', { action: 'begin' }, { json: true });
    await bea.post('/account/two-factor', { action: 'confirm', code: codeOf(body.secret) });
    expect((await other.visitor.get('/account')).status).toBe(303);
    expect((await bea.get('/account')).status).toBe(200);
    expect(bea.cookies.get('__Host-session')).not.toBe(before);
  });

  test('it asks for the password again when that was too long ago, also for turning it off', async () => {
    const { ann } = await secured();
    await site.site.db('sessions').update({ fresh_at: Date.now() - 16 * 60_000 });
    const page = await ann.get('/account/two-factor');
    expect([page.status, page.headers['location']]).toEqual([303, '/account/again?next=%2Faccount%2Ftwo-factor']);
    for (const action of ['begin', 'confirm', 'off', 'codes']) {
      const answer = await ann.post('/account/two-factor', { action }, { json: true });
      expect([action, answer.status, answer.body.error.code]).toEqual([action, 401, 'confirm']);
    }
    await ann.post('/account/again', { password: ann.password });
    expect((await ann.get('/account/two-factor')).status).toBe(200);
  });

  test('what it cannot do is told', async () => {
    const cis = await site.member('cis');
    const say = async (form: Record<string, string>) => {
      const { status, body } = await cis.post('/account/two-factor', form, { json: true });
      return [status, body.error.code, body.error.field];
    };
    expect(await say({ action: 'dance' })).toEqual([422, 'invalid', 'action']);
    expect(await say({ action: 'confirm', code: '123456' })).toEqual([409, 'not_begun', null]);
    expect(await say({ action: 'codes' })).toEqual([409, 'not_begun', null]);
    const { ann } = await secured();
    const twice = await ann.post('/account/two-factor', { action: 'begin' }, { json: true });
    expect([twice.status, twice.body.error.code]).toEqual([409, 'two_factor_on']);
  });
});

describe('signing in with it', () => {
  test('the password alone opens nothing: a page leads to the code, and the code to where they were going', async () => {
    const { ann, secret } = await secured();
    const { visitor, answer } = await signIn(ann, '/images?page=2');
    expect([answer.status, answer.headers['location']]).toEqual([303, '/account/login/code?next=%2Fimages%3Fpage%3D2']);
    expect(visitor.cookies.has('__Host-session')).toBe(false);
    expect((await visitor.get('/account')).status).toBe(303);
    const { $ } = await visitor.see(answer.headers['location'] ?? '');
    expect($('#code').attr('autocomplete')).toBe('one-time-code');
    const form = { code: codeOf(secret), next: $('[name=next]').val() };
    const done = await visitor.post('/account/login/code', form);
    expect([done.status, done.headers['location']]).toEqual([303, '/images?page=2']);
    expect((await visitor.get('/account')).status).toBe(200);
    expect(visitor.cookies.has('__Host-slip-code')).toBe(false);
  });

  test('a script is told code_needed, and posts the code', async () => {
    const { ann, codes } = await secured();
    const { visitor, answer } = await signIn(ann, '', true);
    expect([answer.status, answer.body.error.code, answer.body.error.field]).toEqual([401, 'code_needed', 'code']);
    const wrong = await visitor.post('/account/login/code', { code: '000000' }, { json: true });
    expect([wrong.status, wrong.body.error.code, wrong.body.error.field]).toEqual([401, 'wrong_code', 'code']);
    const done = await visitor.post('/account/login/code', { code: codes[3] }, { json: true });
    expect(done.body).toEqual({
      person: expect.objectContaining({ username: ann.username }),
      csrf: expect.any(String),
    });
    const page = await visitor.get('/account');
    expect(page.text).toContain('You signed in with a recovery code. 9 are left');
  });

  test('a wrong code is told on its field, with the hint about the clock, and the next one still passes', async () => {
    const { ann, secret } = await secured();
    const { visitor } = await signIn(ann);
    const wrong = await visitor.post('/account/login/code', { code: codeOf(secret, 7), next: '/images' });
    expect(wrong.status).toBe(401);
    const $ = load(wrong.text);
    expect($('#code-error').text()).toContain('check the clock of your phone');
    expect($('[name=next]').val()).toBe('/images');
    expect((await visitor.post('/account/login/code', { code: codeOf(secret, 1) })).status).toBe(303);
    expect((await visitor.get('/account')).status).toBe(200);
  });

  test('without the first step, with a forged slip, or after the password has changed, there is no second', async () => {
    const { ann, secret } = await secured();
    const stranger = site.visitor();
    const none = await stranger.post('/account/login/code', { code: codeOf(secret) }, { json: true });
    expect([none.status, none.body.error.code]).toEqual([401, 'sign_in']);
    const { visitor } = await signIn(ann);
    const slip = visitor.cookies.get('__Host-slip-code') ?? '';
    const [text = '', code = ''] = slip.split('.');
    const changed = { ...JSON.parse(Buffer.from(text, 'base64url').toString()), account: 1 };
    visitor.cookies.set('__Host-slip-code', `${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${code}`);
    expect((await visitor.post('/account/login/code', { code: codeOf(secret) }, { json: true })).body.error.code).toBe(
      'sign_in',
    );
    visitor.cookies.set('__Host-slip-code', slip);
    await site.site.db('accounts').where({ username: ann.username }).update({ password_hash: 'another' });
    const late = await visitor.post('/account/login/code', { code: codeOf(secret) });
    expect([late.status, late.headers['location']]).toEqual([303, '/account/login']);
    expect((await visitor.see('/account/login')).answer.text).toContain('Please sign in again.');
  });

  test('an account that was disabled between the steps stays outside', async () => {
    const { ann, secret } = await secured();
    const { visitor } = await signIn(ann);
    await site.site.db('accounts').where({ username: ann.username }).update({ disabled_at: Date.now() });
    const answer = await visitor.post('/account/login/code', { code: codeOf(secret) }, { json: true });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'disabled']);
    expect((await visitor.get('/account')).status).toBe(303);
  });

  test('turned off, the password is enough again', async () => {
    const { ann } = await secured();
    const off = await ann.post('/account/two-factor', { action: 'off' });
    expect(off.status).toBe(303);
    expect((await ann.see('/account/two-factor')).answer.text).toContain('Two-factor sign-in is off.');
    expect((await signIn(ann)).answer.headers['location']).toBe('/account');
  });

  test('a forgotten password that is set anew leaves the second factor as it is', async () => {
    const { ann, secret } = await secured();
    const email = `${ann.username}@example.org`;
    const visitor = site.visitor();
    await visitor.post('/account/password/reset', { email });
    const mail = (await mailFor(site, email)).find(({ subject }) => subject?.startsWith('A new password'));
    const password = 'quite another heap of things';
    const done = await visitor.post(linkIn(mail), { password, password2: password });
    expect(done.headers['location']).toBe('/account/password/reset/complete');
    expect((await visitor.get('/account')).status).toBe(303);
    const { visitor: back, answer } = await signIn(Object.assign(ann, { password }));
    expect(answer.headers['location']).toBe('/account/login/code');
    expect((await back.post('/account/login/code', { code: codeOf(secret) })).headers['location']).toBe('/account');
  });

  test('the owner is told by mail what was changed', async () => {
    const { ann } = await secured();
    await ann.post('/account/two-factor', { action: 'codes' });
    await ann.post('/account/two-factor', { action: 'off' });
    const mails = await mailFor(site, `${ann.username}@example.org`);
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'New recovery codes',
      'Two-factor sign-in is off',
      'Two-factor sign-in is on',
    ]);
    expect(linkIn(mails[0])).toBe('/account/password/reset');
  });

  test('what happened stands in the log', async () => {
    const { ann, codes } = await secured();
    const { visitor } = await signIn(ann);
    await visitor.post('/account/login/code', { code: '111111' });
    await visitor.post('/account/login/code', { code: codes[0] });
    await visitor.post('/account/two-factor', { action: 'off' });
    const { id } = await site.site.db('accounts').where({ username: ann.username }).first('id');
    const acts: string[] = await site.site.db('audit_log').where({ account_id: id }).orderBy('id').pluck('act');
    expect(acts.slice(-4)).toEqual(['two_factor_on', 'sign_in_failed', 'signed_in', 'two_factor_off']);
  });

  test('after wrong codes the account waits, also when each comes from another network', async () => {
    const limited = await startTestSite({ LIMITS: 'on', ROLE: 'web', TRUST_PROXY: '1' });
    try {
      const { ann, secret } = await secured(limited);
      const { visitor } = await signIn(ann, '', false, limited);
      const said = [];
      for (let n = 1; n <= 10; n++) {
        const headers = { 'X-Forwarded-For': `198.51.${n}.7` };
        said.push((await visitor.post('/account/login/code', { code: '000000' }, { json: true, headers })).status);
      }
      expect(said.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
      expect(said.slice(6)).toEqual([429, 429, 429, 429]);
      const right = await visitor.post(
        '/account/login/code',
        { code: codeOf(secret) },
        { headers: { 'X-Forwarded-For': '203.0.113.9' } },
      );
      expect(right.status).toBe(429);
      expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await limited.end();
    }
  });
});

describe('where the site asks for a second factor', () => {
  let strict: TestSite;
  beforeAll(async () => {
    strict = await startTestSite({ REQUIRE_2FA: 'yes', ROLE: 'web' });
  });
  afterAll(() => strict.end());

  test('a member without one gets to where it is set up, and nowhere else', async () => {
    const ann = await strict.member('ann');
    for (const path of ['/', '/account', '/images', '/images/create', '/people/ann']) {
      const page = await ann.get(path);
      expect([path, page.status, page.headers['location']?.split('?')[0]]).toEqual([path, 303, '/account/two-factor']);
      const json = await ann.get(path, { json: true });
      expect([json.status, json.body.error.code]).toEqual([403, 'second_factor']);
    }
    expect((await ann.post('/images/create', { title: 'x' }, { json: true })).status).toBe(403);
    expect((await ann.get('/account/two-factor')).text).toContain('This site asks every member for a second factor');
    expect((await ann.post('/account/logout', {}, { token: await tokenOf(ann) })).status).toBe(303);
    expect((await strict.visitor().get('/')).status).toBe(200);
  });

  test('with one, everything is open, and it cannot be turned off', async () => {
    const { ann } = await secured(strict);
    expect((await ann.get('/account')).status).toBe(200);
    const off = await ann.post('/account/two-factor', { action: 'off' }, { json: true });
    expect([off.status, off.body.error.code]).toEqual([409, 'required']);
  });
});
