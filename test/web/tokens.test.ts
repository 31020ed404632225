import request from 'supertest';
import { load } from 'cheerio';
import { findToken } from '../../src/accounts/index.ts';
import { routes } from '../../src/routes.ts';
import { isOfApi, openToTokens } from '../../src/web/edge/bearer.ts';
import { linkIn, mailFor } from '../support/post.ts';
import { picture } from '../support/pictures.ts';
import { script, tokenFor as made } from '../support/script.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

describe.each(['sqlite', 'postgres'] as const)('access tokens, on %s', (dialect) => {
  let site: TestSite;
  let boss: Member;
  let ann: Member;
  let names = 0;
  beforeAll(async () => {
    site = await startTestSite({}, dialect);
    boss = await site.member('boss');
  });
  afterAll(() => site.end());
  beforeEach(async () => {
    ann = await site.member(`ann${++names}`);
  });
  const listed = async () => (await ann.get('/account/tokens', { json: true })).body.tokens;

  test('a token is shown once, on the page that makes it, and stands nowhere in the database', async () => {
    const answer = await ann.post('/account/tokens', { name: 'backup <b>', scope: 'write' });
    expect([answer.status, answer.headers['cache-control']]).toEqual([201, 'private, no-store']);
    const token = String(load(answer.text)('#token').val());
    expect(token).toMatch(/^bowerbird_[\w-]{43}$/);
    expect((await script(site, token).get('/api/v1/images')).status).toBe(200);
    const again = await ann.see('/account/tokens');
    expect(again.$('.record-name').text()).toContain('backup <b>');
    expect(again.answer.text).not.toContain(token);
    const rows = JSON.stringify([await site.site.db('access_tokens'), await site.site.db('audit_log')]);
    expect(rows).toContain('backup <b>');
    expect(rows).not.toContain(token.slice(10));
  });

  test('its owner is told by mail that one was made, and how to be rid of it', async () => {
    const token = await made(ann, 'backup <b>');
    const [mail] = await mailFor(site, `${ann.username}@example.org`);
    expect([mail?.subject, linkIn(mail)]).toEqual(['An access token was made', '/account/password/reset']);
    expect(mail?.text).toContain('“backup <b>”');
    expect(`${mail?.text}${mail?.html}`).not.toContain(token.slice(10));
  });

  test('a script is answered with the token, and reads the list of them without', async () => {
    await made(ann, 'one');
    await made(ann, 'two', 'write');
    expect(await listed()).toEqual([
      { id: expect.any(Number), name: 'two', scope: 'write', created_at: expect.any(String), used_at: null },
      { id: expect.any(Number), name: 'one', scope: 'read', created_at: expect.any(String), used_at: null },
    ]);
  });

  test.each([
    [{ name: '', scope: 'read' }, 'name', 'Give it a name, so that you know it again.'],
    [{ name: 'x'.repeat(61), scope: 'read' }, 'name', 'At most 60 characters fit here; these are 61.'],
    [{ name: 'a\u202eb', scope: 'read' }, 'name', 'There are characters in here that cannot be shown.'],
    [{ name: 'a' }, 'scope', 'Say what it may do: read, write or admin.'],
    [{ name: 'a', scope: 'all' }, 'scope', 'Say what it may do: read, write or admin.'],
    [{ name: 'a', scope: 'admin' }, 'scope', 'Only those who run the site can make a token that runs it.'],
  ])('%j is refused at its field', async (form, field, sentence) => {
    const answer = await ann.post('/account/tokens', form, { json: true });
    expect([answer.status, answer.body.error.field]).toEqual([422, field]);
    expect(answer.body.error.message).toContain(sentence);
    const page = await ann.post('/account/tokens', form);
    expect(page.status).toBe(422);
    expect(load(page.text)(`#${field}-error`).text()).toContain(sentence);
    expect(await listed()).toEqual([]);
  });

  test('twenty tokens are enough, also for those who ask at once', async () => {
    const token = await ann.token();
    const ask = (i: number) => ann.post('/account/tokens', { name: `t${i}`, scope: 'read' }, { json: true, token });
    const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => ask(i)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.body.error).toMatchObject({ code: 'too_many', field: 'name' });
    expect(await listed()).toHaveLength(20);
  });

  test('a session that has not shown its password for a quarter of an hour makes none', async () => {
    const { db } = site.site;
    const accounts = db('accounts').where({ username: ann.username }).select('id');
    await db('sessions')
      .whereIn('account_id', accounts)
      .update({ fresh_at: Date.now() - 16 * 60_000 });
    const json = await ann.post('/account/tokens', { name: 'a', scope: 'read' }, { json: true });
    expect([json.status, json.body.error.code]).toEqual([401, 'confirm']);
    expect((await ann.post('/account/tokens', { name: 'a', scope: 'read' })).headers['location']).toMatch(
      /^\/account\/again/,
    );
    expect(await listed()).toEqual([]);
  });

  test('a revoked token opens nothing, at once; nobody else can revoke it', async () => {
    const token = await made(ann, 'old');
    const [{ id }] = await listed();
    for (const who of [boss, await site.member(`eve${names}`)])
      expect((await who.post(`/account/tokens/${id}/delete`)).status).toBe(404);
    expect((await script(site, token).get('/api/v1/images')).status).toBe(200);
    const answer = await ann.post(`/account/tokens/${id}/delete`);
    expect([answer.status, answer.headers['location']]).toEqual([303, '/account/tokens']);
    expect((await script(site, token).get('/api/v1/images')).status).toBe(401);
    expect((await ann.post(`/account/tokens/${id}/delete`, {}, { json: true })).status).toBe(404);
    const { entries } = (await ann.get('/account/log', { json: true })).body;
    expect(entries.map(({ act, subject }: Record<string, string>) => [act, subject])).toEqual([
      ['token_revoked', 'old'],
      ['token_made', 'old'],
      ['registered', ''],
    ]);
  });

  test('all are revoked at once with one button, and those of others stay', async () => {
    const tokens = [await made(ann, 'one'), await made(ann, 'two', 'write')];
    const others = await made(boss, `of boss ${names}`);
    expect((await ann.see('/account/tokens')).$('form[action="/account/tokens/delete"]').text()).toContain(
      'Revoke all',
    );
    expect((await ann.post('/account/tokens/delete')).headers['location']).toBe('/account/tokens');
    for (const token of tokens) expect((await script(site, token).get('/api/v1/images')).status).toBe(401);
    expect((await script(site, others).get('/api/v1/images')).status).toBe(200);
    expect((await ann.see('/account/tokens')).$('.flashes').text()).toContain('none of your 2 tokens opens anything');
    expect((await ann.see('/account/tokens')).$('form[action="/account/tokens/delete"]')).toHaveLength(0);
  });

  test('the tokens of a disabled account are dead at once, and live again with it', async () => {
    const token = await made(ann, 'a');
    const accounts = () => site.site.db('accounts').where({ username: ann.username });
    await accounts().update({ disabled_at: Date.now() });
    expect((await script(site, token).get('/api/v1/images')).status).toBe(401);
    expect((await script(site, token).get('/images')).status).toBe(401);
    await accounts().update({ disabled_at: null });
    expect((await script(site, token).get('/api/v1/images')).status).toBe(200);
  });

  test('when it was last used is written down, once in ten minutes', async () => {
    const { db } = site.site;
    const token = await made(ann, 'a');
    const began = Date.now();
    const usedAt = async () => Number((await db('access_tokens').orderBy('id', 'desc').first('used_at')).used_at);
    await findToken(db, token, began);
    expect(await usedAt()).toBe(began);
    await findToken(db, token, began + 9 * 60_000);
    expect(await usedAt()).toBe(began);
    await findToken(db, token, began + 11 * 60_000);
    expect(await usedAt()).toBe(began + 11 * 60_000);
    expect((await ann.see('/account/tokens')).$('.record').text()).toContain('Last used');
  });

  test('with write a script saves, edits and deletes, needing no cookie and no token of a page', async () => {
    const api = script(site, await made(ann, 'a', 'write'));
    const saved = await api.upload('/api/v1/images/create', await picture({ seed: 4000 + names }));
    expect(saved.status).toBe(201);
    const { id } = saved.body.image as ImageJson;
    const edited = await api.post(`/api/v1/images/${id}/edit`, { title: 'Mended' });
    expect([edited.status, edited.body.image.title, edited.body.image.username]).toEqual([200, 'Mended', ann.username]);
    const moved = await api.get(`/api/v1/images/${id}`);
    expect([moved.status, moved.headers['location']]).toEqual([301, `/api/v1/images/${id}/mended`]);
    const shown = await api.get(moved.headers['location'] ?? '');
    expect([shown.status, shown.body.image.show_name]).toEqual([200, true]);
    const bytes = await api.get((shown.body.image as ImageJson).tiers['high']?.url ?? '');
    expect([bytes.status, bytes.headers['content-type']]).toEqual([200, 'image/jpeg']);
    const binned = await api.post(`/api/v1/images/${id}/delete`);
    expect([binned.status, binned.body]).toEqual([200, { deleted: true }]);
    expect(binned.headers['set-cookie']).toBeUndefined();
    expect((await ann.see('/account')).$('.flashes').text().trim()).toBe('');
  });

  test('a token is honoured at the plain addresses as well, as JSON unless a page is asked for', async () => {
    const api = script(site, await made(ann, 'a', 'write'));
    const json = await api.get('/images/private');
    expect([json.status, json.type]).toEqual([200, 'application/json']);
    const page = await api.get('/images/private', { Accept: 'text/html' });
    expect([page.status, page.type]).toEqual([200, 'text/html']);
    const saved = await api.upload('/images/create', await picture({ seed: 5000 + names }));
    expect([saved.status, saved.body.image.username]).toEqual([201, ann.username]);
  });

  test('with read it only reads: 403 that says which scope is needed, and nothing is changed', async () => {
    const image = await ann.save({ title: 'Mine' });
    const api = script(site, await made(ann, 'a'));
    for (const prefix of ['/api/v1', '']) {
      const answer = await api.post(`${prefix}/images/${image.id}/edit`, { title: 'Changed' });
      expect([answer.status, answer.body.error.code]).toEqual([403, 'scope']);
      expect(answer.body.error.message).toContain('“write”');
      expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="write"');
    }
    expect(await ann.image(image.id)).toMatchObject({ title: 'Mine' });
  });

  test('what runs the site wants the scope admin, and somebody who runs it', async () => {
    expect((await script(site, await made(boss, 'w', 'write')).get('/api/v1/admin/log')).body.error.code).toBe('scope');
    const admin = await made(boss, 'a', 'admin');
    expect((await script(site, admin).get('/api/v1/admin/log')).body.entries.length).toBeGreaterThan(1);
    await site.site.db('accounts').where({ username: 'boss' }).update({ role: 'member' });
    const later = await script(site, admin).get('/api/v1/admin/log');
    await site.site.db('accounts').where({ username: 'boss' }).update({ role: 'admin' });
    expect([later.status, later.body.error.code]).toEqual([403, 'forbidden']);
  });

  test('what is somebody else’s is not there for a token either', async () => {
    const hidden = await ann.save({ visibility: 'private' });
    const api = script(site, await made(boss, `b${names}`, 'admin'));
    for (const path of [hidden.url, `/images/${hidden.id}/download`])
      expect((await api.get(`/api/v1${path}`)).status).toBe(404);
    expect((await api.post(`/api/v1/images/${hidden.id}/edit`, { title: 'x' })).status).toBe(404);
  });
});

