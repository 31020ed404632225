import { mayAsk } from '../../src/net/oidc/configured-fetch.ts';
import { mailFor } from '../support/post.ts';
import { passThrough, settingsFor, startProvider, type TestProvider } from '../support/provider.ts';
import { BASE, startTestSite, type TestSite, type Visitor } from '../support/site.ts';

describe('signing in with an account elsewhere', () => {
  let provider: TestProvider;
  let site: TestSite;

  beforeAll(async () => {
    provider = await startProvider([BASE]);
    site = await startTestSite(settingsFor(provider));
  });
  afterAll(async () => {
    await site.end();
    await provider.close();
  });

  /** Leaves for the provider and comes back with what it says; answers the way back before it is used. */
  async function away(visitor: Visitor, path = '/account/login/with/1', form: Record<string, string> = {}) {
    const leaving = await visitor.post(path, form, { json: true });
    expect(leaving.status).toBe(200);
    return passThrough((leaving.body as { url: string }).url, BASE);
  }

  const join = async (sub: string, username: string, email = `${username}@example.org`) => {
    provider.present = { sub, email, email_verified: true, preferred_username: username };
    const visitor = site.visitor();
    await visitor.get(await away(visitor));
    const joined = await visitor.post('/account/register/identity', { username, email });
    expect(joined.status).toBe(303);
    return visitor;
  };

  test('the page leads on to the provider by itself, and by a link', async () => {
    const { status, text } = await site.visitor().post('/account/login/with/1');
    expect(status).toBe(200);
    expect(text).toContain(`content="0; url=${provider.issuer}/auth?`);
    expect(text).toMatch(/code_challenge_method=S256/);
  });

  test('a newcomer chooses a name, is a member, and comes back by the same way', async () => {
    provider.present = { sub: 'nora-7', email: 'nora@example.org', email_verified: true, preferred_username: 'nora' };
    const visitor = site.visitor();
    const back = await visitor.get(
      await away(visitor, '/account/login/with/1', { next: '/images/create?url=https://a.example/b?c&d=e' }),
    );
    expect([back.status, back.headers['location']]).toEqual([303, '/account/register/identity']);
    const { $ } = await visitor.see('/account/register/identity');
    expect($('#username').val()).toBe('nora');
    const joined = await visitor.post('/account/register/identity', { username: 'nora', email: 'changed@example.org' });
    expect([joined.status, joined.headers['location']]).toEqual([303, '/images/create?url=https://a.example/b?c&d=e']);
    // The address that the provider vouches for is the one that counts.
    expect(await site.site.db('accounts').where({ username: 'nora' }).first('email', 'password_hash')).toEqual({
      email: 'nora@example.org',
      password_hash: null,
    });
    const later = site.visitor();
    const again = await later.get(await away(later));
    expect([again.status, again.headers['location']]).toEqual([303, '/account']);
    expect((await later.get('/account')).status).toBe(200);
  });

  test('an email that has an account here is never linked by itself', async () => {
    await site.member('otto');
    provider.present = { sub: 'not-otto', email: 'otto@example.org', email_verified: true };
    const visitor = site.visitor();
    await visitor.get(await away(visitor));
    const joined = await visitor.post(
      '/account/register/identity',
      { username: 'otto2', email: 'otto@example.org' },
      { json: true },
    );
    expect(joined.status).toBe(422);
    expect(joined.body.error).toMatchObject({ field: 'email', code: 'taken' });
    expect((await visitor.get('/account')).status).toBe(303);
  });

  test('what was begun in another browser, twice, or not at all, lets nobody in', async () => {
    await join('paula-1', 'paula');
    const victim = site.visitor();
    const attacker = site.visitor();
    const path = await away(attacker);
    expect((await victim.get(path)).status).toBe(403);
    expect((await victim.get('/account')).status).toBe(303);
    expect((await attacker.get(path)).status).toBe(303);
    expect((await attacker.get(path)).status).toBe(403);
    const changed = site.visitor();
    const tampered = (await away(changed)).replace(/state=[^&]+/, 'state=another');
    expect((await changed.get(tampered)).status).toBe(403);
  });

  test('whoever says no over there is told so here', async () => {
    provider.present = null;
    const visitor = site.visitor();
    const back = await visitor.get(await away(visitor));
    expect(back.status).toBe(403);
    expect(back.text).toContain('Elsewhere did not let you in');
  });

  test('a member links and unlinks it, but never the last way in', async () => {
    const quentin = await site.member('quentin');
    provider.present = { sub: 'q-1', email: 'somebody@example.net', email_verified: false };
    const path = await away(quentin, '/account/identities', { action: 'link', provider: '1' });
    expect((await quentin.get(path)).headers['location']).toBe('/account/identities');
    const by = site.visitor();
    expect((await by.get(await away(by))).headers['location']).toBe('/account');
    expect((await by.get('/people/quentin')).status).toBe(200);
    expect((await quentin.post('/account/identities', { action: 'unlink', provider: '1' })).status).toBe(303);
    expect((await quentin.get('/account/identities', { json: true })).body.providers).toEqual([
      { provider: '1', name: 'Elsewhere', linked: false },
    ]);

    const told = (await mailFor(site, 'quentin@example.org')).map(({ subject }) => subject);
    expect(told.sort()).toEqual(['Another way into your account', 'One way less into your account']);

    const rosa = await join('rosa-1', 'rosa');
    const last = await rosa.post('/account/identities', { action: 'unlink', provider: '1' }, { json: true });
    expect(last.status).toBe(422);
    expect(last.body.error.code).toBe('last_way');
  });

  test('an account elsewhere that opens one account here cannot be linked to a second', async () => {
    await join('sam-1', 'sam');
    const tina = await site.member('tina');
    const linked = await tina.get(await away(tina, '/account/identities', { action: 'link', provider: '1' }), {
      json: true,
    });
    expect(linked.status).toBe(422);
    expect(linked.body.error.code).toBe('taken');
  });

  test('a disabled member does not come in this way either', async () => {
    await join('uma-1', 'uma');
    await site.site.db('accounts').where({ username: 'uma' }).update({ disabled_at: 1 });
    const visitor = site.visitor();
    const back = await visitor.get(await away(visitor), { json: true });
    expect(back.status).toBe(401);
    expect(back.body.error.code).toBe('disabled');
  });

  test('a provider that is away is said to be', async () => {
    const other = await startTestSite({ ...settingsFor(provider), OIDC_ISSUER: 'http://127.0.0.1:9' });
    const answer = await other.visitor().post('/account/login/with/1', {}, { json: true });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('60');
    await other.end();
  });

  test('unknown providers are not there', async () => {
    expect((await site.visitor().post('/account/login/with/7')).status).toBe(404);
  });
});

describe('what a provider may name', () => {
  const issuer = new URL('https://login.example.org/realm');

  test.each([
    ['https://login.example.org/keys', true],
    ['https://keys.example.com/', true],
    ['http://login.example.org/keys', false],
    ['https://169.254.169.254/latest', false],
    ['https://[::1]/', false],
    ['https://localhost/', false],
    ['https://printer.local/', false],
    ['https://intranet/', false],
    ['https://keys.example.com:6379/', false],
    ['https://a:b@keys.example.com/', false],
  ])('%s: %s', (address, may) => {
    expect(mayAsk(issuer, new URL(address))).toBe(may);
  });
});
