import { ConfirmFirst, fresh, FRESH_MS } from '../../src/web/doors.ts';
import type { Visit } from '../../src/web/visit.ts';
import { startTestSite, type TestSite } from '../support/site.ts';

describe('showing again who one is', () => {
  let site: TestSite;

  beforeAll(async () => {
    site = await startTestSite();
  });
  afterAll(() => site.end());

  test('a door that wants it fresh lets in for 15 minutes, and then sends to be asked', () => {
    const at = (freshAt: number) => ({ member: { id: 1, freshAt } }) as unknown as Visit;
    const now = Date.now();
    expect(fresh.open(at(now - FRESH_MS + 5000))).toMatchObject({ member: { id: 1 } });
    expect(() => fresh.open(at(now - FRESH_MS - 1))).toThrow(ConfirmFirst);
    expect(() => fresh.open({ member: null } as Visit)).toThrow('sign in');
  });

  test('the right password makes the session fresh under a new id, and the one before is dead', async () => {
    const ann = await site.member('ann');
    await site.site.db('sessions').update({ fresh_at: 0 });
    const before = new Map(ann.cookies);
    const answer = await ann.post('/account/again', { password: ann.password, next: '/images?page=2' });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/images?page=2']);
    expect(ann.cookies.get('__Host-session')).not.toBe(before.get('__Host-session'));
    const rows = await site.site.db('sessions').select('fresh_at');
    expect(rows).toHaveLength(1);
    expect(Date.now() - Number(rows[0].fresh_at)).toBeLessThan(60_000);
    const stolen = Object.assign(site.visitor(), { cookies: before });
    expect((await stolen.get('/account')).status).toBe(303);
  });

  test('a wrong password is told on its field and makes nothing fresh', async () => {
    const bea = await site.member('bea');
    await site.site.db('sessions').update({ fresh_at: 0 });
    const page = await bea.post('/account/again', { password: 'not this one', next: '/images' });
    expect(page.status).toBe(401);
    expect(page.text).toContain('This is not your password.');
    expect(page.text).toContain('value="/images"');
    const json = await bea.post('/account/again', {}, { json: true });
    expect([json.status, json.body.error]).toEqual([
      401,
      expect.objectContaining({ code: 'wrong_password', field: 'password' }),
    ]);
    expect(await site.site.db('sessions').max('fresh_at as at').first()).toEqual({ at: 0 });
  });

  test('a script is told the token of the new session', async () => {
    const cis = await site.member('cis');
    const answer = await cis.post('/account/again', { password: cis.password }, { json: true });
    expect(answer.body).toEqual({ confirmed: true, csrf: expect.any(String) });
    const out = await cis.post('/account/logout', {}, { json: true, token: answer.body.csrf });
    expect(out.status).toBe(200);
  });

  test('next leads only to pages of this site, and never back to being asked', async () => {
    const dot = await site.member('dot');
    for (const next of ['//evil.example', 'https://evil.example', '/account/again?next=/', '/\\evil.example']) {
      const answer = await dot.post('/account/again', { password: dot.password, next });
      expect([next, answer.headers['location']]).toEqual([next, '/account']);
    }
  });

  test('guessing is slowed down', async () => {
    const limited = await startTestSite({ LIMITS: 'on', ROLE: 'web' });
    try {
      const eve = await limited.member('eve');
      const said = [];
      for (let i = 0; i < 9; i++) said.push((await eve.post('/account/again', { password: `guess ${i}` })).status);
      expect(said).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 429]);
    } finally {
      await limited.end();
    }
  });
});
