import { load } from 'cheerio';
import { findToken } from '../../src/accounts/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { linkIn, mailFor } from '../support/post.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const NEW = 'nine quiet herons';
const both = (password: string) => ({ password, password2: password });

eachDatabase((_, dialect) => {
  let site: TestSite;
  let ann: Member;
  let name: string;
  let count = 0;
  beforeAll(async () => {
    site = await startTestSite({}, dialect);
    await site.member('boss');
  });
  beforeEach(async () => {
    name = `ann${++count}`;
    ann = await site.member(name);
  });
  afterAll(() => site.end());

  const signIn = (password: string, login = name) =>
    site.visitor().post('/account/login', { login, password }, { json: true });
  const email = () => `${name}@example.org`;
  const mails = () => mailFor(site, email());
  async function askForLink(): Promise<string> {
    const answer = await site.visitor().post('/account/password/reset', { email: `${email().toUpperCase()} ` });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/account/password/reset/done']);
    const sent = (await mails()).filter(({ subject }) => subject === `A new password for ${name}`);
    return linkIn(sent.at(-1));
  }

  describe('changing the password', () => {
    const change = (form: object) =>
      ann.post('/account/password/change', { old_password: ann.password, ...both(NEW), ...form });

    test('signs out everywhere else, goes on here under a new id, and tells the owner', async () => {
      const other = site.visitor();
      await other.post('/account/login', { login: name, password: ann.password });
      const before = ann.cookies.get('__Host-session');
      const answer = await change({});
      expect([answer.status, answer.headers['location']]).toEqual([303, '/account/password/change/done']);
      expect((await other.get('/account')).status).toBe(303);
      expect(ann.cookies.get('__Host-session')).not.toBe(before);
      expect((await ann.see('/account/password/change/done')).$('h1').text()).toBe('Your password is changed');
      expect([(await signIn(ann.password)).status, (await signIn(NEW)).status]).toEqual([401, 200]);
      const [mail] = await mails();
      expect(mail?.subject).toBe('Your password was changed');
      expect(linkIn(mail)).toBe('/account/password/reset');
    });

    test.each([
      ['old_password', { old_password: 'no idea at all' }],
      ['old_password', { old_password: '' }],
      ['password', both('short')],
      ['password', both('password123')],
      ['password', both('bowerbirds!')],
      ['password', both('Bowerbird1!')],
      ['password', both('localhost99')],
      ['password2', { password2: 'nine quiet heron' }],
    ])('says what is wrong at %s: %j', async (field, form) => {
      const answer = await change(form);
      const $ = load(answer.text);
      expect([answer.status, $(`#${field}`).attr('aria-invalid')]).toEqual([422, 'true']);
      expect($(`#${field}-error`).text()).toMatch(/\.$/);
      expect((await signIn(ann.password)).status).toBe(200);
    });

    test('leaves access tokens as they are, but shows them with a way to revoke each', async () => {
      const answer = await ann.post('/account/tokens', { name: 'backup', scope: 'read' }, { json: true });
      await change({});
      const { $ } = await ann.see('/account/password/change/done');
      expect($('.record-name').text()).toContain('backup');
      expect((await findToken(site.site.db, answer.body.token))?.scope).toBe('read');
      await ann.post($('form[action^="/account/tokens/"]').attr('action') ?? '', {});
      expect(await findToken(site.site.db, answer.body.token)).toBeUndefined();
      expect((await ann.see('/account/password/change/done')).$('.record')).toHaveLength(0);
    });

    test('twenty at once change it once', async () => {
      const token = await ann.token();
      const cookie = ann.cookie;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_x, i) => {
          const tab = site.visitor();
          for (const pair of cookie.split('; ')) tab.cookies.set(pair.split('=')[0] ?? '', pair.split('=')[1] ?? '');
          const form = { old_password: ann.password, ...both(`${NEW} ${i}`) };
          return tab.post('/account/password/change', form, { json: true, token });
        }),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await mails()).length).toBe(1);
    });
  });

  describe('a forgotten password', () => {
    test('is set through the link of a mail; looking at the page does not use the link up, setting it does', async () => {
      const link = await askForLink();
      const person = site.visitor();
      for (let looks = 0; looks < 3; looks++) {
        const { status, answer, $ } = await person.see(link);
        expect([status, answer.headers['referrer-policy']]).toEqual([200, 'no-referrer']);
        expect($(`form[action="${link}"] input[type=password]`).length).toBe(2);
      }
      expect((await signIn(ann.password)).status).toBe(200);
      const done = await person.post(link, both(NEW));
      expect([done.status, done.headers['location']]).toEqual([303, '/account/password/reset/complete']);
      expect((await person.get('/account')).status).toBe(303);
      expect([(await signIn(ann.password)).status, (await signIn(NEW)).status]).toEqual([401, 200]);
      expect((await ann.get('/account')).status).toBe(303);
      const again = await person.see(link);
      expect([again.status, again.$('h1').text()]).toEqual([410, 'This link is over']);
      expect(again.$('a[href="/account/password/reset"]').length).toBeGreaterThan(0);
      expect((await person.post(link, both('quite another one'), { json: true })).body.error.code).toBe('link_over');
      expect((await mails()).map(({ subject }) => subject).sort()).toEqual([
        `A new password for ${name}`,
        'Your password was changed',
      ]);
    });

    test('ends the secret address of feeds', async () => {
      const { feeds } = (await ann.post('/account/feeds', { action: 'make' }, { json: true })).body;
      const { pathname } = new URL(feeds.json);
      expect((await site.visitor().get(pathname)).status).toBe(200);
      await site.visitor().post(await askForLink(), both(NEW));
      expect((await site.visitor().get(pathname)).status).toBe(404);
    });

    test('revokes access tokens with it, and tells so on the page, in the mail and in the log', async () => {
      const tokens: string[] = [];
      for (const name of ['backup', 'on <the> phone'])
        tokens.push((await ann.post('/account/tokens', { name, scope: 'write' }, { json: true })).body.token);
      const other = await site.member(`${name}-other`);
      const kept = (await other.post('/account/tokens', { name: 'theirs', scope: 'read' }, { json: true })).body.token;
      const person = site.visitor();
      await person.post(await askForLink(), both(NEW));
      const page = await person.see('/account/password/reset/complete');
      expect(page.$('.notice-trouble').text()).toContain('access tokens of your scripts are revoked');
      for (const token of tokens) expect(await findToken(site.site.db, token)).toBeUndefined();
      expect(await findToken(site.site.db, kept)).toBeDefined();
      const mail = (await mails()).find(({ subject }) => subject === 'Your password was changed');
      expect(mail?.text).toContain('are revoked: backup, on <the> phone.');
      expect(mail?.html).not.toContain('<the>');
      await person.post('/account/login', { login: name, password: NEW });
      const acts = (await person.get('/account/log', { json: true })).body.entries.map(
        ({ act, subject }: { act: string; subject: string }) => `${act} ${subject}`,
      );
      expect(acts).toEqual(expect.arrayContaining(['token_revoked backup', 'token_revoked on <the> phone']));
    });

    test('wins once of twenty posts at once', async () => {
      const link = await askForLink();
      const person = site.visitor();
      const token = await person.token();
      const posts = Array.from({ length: 20 }, (_x, i) =>
        person.post(link, both(`${NEW} ${i}`), { json: true, token }),
      );
      const answers = await Promise.all(posts);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 410)]);
      const right = answers.findIndex(({ status }) => status === 200);
      expect((await signIn(`${NEW} ${right}`)).status).toBe(200);
    });

    test('is refused on the form when the new one will not do, and the link stays good', async () => {
      const link = await askForLink();
      const answer = await site.visitor().post(link, both(`${name}1234`));
      expect([answer.status, load(answer.text)('#password').attr('aria-invalid')]).toEqual([422, 'true']);
      expect((await site.visitor().post(link, both(NEW))).status).toBe(303);
    });

    test('a link is over after an hour, and when the password was changed meanwhile', async () => {
      const { db } = site.site;
      const old = await askForLink();
      await db('account_tokens').update({ expires_at: Date.now() - 1 });
      expect((await site.visitor().get(old)).status).toBe(410);
      const link = await askForLink();
      await ann.post('/account/password/change', { old_password: ann.password, ...both(NEW) });
      expect((await site.visitor().get(link)).status).toBe(410);
      expect((await site.visitor().post(link, both('quite another one'))).status).toBe(410);
      expect((await signIn(NEW)).status).toBe(200);
    });

    test('the table holds no link, only the hash of its secret, and no job holds one either', async () => {
      const link = await askForLink();
      const secret = link.split('/').at(-1) ?? '';
      expect(secret).toMatch(/^[\w-]{43}$/);
      const rows = [...(await site.site.db('account_tokens')), ...(await site.site.db('jobs'))];
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect(JSON.stringify(rows)).toContain('reset');
    });

    test('the answer is the same whether or not the email has an account, and nobody else gets a mail', async () => {
      const bare = (text: string) => text.replaceAll(/content="[^"]{43}"|value="[^"]{43}"/g, '');
      const visitor = site.visitor();
      const [known, unknown] = [
        await visitor.post('/account/password/reset', { email: email() }),
        await visitor.post('/account/password/reset', { email: 'nobody@example.org' }),
      ];
      expect([unknown.status, unknown.headers['location'], bare(unknown.text)]).toEqual([
        known.status,
        known.headers['location'],
        bare(known.text),
      ]);
      expect(await mailFor(site, 'nobody@example.org')).toEqual([]);
      expect(await mails()).toHaveLength(1);
    });

    test('a disabled account gets no link, and one that it has does not work', async () => {
      const link = await askForLink();
      await site.site.db('accounts').where({ username: name }).update({ disabled_at: Date.now() });
      expect((await site.visitor().get(link)).status).toBe(410);
      expect((await site.visitor().post(link, both(NEW))).status).toBe(410);
      await site.visitor().post('/account/password/reset', { email: email() });
      expect(await mails()).toHaveLength(1);
    });

    test('somebody who asks ten times gets three mails', async () => {
      for (let i = 0; i < 6; i++) {
        await site.visitor().post('/account/password/reset', { email: email() });
        await site.settled();
      }
      expect(await mails()).toHaveLength(3);
    });

    test.each(['', 'ann', 'ann@example.org\r\nBcc: eve@example.org', 'a@b,c@d.example'])(
      'what is no email is 422 on its field: %j',
      async (typed) => {
        const answer = await site.visitor().post('/account/password/reset', { email: typed }, { json: true });
        expect([answer.status, answer.body.error.field]).toEqual([422, 'email']);
      },
    );

    test('links begin with BASE_URL, whatever host a request names', async () => {
      const evil = { headers: { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' } };
      await site.visitor().post('/account/password/reset', { email: email() }, evil);
      const [mail] = await mails();
      expect(mail?.text).toContain('https://localhost:9000/account/password/reset/');
      expect(`${mail?.text}${mail?.html}`).not.toContain('evil');
    });
  });
});

test('a browser that hides where it comes from may post if it says that it was one of ours', async () => {
  const site = await startTestSite({ ROLE: 'web' });
  try {
    const post = (headers: Record<string, string>) =>
      site.visitor().post('/account/password/reset', { email: 'a@b.example' }, { headers });
    expect((await post({ Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).status).toBe(303);
    expect((await post({ Origin: 'null' })).status).toBe(403);
    expect((await post({ Origin: 'null', 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await post({ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' })).status).toBe(403);
  } finally {
    await site.end();
  }
});
