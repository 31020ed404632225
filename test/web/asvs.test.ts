// Rows of OWASP ASVS 5 that no other test shows; docs/security.md is the table of all.
import { routes } from '../../src/routes.ts';
import { passThrough, settingsFor, startProvider, type TestProvider } from '../support/provider.ts';
import { BASE, startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

let provider: TestProvider;
let site: TestSite;
let ann: Member;

beforeAll(async () => {
  provider = await startProvider([BASE]);
  const first = settingsFor(provider);
  const second = Object.entries(first).map(([name, value]) => [name.replace('OIDC_', 'OIDC_2_'), value]);
  site = await startTestSite({ ...first, ...Object.fromEntries(second) });
});
afterAll(async () => {
  await site.end();
  await provider.close();
});

const enter = (login: string, password: string) =>
  site.visitor().post('/account/login', { login, password }, { json: true });
const grow = (field: string, value: number) => site.site.db('sessions').update({ [field]: value });

describe('before anybody is here', () => {
  test('there is no account, and no name and password open one', async () => {
    expect(await site.site.db('accounts')).toEqual([]);
    for (const name of ['admin', 'root', 'administrator', 'bowerbird', 'test'])
      for (const password of [name, 'password', '']) expect((await enter(name, password)).status).toBe(401);
  });
});

describe('a password', () => {
  const PASSWORD = ` Blue heaps, 128 signs long ${'of the same and of others; '.repeat(4)}`.slice(0, 127).concat('!');

  beforeAll(async () => {
    ann = await site.member('ann');
    const change = { old_password: ann.password, password: PASSWORD, password2: PASSWORD };
    expect((await ann.post('/account/password/change', change)).status).toBe(303);
    ann.password = PASSWORD;
  });

  test('is looked at exactly as it was typed, to the last of 128 characters', async () => {
    expect([...PASSWORD]).toHaveLength(128);
    expect((await enter('ann', PASSWORD)).status).toBe(200);
    const others = [
      PASSWORD.trim(),
      `${PASSWORD} `,
      PASSWORD.toLowerCase(),
      PASSWORD.slice(0, -1),
      PASSWORD.slice(0, 72),
    ];
    for (const other of others) expect((await enter('ann', other)).status).toBe(401);
  });

  test('is good for as long as its owner keeps it', async () => {
    await site.site.db('accounts').where({ username: 'ann' }).update({ created_at: 0 });
    expect((await enter('ann', PASSWORD)).status).toBe(200);
  });

  test('is masked wherever it is asked for, and its field says which one it is', async () => {
    const fields = async (path: string) => {
      const { $ } = await ann.see(path);
      expect($('[onpaste], [maxlength]')).toHaveLength(0);
      return $('main input[autocomplete*=password]')
        .get()
        .map((field) => `${$(field).attr('type')} ${$(field).attr('autocomplete')}`);
    };
    const [old, fresh] = ['password current-password', 'password new-password'];
    expect(await fields('/account/password/change')).toEqual([old, fresh, fresh]);
    expect(await fields('/account/again')).toEqual([old]);
  });
});

describe('a page behind the sign-in', () => {
  // Bytes are no page, nor is the state of a save that nobody has sent.
  const isPage = (path: string) => !path.includes(':') && !/\/(?:file|state)$/.test(path);
  const open = routes.filter(({ method, door, path }) => method === 'GET' && door !== 'anyone' && isPage(path));

  test.each(open.map(({ path }) => path))('%s shows the way out', async (path) => {
    const { status, $ } = await ann.see(path);
    expect([status, $('form[action="/account/logout"] button').length > 0]).toEqual([200, true]);
  });
});

describe('what changes how one signs in', () => {
  /** These ask for the password themselves, are the asking, change no way in, or only take one away. */
  const EXCEPT = [
    '/account/again',
    '/account/again/options',
    '/account/again/with/:provider',
    '/account/edit',
    '/account/notices',
    '/account/notices/settings',
    '/account/password/change',
    '/account/tags',
    '/account/tokens/:id/delete',
    '/account/tokens/delete',
  ];

  test('stands behind the door that asks again, but for what is listed here', () => {
    const easy = routes.filter(
      ({ method, door, path }) => method === 'POST' && door === 'member' && path.startsWith('/account'),
    );
    expect(easy.map(({ path }) => path).sort()).toEqual(EXCEPT);
  });

  test('so does ending other sessions: an open screen cannot shut its owner out', async () => {
    await enter('ann', ann.password);
    await grow('fresh_at', Date.now() - 16 * 60_000);
    expect((await ann.get('/account/sessions')).status).toBe(200);
    const page = await ann.post(
      '/account/sessions',
      { session: 'others' },
      { headers: { referer: `${BASE}/account/sessions` } },
    );
    expect([page.status, page.headers['location']]).toEqual([303, '/account/again?next=%2Faccount%2Fsessions']);
    await ann.post('/account/again', { password: ann.password });
    const ended = await ann.post('/account/sessions', { session: 'others' }, { json: true });
    expect([ended.status, ended.body.ended > 0]).toEqual([200, true]);
  });
});

describe('an account elsewhere', () => {
  const ask = async (who: Visitor, path: string) => (await who.post(path, {}, { json: true })).body.url as string;
  const away = async (who: Visitor) => passThrough(await ask(who, '/account/login/with/1'), BASE);

  async function join(sub: string): Promise<Visitor> {
    provider.present = { sub, email: `${sub}@example.org`, email_verified: true, preferred_username: sub };
    const who = site.visitor();
    await who.get(await away(who));
    expect((await who.post('/account/register/identity', { username: sub, email: `${sub}@example.org` })).status).toBe(
      303,
    );
    return who;
  }

  test('is its issuer’s: the same number at another one opens nothing', async () => {
    await join('vera');
    await site.site.db('identities').where({ subject: 'vera' }).update({ issuer: 'https://other.example' });
    const who = site.visitor();
    expect((await who.get(await away(who))).headers['location']).toBe('/account/register/identity');
  });

  test('that answers for another provider than the one that was asked is refused', async () => {
    provider.present = { sub: 'ben' };
    const who = site.visitor();
    const back = await who.get((await away(who)).replace('/from/1', '/from/2'), { json: true });
    expect([back.status, back.body.error.code]).toEqual([403, 'not_begun']);
  });

  test('shows again who one is by a new sign-in over there, and by none that is asked for otherwise', async () => {
    const carl = await join('carl');
    const freshest = async () => Number((await site.site.db('sessions').max('fresh_at as at').first())?.['at']);
    await grow('fresh_at', 0);
    const url = new URL(await ask(carl, '/account/again/with/1'));
    url.searchParams.delete('max_age');
    expect((await carl.get(await passThrough(url.href, BASE))).status).toBe(403);
    expect(await freshest()).toBe(0);
    const back = await carl.get(await passThrough(await ask(carl, '/account/again/with/1'), BASE));
    expect(back.status).toBe(303);
    expect(Date.now() - (await freshest())).toBeLessThan(60_000);
  });
});
