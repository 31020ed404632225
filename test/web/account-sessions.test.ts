import { createServer } from 'node:http';
import { load } from 'cheerio';
import { audit, endOtherSessions, readLog } from '../../src/accounts/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { hashToken } from '../../src/lib/secret.ts';
import { startSite } from '../../src/start.ts';
import { startTestSite, Visitor, type Member, type TestSite } from '../support/site.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

interface SessionJson {
  id: string;
  device: string;
  address: string;
  current: boolean;
  created_at: string;
  seen_at: string;
}

describe.each(['sqlite', 'postgres'] as const)('where one is signed in, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', TRUST_PROXY: '1' }, dialect);
  });
  afterAll(() => site.end());
  let names = 0;
  beforeEach(async () => {
    ann = await site.member(`ann${++names}`);
  });

  /** Another browser of the same person. */
  async function elsewhere(userAgent = FIREFOX, address = '192.0.2.7'): Promise<Visitor> {
    const visitor = site.visitor();
    const headers = { 'User-Agent': userAgent, 'X-Forwarded-For': address };
    const answer = await visitor.post(
      '/account/login',
      { login: ann.username, password: ann.password },
      { json: true, headers },
    );
    expect(answer.status).toBe(200);
    return visitor;
  }
  const sessionsOf = async (who: Visitor) =>
    (await who.get('/account/sessions', { json: true })).body.sessions as SessionJson[];
  const isIn = async (who: Visitor) => (await who.get('/account')).status === 200;

  test('each browser stands there with its name, its address and which one asks', async () => {
    await elsewhere();
    const phone = await elsewhere(PHONE, '2001:db8::7');
    const sessions = await sessionsOf(phone);
    expect(sessions.map(({ device, address, current }) => [device, address, current])).toEqual(
      expect.arrayContaining([
        ['Firefox on Linux', '192.0.2.7', false],
        ['Safari on iPhone', '2001:db8::7', true],
      ]),
    );
    expect(sessions).toHaveLength(3);
    for (const { created_at, seen_at } of sessions)
      expect(Date.now() - Date.parse(created_at) + (Date.now() - Date.parse(seen_at))).toBeLessThan(60_000);
    const { $, status } = await phone.see('/account/sessions');
    expect(status).toBe(200);
    expect($('.record').length).toBe(3);
    expect($('.record:has(.record-mark)').text()).toContain('Safari on iPhone');
  });

  test('neither the id of a session nor its hash stands in the page', async () => {
    const other = await elsewhere();
    for (const json of [true, false]) {
      const { text } = await ann.get('/account/sessions', { json });
      for (const who of [ann, other]) {
        const id = who.cookies.get('__Host-session') ?? '';
        expect(id).toHaveLength(43);
        expect(text).not.toContain(id);
        expect(text).not.toContain(hashToken(id).slice(0, 16));
      }
    }
  });

  test('ending one from another ends it with its next request, and no other', async () => {
    const [firefox, phone] = [await elsewhere(), await elsewhere(PHONE)];
    const { id = '' } = (await sessionsOf(ann)).find(({ device }) => device === 'Firefox on Linux') ?? {};
    const ended = await ann.post('/account/sessions', { session: id });
    expect([ended.status, ended.headers['location']]).toEqual([303, '/account/sessions']);
    expect((await ann.see('/account/sessions')).$('.flashes').text()).toContain('Ended: Firefox on Linux');
    expect(await isIn(firefox)).toBe(false);
    expect([await isIn(phone), await isIn(ann)]).toEqual([true, true]);
    expect(await sessionsOf(ann)).toHaveLength(2);
  });

  test('all others can be ended at once', async () => {
    const others = [await elsewhere(), await elsewhere(PHONE)];
    const answer = await ann.post('/account/sessions', { session: 'others' }, { json: true });
    expect([answer.status, answer.body]).toEqual([200, { ended: 2 }]);
    for (const other of others) expect(await isIn(other)).toBe(false);
    expect(await isIn(ann)).toBe(true);
  });

  test('ending the one that asks signs out', async () => {
    const { id = '' } = (await sessionsOf(ann)).find(({ current }) => current) ?? {};
    const answer = await ann.post('/account/sessions', { session: id });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/']);
    expect(await isIn(ann)).toBe(false);
  });

  test('a session of somebody else, one that has ended, and nonsense are refused, and end nothing', async () => {
    const eve = await site.member(`eve${names}`);
    const [{ id: hers = '' } = {}] = await sessionsOf(eve);
    for (const session of [hers, '0'.repeat(16), '', 'x', hashToken(eve.cookies.get('__Host-session') ?? '')]) {
      const answer = await ann.post('/account/sessions', { session }, { json: true });
      expect([answer.status, answer.body.error]).toEqual([
        422,
        { code: 'unknown', message: 'This one has ended already.', field: 'session' },
      ]);
    }
    const page = await ann.post('/account/sessions', { session: hers });
    expect(page.status).toBe(422);
    expect(load(page.text)('#troubles').text()).toContain('This one has ended already.');
    expect(await isIn(eve)).toBe(true);
  });

  test('endOtherSessions keeps the one it is told to, or none, and those of nobody else', async () => {
    const bob = await site.member(`bob${names}`);
    const other = await elsewhere();
    const { db } = site.site;
    const { id } = (await db('accounts').where({ username: ann.username }).first('id')) as { id: number };
    expect(await endOtherSessions(db, id, hashToken(ann.cookies.get('__Host-session') ?? ''))).toBe(1);
    expect([await isIn(ann), await isIn(other)]).toEqual([true, false]);
    expect(await endOtherSessions(db, id, null)).toBe(1);
    expect([await isIn(ann), await isIn(bob)]).toEqual([false, true]);
  });

  test('somebody who signs in for the hundred-and-first time is signed out where it was longest ago', async () => {
    const { db } = site.site;
    const { id } = (await db('accounts').where({ username: ann.username }).first('id')) as { id: number };
    const now = Date.now();
    const rows = Array.from({ length: 99 }, (_, i) => ({
      id_hash: hashToken(`${names} ${i}`),
      account_id: id,
      data: '{}',
      created_at: now + i,
      seen_at: now,
      fresh_at: now,
      expires_at: now + 1_000_000,
    }));
    await db('sessions').insert(rows);
    expect(await isIn(ann)).toBe(true);
    await db('sessions')
      .where({ account_id: id })
      .whereNotIn(
        'id_hash',
        rows.map((row) => row.id_hash),
      )
      .update({ created_at: now - 5 });
    await elsewhere();
    expect(await isIn(ann)).toBe(false);
    expect(await db('sessions').where({ account_id: id })).toHaveLength(100);
  });

  test('the log tells what was done and from where: to the member their own, to an administrator all', async () => {
    const headers = { 'X-Forwarded-For': '192.0.2.99' };
    const wrong = { login: ann.username.toUpperCase(), password: 'a secret guess' };
    await site.visitor().post('/account/login', wrong, { json: true, headers });
    await site.visitor().post('/account/login', { login: 'a-secret-guess', password: 'x' }, { json: true, headers });
    const other = await elsewhere();
    await ann.post('/account/sessions', { session: 'others' });
    await other.post('/account/logout');
    await (await elsewhere()).post('/account/logout');
    const { entries, next } = (await ann.get('/account/log', { json: true })).body;
    expect(entries.map(({ act, address }: Record<string, string>) => [act, address])).toEqual([
      ['signed_out', '127.0.0.1'],
      ['signed_in', '192.0.2.7'],
      ['session_ended', '127.0.0.1'],
      ['signed_in', '192.0.2.7'],
      ['sign_in_failed', '192.0.2.99'],
      ['registered', '127.0.0.1'],
    ]);
    expect(next).toBeNull();
    const page = await ann.get('/account/log');
    for (const words of ['Account made', 'A wrong password was tried', '192.0.2.99', 'Session ended'])
      expect(page.text).toContain(words);
    const boss = site.visitor();
    await boss.post('/account/login', { login: 'ann1', password: ann.password });
    const all = await boss.get('/admin/log', { json: true });
    const names = all.body.entries.map(({ username }: { username: string | null }) => username);
    expect(names).toEqual(expect.arrayContaining([ann.username, 'ann1', null]));
    for (const text of [page.text, all.text, JSON.stringify(await site.site.db('audit_log'))])
      expect(text).not.toMatch(/a.secret.guess|a heap of blue/);
  });

  test('the log is paged by key, newest first, and costs the same on every page', async () => {
    const { db } = site.site;
    const { id } = (await db('accounts').where({ username: ann.username }).first('id')) as { id: number };
    for (let i = 0; i < 64; i++) await audit(db, { accountId: id, act: 'token_made', subject: `token ${i}` });
    const seen: string[] = [];
    let at: string | null = '/account/log';
    while (at) {
      const answer = await ann.get(at, { json: true });
      seen.push(...answer.body.entries.map(({ subject }: { subject: string }) => subject));
      at = answer.body.next as string | null;
    }
    expect(seen).toEqual([...Array.from({ length: 64 }, (_, i) => `token ${63 - i}`), '']);
    const first = await ann.see('/account/log');
    expect(first.$('.record').length).toBe(30);
    expect(first.$('.pager-link[rel=next]').attr('href')).toMatch(/^\/account\/log\?after=\w+$/);
    const bad = await ann.get('/account/log?after=nonsense!', { json: true });
    expect([bad.status, bad.body.error.field]).toEqual([422, 'after']);
    expect((await readLog(db, id, null)).entries).toHaveLength(30);
  });
});

test('a session that was ended in one process is over in another at once', async () => {
  const one = await startTestSite({ ROLE: 'web' }, 'postgres');
  const other = await startSite({ ...one.site.config }, silentLog);
  const server = createServer(other.handler).listen(0, '127.0.0.1');
  try {
    const ann = await one.member('ann');
    const there = new Visitor(server);
    await there.post('/account/login', { login: 'ann', password: ann.password });
    expect((await there.get('/account')).status).toBe(200);
    await ann.post('/account/sessions', { session: 'others' });
    expect((await there.get('/account')).status).toBe(303);
  } finally {
    await new Promise((resolve) => server.close(resolve));
    await other.close();
    await one.end();
  }
});
