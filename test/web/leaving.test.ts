import { load } from 'cheerio';
import { GRACE_DAYS } from '../../src/accounts/index.ts';
import { setDisabled } from '../../src/moderation/index.ts';
import { idOf } from '../support/life.ts';
import { linkIn, mailFor } from '../support/post.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

const DAY = 24 * 60 * 60 * 1000;

describe.each(['sqlite', 'postgres'] as const)('leaving, on %s', (dialect) => {
  let site: TestSite;
  let boss: Member;
  let names = 0;
  let ann: Member;
  let image: ImageJson;

  beforeAll(async () => {
    site = await startTestSite({}, dialect);
    boss = await site.member('boss');
  });
  afterAll(() => site.end());
  beforeEach(async () => {
    ann = await site.member(`ann${++names}`);
    image = await ann.save({ title: 'Bricks', visibility: 'public' });
  });

  const leave = (who: Member = ann) => who.post('/account/delete', { username: who.username }, { json: true });
  const signIn = (who: Visitor, asking = {}) =>
    who.post('/account/login', { login: ann.username, password: ann.password }, asking);
  const isIn = async (who: Visitor) => (await who.get('/account')).status === 200;

  test('asks for one’s own name, typed, and says where it is wrong', async () => {
    const { $ } = await ann.see('/account/delete');
    expect($('label[for=username]').text()).toContain(ann.username);
    for (const username of ['', 'boss', 'delete']) {
      const answer = await ann.post('/account/delete', { username });
      expect(answer.status).toBe(422);
      expect(load(answer.text)('#username-error').text()).toContain(ann.username);
    }
    expect(await isIn(ann)).toBe(true);
    expect(await site.site.db('deletions')).toEqual([]);
  });

  test('wants to know once more who it is', async () => {
    await site.site.db('sessions').update({ fresh_at: 0 });
    const page = await ann.get('/account/delete');
    expect([page.status, page.headers['location']]).toEqual([303, '/account/again?next=%2Faccount%2Fdelete']);
    const answer = await leave();
    expect([answer.status, answer.body.error.code]).toEqual([401, 'confirm']);
  });

  test('signs out everywhere at once, and profile and images are gone for everyone', async () => {
    const phone = site.visitor();
    await signIn(phone);
    const high = image.tiers['high']?.url ?? '';
    expect((await site.visitor().get(high)).status).toBe(200);
    const answer = await leave();
    const days = (Date.parse(answer.body.deleted_at) - Date.now()) / DAY;
    expect([answer.status, Math.round(days)]).toEqual([200, 14]);
    expect([await isIn(ann), await isIn(phone)]).toEqual([false, false]);
    for (const reader of [site.visitor(), boss])
      for (const path of [image.url, high, `/people/${ann.username}`])
        expect((await reader.get(path)).status).toBe(404);
    const { body } = await boss.get('/images', { json: true });
    expect(body.images.map(({ id }: ImageJson) => id)).not.toContain(image.id);
  });

  test('a page says until when one may come back, and so does a mail', async () => {
    const answer = await ann.post('/account/delete', { username: ann.username.toUpperCase() });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/']);
    const year = String(new Date(Date.now() + 14 * DAY).getUTCFullYear());
    expect((await ann.see('/')).$('.flashes').text()).toContain(`deleted for good in ${GRACE_DAYS} days`);
    const mails = await mailFor(site, `${ann.username}@example.org`);
    const mail = mails.find(({ subject }) => subject === 'Your account will be deleted');
    expect(mail?.text).toContain(year);
    expect(linkIn(mail)).toBe('/account/login');
  });

  test('signing in leads to one page with one button, and to no other page until it is pressed', async () => {
    await leave();
    const back = site.visitor();
    const answer = await signIn(back, {});
    expect([answer.status, answer.headers['location']]).toEqual([303, '/account/return']);
    expect(await isIn(back)).toBe(false);
    expect((await back.get('/account/edit')).status).toBe(303);
    const { $, status } = await back.see('/account/return');
    expect([status, $('form[action="/account/return"] button').length]).toEqual([200, 1]);
    const returned = await back.post('/account/return');
    expect([returned.status, returned.headers['location']]).toEqual([303, '/account']);
    expect((await back.see('/account')).$('.flashes').text()).toContain('Good to have you back');
    expect((await site.visitor().get(image.url)).status).toBe(200);
    expect((await site.visitor().get(image.tiers['high']?.url ?? '')).status).toBe(200);
    const { body } = await back.get('/account/log', { json: true });
    expect(body.entries.map(({ act }: { act: string }) => act)).toEqual([
      'signed_in',
      'deletion_cancelled',
      'deletion_asked',
      'registered',
    ]);
    expect(await site.site.db('deletions').where({ account_id: await idOf(site.site.db, ann) })).toEqual([]);
  });

  test('a script is told, and can come back as well', async () => {
    await leave();
    const back = site.visitor();
    const answer = await signIn(back, { json: true });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'leaving']);
    const returned = await back.post('/account/return', {}, { json: true });
    expect([returned.status, returned.body]).toMatchObject([200, { person: { username: ann.username } }]);
    expect(await isIn(back)).toBe(true);
  });

  test('the way back is open only to who has just signed in, and only while nothing has changed', async () => {
    await leave();
    const nobody = site.visitor();
    expect((await nobody.get('/account/return')).headers['location']).toBe('/account/login');
    expect((await nobody.post('/account/return', {}, { json: true })).status).toBe(401);
    const wrong = await nobody.post('/account/login', { login: ann.username, password: 'not this' }, { json: true });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 'wrong_login']);
    const back = site.visitor();
    await signIn(back);
    await site.site.db('accounts').where({ username: ann.username }).update({ password_hash: 'another' });
    const stale = await back.post('/account/return');
    expect([stale.status, stale.headers['location']]).toEqual([303, '/account/login']);
    expect(await site.site.db('accounts').where({ username: ann.username, disabled_at: null })).toEqual([]);
  });

  test('a forgotten password can be set anew meanwhile', async () => {
    await leave();
    const email = `${ann.username}@example.org`;
    await site.visitor().post('/account/password/reset', { email });
    const mail = (await mailFor(site, email)).find(({ subject }) => subject?.startsWith('A new password'));
    const form = { password: 'quite another heap', password2: 'quite another heap' };
    expect((await site.visitor().post(linkIn(mail), form)).status).toBe(303);
    ann.password = form.password;
    const back = site.visitor();
    expect((await signIn(back)).headers['location']).toBe('/account/return');
  });

  test('who is disabled meanwhile cannot come back, and who is let in again goes on as before', async () => {
    await leave();
    const { db } = site.site;
    const id = await idOf(db, ann);
    await setDisabled(db, id, true, { accountId: null });
    const refused = await signIn(site.visitor(), { json: true });
    expect([refused.status, refused.body.error.code]).toEqual([401, 'disabled']);
    await setDisabled(db, id, false, { accountId: null });
    const back = site.visitor();
    expect((await signIn(back)).headers['location']).toBe('/account');
    expect(await db('deletions').where({ account_id: id })).toEqual([]);
    expect((await site.visitor().get(image.url)).status).toBe(200);
  });

  test('the only one who runs a site of several people stays, until another one can', async () => {
    await boss.post('/account/again', { password: boss.password });
    const refused = await leave(boss);
    expect([refused.status, refused.body.error.code]).toEqual([422, 'only_admin']);
    await site.site.db('accounts').where({ username: ann.username }).update({ role: 'admin' });
    expect((await leave(boss)).status).toBe(200);
  });
});