describe('who asks under /api/v1, and how', () => {
  let site: TestSite;
  let ann: Member;
  let token: string;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
    ann = await site.member('ann');
    token = await made(ann, 'everything', 'admin');
  });
  afterAll(() => site.end());

  test.each([
    ['none', {}, 'sign_in', 'Bearer'],
    ['an empty one', { Authorization: 'Bearer' }, 'sign_in', 'Bearer'],
    ['nonsense', { Authorization: 'Bearer nonsense' }, 'wrong_token', 'Bearer error="invalid_token"'],
    ['one that was never made', { Authorization: `Bearer bowerbird_${'A'.repeat(43)}` }, 'wrong_token', undefined],
    ['a name and a password', { Authorization: 'Basic YW5uOmEgaGVhcA==' }, 'sign_in', 'Bearer'],
  ])('with %s it is 401, always as JSON', async (_, headers, code, challenge) => {
    for (const path of ['/api/v1/images', '/api/v1/people/ann']) {
      const answer = await script(site, null).get(path, { ...headers, Accept: 'text/html' } as Record<string, string>);
      expect([answer.status, answer.type, answer.body.error.code]).toEqual([401, 'application/json', code]);
      if (challenge) expect(answer.headers['www-authenticate']).toBe(challenge);
    }
  });

  test('cookies open nothing there, not even beside a wrong token at the plain addresses', async () => {
    expect((await ann.get('/images', { json: true })).status).toBe(200);
    expect((await ann.get('/api/v1/images', { json: true })).status).toBe(401);
    expect((await ann.get('/API/V1/images', { json: true })).status).toBe(401);
    const headers = { Authorization: 'Bearer wrong' };
    expect((await ann.get('/images', { json: true, headers })).status).toBe(401);
    const posted = await ann.post('/images/create', {}, { json: true, headers });
    expect([posted.status, posted.body.error.code]).toEqual([401, 'wrong_token']);
  });

  test('a token beside somebody’s cookies speaks for its own member', async () => {
    const bea = await site.member('bea');
    const answer = await bea.get('/account/edit', { headers: { Authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    const saved = await bea.get('/images/private', { json: true, headers: { Authorization: `Bearer ${token}` } });
    expect(saved.headers['set-cookie']).toBeUndefined();
  });

  test('what is not there is 404 as JSON', async () => {
    const api = script(site, token);
    for (const path of ['/api/v1/nothing', '/api/v2/images', '/api/v1/images/create', '/api/v1/healthz'])
      expect([path, (await api.get(path)).status]).toEqual([path, 404]);
    expect((await api.get('/api/v1/nothing')).body.error.code).toBe('not_found');
    const put = await request(site.server).put('/api/v1/images').set('Authorization', `Bearer ${token}`);
    expect([put.status, put.body.error.code]).toEqual([405, 'method']);
  });

  const closed = routes.filter((route) => !openToTokens(route) && !isOfApi(route));

  test('the routes closed to tokens are all that manage how one signs in', () => {
    const paths = new Set(closed.map(({ path }) => path));
    const own = new Set(routes.map(({ path }) => path).filter((path) => path.startsWith('/account')));
    for (const open of ['/account', '/account/edit']) own.delete(open);
    expect([...own].filter((path) => !paths.has(path))).toEqual([]);
    expect(routes.filter((route) => route.door === 'fresh' && openToTokens(route))).toEqual([]);
  });

  test.each(closed.map(({ method, path }) => [method, path] as const))(
    '%s %s is closed to every token: 403 at its address, 404 under /api/v1',
    async (method, pattern) => {
      const path = pattern.replaceAll(/\{[^}]*\}/g, '').replaceAll(/:\w+/g, '1');
      const api = script(site, token);
      const ask = (at: string) => (method === 'GET' ? api.get(at) : api.post(at));
      const plain = await ask(path);
      expect([plain.status, plain.body.error?.code]).toEqual([403, 'session_only']);
      expect((await ask(`/api/v1${path}`)).status).toBe(404);
    },
  );

  test('wrong tokens are slowed down by network; a right one from there is not', async () => {
    const limited = await startTestSite({ LIMITS: 'on', ROLE: 'web', TRUST_PROXY: '1' });
    try {
      const eve = await limited.member('eve');
      const right = await made(eve, 'right');
      const from = { 'X-Forwarded-For': '192.0.2.1' };
      const said = [];
      for (let i = 0; i < 21; i++)
        said.push((await script(limited, `bowerbird_${'A'.repeat(43)}`).get('/api/v1/images', from)).status);
      expect(said).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
      const wait = await script(limited, 'other').get('/images', from);
      expect([wait.status, Number(wait.headers['retry-after']) > 0]).toEqual([429, true]);
      expect((await script(limited, right).get('/api/v1/images', from)).status).toBe(200);
      const elsewhere = await script(limited, 'x').get('/images', { 'X-Forwarded-For': '192.0.2.2' });
      expect(elsewhere.status).toBe(401);
    } finally {
      await limited.end();
    }
  });
});
