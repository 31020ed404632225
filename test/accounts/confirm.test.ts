import { load } from 'cheerio';
import { invite } from '../../src/accounts/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { linkIn, mailFor } from '../support/post.ts';
import { BASE, startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

const PASSWORD = 'nine quiet herons';
const bare = (text: string) => text.replaceAll(/content="[^"]{43}"|value="[^"]{43}"/g, '');
let count = 0;
const formOf = (name = `eva${++count}`) => ({
  username: name,
  email: `${name}@example.org`,
  password: PASSWORD,
  password2: PASSWORD,
});
const joining = (who: Visitor, form: Record<string, unknown>, json = false) =>
  who.post('/account/register', form, { json });
const subjects = async (site: TestSite, to: string) => (await mailFor(site, to)).map(({ subject }) => subject);

eachDatabase((_, dialect) => {
  describe('joining where emails are confirmed', () => {
    let site: TestSite;
    beforeAll(async () => {
      site = await startTestSite({ CONFIRM_EMAIL: 'yes' }, dialect);
      const first = site.visitor();
      await joining(first, formOf('boss'));
      await first.post(linkIn((await mailFor(site, 'boss@example.org'))[0]));
    });
    afterAll(() => site.end());

    const signIn = (login: string, password = PASSWORD) =>
      site.visitor().post('/account/login', { login, password }, { json: true });

    test('the first whose email is confirmed runs the site', async () => {
      expect(await site.site.db('accounts').select('username', 'role')).toEqual([{ username: 'boss', role: 'admin' }]);
    });

    test('a link comes by mail; looking at it changes nothing, its button makes the account and signs in', async () => {
      const form = formOf();
      const eva = site.visitor();
      const answer = await joining(eva, form);
      expect([answer.status, answer.headers['location']]).toEqual([303, '/account/confirm']);
      expect((await eva.see('/account/confirm')).$('h1').text()).toBe('Look into your mail');
      expect((await eva.get('/account')).status).toBe(303);
      expect((await eva.get(`/people/${form.username}`)).status).toBe(404);
      const [mail, ...others] = await mailFor(site, form.email);
      expect([mail?.subject, others]).toEqual([`Confirm your address, ${form.username}`, []]);
      const link = linkIn(mail);
      const { status, answer: shown, $ } = await eva.see(link);
      expect([status, shown.headers['referrer-policy']]).toEqual([200, 'no-referrer']);
      expect($(`form[method=post][action="${link}"]`).length).toBe(1);
      expect(await site.site.db('accounts').where({ username: form.username })).toEqual([]);
      const done = await eva.post(link);
      expect([done.status, done.headers['location']]).toEqual([303, '/account']);
      expect((await eva.see('/account')).$('h1').text()).toContain(form.username);
      const row = await site.site.db('accounts').where({ username: form.username }).first();
      expect(row).toMatchObject({ role: 'member', email_confirmed_at: expect.any(Number) });
      expect((await site.visitor().see(link)).status).toBe(410);
      expect((await signIn(form.email)).status).toBe(200);
    });

    test('twenty clicks at once make one account', async () => {
      const form = formOf();
      await joining(site.visitor(), form);
      const link = linkIn((await mailFor(site, form.email))[0]);
      const person = site.visitor();
      const token = await person.token();
      const answers = await Promise.all(Array.from({ length: 20 }, () => person.post(link, {}, { json: true, token })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 410)]);
    });

    test('that the email is not confirmed is said to whoever knows the password, and to nobody else', async () => {
      const form = formOf();
      await joining(site.visitor(), form);
      for (const login of [form.username, form.email]) {
        expect((await signIn(login)).body.error).toMatchObject({ code: 'unconfirmed', field: 'login' });
        expect((await signIn(login, 'something else')).body.error.code).toBe('wrong_login');
      }
      const page = await site.visitor().post('/account/login', { login: form.username, password: PASSWORD });
      expect([page.status, load(page.text)('a[href="/account/confirm"]').length]).toEqual([401, 1]);
    });

    test('no answer tells whether an email has an account, and the name is kept either way', async () => {
      const known = formOf();
      await joining(site.visitor(), known);
      await site.visitor().post(linkIn((await mailFor(site, known.email))[0]));
      const [one, two] = [{ ...formOf(), email: known.email }, formOf()];
      for (const json of [true, false]) {
        const said = [];
        for (const form of [one, two]) {
          const answer = await joining(site.visitor(), form, json);
          const text = bare(answer.text).replaceAll(form.username, 'NAME');
          said.push([answer.status, answer.headers['location'], text]);
        }
        expect(said[0]).toEqual(said[1]);
      }
      // Neither its page, nor joining again with its name, nor signing in with what was sent tells the two apart.
      for (const form of [one, two]) {
        expect((await site.visitor().get(`/people/${form.username}`)).status).toBe(404);
        const again = await joining(site.visitor(), { ...formOf(), username: form.username }, true);
        expect(again.body.error).toMatchObject({ code: 'taken', field: 'username' });
        for (const login of [form.username, form.email])
          expect((await signIn(login)).body.error?.code ?? 'in').toBe(login === known.email ? 'in' : 'unconfirmed');
        expect((await signIn(form.email, 'something else')).body.error.code).toBe('wrong_login');
      }
      expect(await subjects(site, known.email)).toContain('You have an account already');
      expect(await subjects(site, known.email)).not.toContain(`Confirm your address, ${one.username}`);
    });

    test('with another’s email and a password of one’s own, signing in by that email says the same whether it has an account', async () => {
      const known = formOf();
      await joining(site.visitor(), known);
      await site.visitor().post(linkIn((await mailFor(site, known.email))[0]));
      const own = { password: 'ten loud magpies', password2: 'ten loud magpies' };
      const codes = [];
      for (const email of [known.email, formOf().email]) {
        await joining(site.visitor(), { ...formOf(), email, ...own });
        codes.push((await signIn(email, own.password)).body.error.code);
      }
      expect(codes).toEqual(['unconfirmed', 'unconfirmed']);
    });

    test('nobody can keep others out with their email: who confirms first has it', async () => {
      const squatter = formOf();
      const owner = { ...formOf(), email: squatter.email };
      await joining(site.visitor(), squatter);
      const first = linkIn((await mailFor(site, squatter.email))[0]);
      await joining(site.visitor(), owner);
      const mail = (await mailFor(site, owner.email)).find(({ subject }) => subject?.includes(owner.username));
      expect((await site.visitor().post(linkIn(mail))).status).toBe(303);
      const late = await site.visitor().post(first);
      expect([late.status, load(late.text)('.lead').text()]).toEqual([410, expect.stringContaining('meanwhile')]);
    });

    test('the mail comes again when one asks, the same answer for whom nobody waits; the same form twice is no fault', async () => {
      const form = formOf();
      await joining(site.visitor(), form);
      await site.settled();
      for (const email of [form.email, 'nobody@example.org']) {
        const answer = await site.visitor().post('/account/confirm', { email });
        expect([answer.status, answer.headers['location']]).toEqual([303, '/account/confirm']);
        await site.settled();
      }
      expect((await joining(site.visitor(), form)).status).toBe(303);
      expect(await subjects(site, form.email)).toHaveLength(3);
      expect(await subjects(site, 'nobody@example.org')).toEqual([]);
    });

    test('what was not confirmed within a day is gone, and the name is free', async () => {
      const form = formOf();
      await joining(site.visitor(), form);
      const link = linkIn((await mailFor(site, form.email))[0]);
      await site.site.db('registrations').update({ expires_at: Date.now() - 1 });
      expect((await site.visitor().post(link)).status).toBe(410);
      expect((await signIn(form.username)).body.error.code).toBe('wrong_login');
      expect((await joining(site.visitor(), { ...form, email: 'other@example.org' })).status).toBe(303);
    });

    test('a name in the form reaches the mail as one line', async () => {
      const answer = await joining(site.visitor(), { ...formOf(), username: 'eve\r\nBcc: all@example.org' }, true);
      expect([answer.status, answer.body.error.field]).toEqual([422, 'username']);
      const email = 'eve@example.org\r\nBcc: all@example.org';
      expect((await joining(site.visitor(), { ...formOf(), email }, true)).body.error.field).toBe('email');
    });
  });

  describe('changing the email', () => {
    let site: TestSite;
    let ann: Member;
    beforeAll(async () => {
      site = await startTestSite({}, dialect);
      await site.member('boss');
    });
    beforeEach(async () => void (ann = await site.member(`ann${++count}`)));
    afterAll(() => site.end());
    const emailIn = async () =>
      (await site.site.db('accounts').where({ username: ann.username }).first('email')).email as string;

    test('both addresses are told, the new one confirms, and sessions elsewhere end', async () => {
      const [old, next] = [`${ann.username}@example.org`, `new-${ann.username}@example.org`];
      const other = site.visitor();
      await other.post('/account/login', { login: ann.username, password: ann.password });
      expect((await ann.post('/account/email', { email: next })).status).toBe(303);
      expect(await subjects(site, old)).toEqual(['A new address for your account']);
      const link = linkIn((await mailFor(site, next))[0]);
      expect((await ann.see(link)).$('.lead').text()).toContain(next);
      expect(await emailIn()).toBe(old);
      const done = await ann.post(link);
      expect([done.status, done.headers['location'], await emailIn()]).toEqual([303, '/account/email', next]);
      expect(await subjects(site, old)).toContain('Your account has a new address');
      expect([(await ann.get('/account')).status, (await other.get('/account')).status]).toEqual([200, 303]);
      expect((await ann.post(link)).status).toBe(410);
    });

    test('to one that has an account already: the same answer, and its owner is told', async () => {
      await site.member(`bea${count}`);
      const form = { email: `bea${count}@example.org` };
      expect((await ann.post('/account/email', form)).status).toBe(303);
      expect(await subjects(site, form.email)).toEqual(['This address has an account already']);
      expect(await emailIn()).toBe(`${ann.username}@example.org`);
    });

    test('a new password ends it', async () => {
      await ann.post('/account/email', { email: `x-${ann.username}@example.org` });
      const link = linkIn((await mailFor(site, `x-${ann.username}@example.org`))[0]);
      const form = { old_password: ann.password, password: PASSWORD, password2: PASSWORD };
      expect((await ann.post('/account/password/change', form)).status).toBe(303);
      expect((await ann.post(link)).status).toBe(410);
    });

    test('what will not do is said on its field', async () => {
      for (const email of ['', 'nobody', `${ann.username}@EXAMPLE.org`]) {
        const answer = await ann.post('/account/email', { email }, { json: true });
        expect([answer.status, answer.body.error.field]).toEqual([422, 'email']);
      }
    });

    test('is asked of those alone who showed just now who they are', async () => {
      await site.site.db('sessions').update({ fresh_at: 0 });
      const answer = await ann.post('/account/email', { email: 'x@example.org' }, { json: true });
      expect([answer.status, answer.body.error.code]).toEqual([401, 'confirm']);
    });
  });

  describe('joining by invitation', () => {
    let site: TestSite;
    const inviting = async () => (await invite(site.site.db, BASE, { by: null })).link.replace(BASE, '');
    const tokenOf = (link: string) => new URL(link, BASE).searchParams.get('invite') ?? '';
    beforeAll(async () => void (site = await startTestSite({ REGISTRATION: 'invite' }, dialect)));
    afterAll(() => site.end());

    test('without one the page says so and has no form, and a form is refused', async () => {
      for (const path of ['/account/register', '/account/register?invite=nothing']) {
        const { status, $ } = await site.visitor().see(path);
        expect([status, $('form[action="/account/register"]').length]).toEqual([200, 0]);
        expect($('main').text()).toContain('invitation');
      }
      const answer = await joining(site.visitor(), formOf(), true);
      expect([answer.status, answer.body.error.field]).toEqual([422, 'invite']);
    });

    test('the link opens the form, the form lets one in, and the link is over', async () => {
      const link = await inviting();
      const { $, answer } = await site.visitor().see(link);
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      const token = $('input[name=invite]').val();
      const wrong = await joining(site.visitor(), { ...formOf(), invite: token, password2: 'x' });
      expect([wrong.status, load(wrong.text)('input[name=invite]').val()]).toEqual([422, token]);
      expect((await joining(site.visitor(), { ...formOf(), invite: token })).status).toBe(303);
      const late = await joining(site.visitor(), { ...formOf(), invite: token }, true);
      expect(late.body.error).toMatchObject({ code: 'invite', field: 'invite' });
      expect((await site.visitor().see(link)).$('form[action="/account/register"]').length).toBe(0);
    });

    test('one invitation in twenty forms at once lets one in', async () => {
      const token = tokenOf(await inviting());
      const person = site.visitor();
      const csrf = await person.token();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          person.post('/account/register', { ...formOf(), invite: token }, { json: true, token: csrf }),
        ),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 422)).toHaveLength(19);
    });

    test('administrators make the link, which is shown once; what is no email is said', async () => {
      const boss = site.visitor();
      const token = tokenOf(await inviting());
      const form = formOf();
      await joining(boss, { ...form, invite: token });
      await site.site.db('accounts').where({ username: form.username }).update({ role: 'admin' });
      const json = await boss.post('/admin/invitations', { email: 'zoe@example.org' }, { json: true });
      expect(json.status).toBe(201);
      const { url, expires_at } = json.body.invitation;
      expect([url.startsWith(`${BASE}/account/register?invite=`), Date.parse(expires_at) > Date.now()]).toEqual([
        true,
        true,
      ]);
      expect((await joining(site.visitor(), { ...formOf(), invite: tokenOf(url) })).status).toBe(303);
      const page = await boss.post('/admin/invitations');
      expect([page.status, load(page.text)('#link').val()]).toEqual([201, expect.stringContaining('?invite=')]);
      expect((await boss.get('/admin/invitations')).text).not.toContain('?invite=');
      expect((await boss.post('/admin/invitations', { email: 'x' }, { json: true })).body.error.field).toBe('email');
    });

    test('after a week it is over', async () => {
      const token = tokenOf(await inviting());
      await site.site.db('invitations').update({ expires_at: Date.now() - 1 });
      expect((await joining(site.visitor(), { ...formOf(), invite: token }, true)).status).toBe(422);
    });
  });
});

test('a site that is closed says so kindly, and takes nobody', async () => {
  const site = await startTestSite({ REGISTRATION: 'closed', ROLE: 'web' });
  try {
    const { status, $ } = await site.visitor().see('/account/register');
    expect([status, $('form[action="/account/register"]').length]).toEqual([200, 0]);
    expect($('main').text()).toContain('takes no new members');
    expect((await joining(site.visitor(), formOf(), true)).status).toBe(422);
  } finally {
    await site.end();
  }
});