test('whoever has a second factor gives its code before they may come back', async () => {
  const site = await startTestSite({ ROLE: 'web' });
  try {
    const ann = await site.member('ann');
    const { db } = site.site;
    const id = await idOf(db, ann);
    await ann.post('/account/delete', { username: 'ann' });
    await db('second_factors').insert({ account_id: id, secret: 'sealed', confirmed_at: 1, created_at: 1 });
    const back = site.visitor();
    const answer = await back.post('/account/login', { login: 'ann', password: ann.password });
    expect(answer.headers['location']).toBe('/account/login/code');
    expect((await back.get('/account/return')).headers['location']).toBe('/account/login');
    expect((await back.post('/account/return', {}, { json: true })).status).toBe(401);
  } finally {
    await site.end();
  }
});

test.each(['sqlite', 'postgres'] as const)(
  'an image that is still being saved when its owner leaves is nobody’s to see, on %s',
  async (dialect) => {
    let meanwhile = async () => {};
    const step = (name: string) => (name === 'stored' ? meanwhile() : undefined);
    const site = await startTestSite({}, dialect, undefined, { step });
    try {
      const { db } = site.site;
      const ann = await site.member('ann');
      const phone = site.visitor();
      await phone.post('/account/login', { login: 'ann', password: ann.password });
      meanwhile = async () => {
        meanwhile = async () => {};
        expect((await phone.post('/account/delete', { username: 'ann' }, { json: true })).status).toBe(200);
      };
      await ann.save({ title: 'Late', visibility: 'public' });
      const [image] = await db('images');
      expect([image.title, Number(image.reach)]).toEqual(['Late', 0]);
      await phone.post('/account/login', { login: 'ann', password: ann.password });
      await phone.post('/account/return');
      expect((await site.visitor().get('/people/ann', { json: true })).body.images).toHaveLength(1);
    } finally {
      await site.end();
    }
  },
  60_000,
);
