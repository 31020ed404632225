import request from 'supertest';
import type { Db, Dialect } from '../../src/db/index.ts';
import { editImage } from '../../src/images/index.ts';
import { signer } from '../../src/lib/secret.ts';
import { stopToken } from '../../src/social/notice-mails.ts';
import { idOf, runNow } from '../support/life.ts';
import { plantImages } from '../support/plant.ts';
import { mailFor } from '../support/post.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const DAY = 24 * 60 * 60 * 1000;

describe.each<Dialect>(['sqlite', 'postgres'])('notices by mail on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let stan: Member;
  let ann: Member;
  let owner: Member;
  let ownerId: number;
  let owners = 0;

  beforeAll(async () => {
    site = await startTestSite({}, dialect);
    ({ db } = site.site);
    [stan, ann] = [await site.member('stan'), await site.member('ann')];
  });
  afterAll(() => site.end());
  // Whose mails are looked at is somebody new each time.
  beforeEach(async () => {
    owner = await site.member(`owner${(owners += 1)}`);
    ownerId = await idOf(db, owner);
  });

  const plant = async (title: string, more: object = {}) =>
    (await plantImages(db, [{ ownerId, visibility: 'public', more: { title }, ...more }]))[0] ?? 0;
  const did = async (who: Member, path: string, form: object) => {
    const answer = await who.post(path, { ...form }, { json: true });
    expect([path, answer.status < 300]).toEqual([path, true]);
    return answer.body;
  };
  const like = (who: Member, id: number, action = 'like') => did(who, `/images/${id}/like`, { action });
  const want = (form: object, who = owner) => did(who, '/account/notices/settings', form);
  const mails = async (who = owner) => {
    await runNow(site, 'mailNotices');
    return mailFor(site, `${who.username}@example.org`);
  };
  const waiting = () => db('notices').where({ account_id: ownerId }).whereNotNull('mail');

  test('nobody gets any who did not ask for it', async () => {
    await like(stan, await plant('Bricks'));
    expect(await mails()).toEqual([]);
  });

  test('what comes together is told together, with links to it, once', async () => {
    await want({ liked: 'now', followed: 'now', commented: 'site' });
    const id = await plant('Bricks');
    await like(stan, id);
    await like(ann, id);
    await did(stan, `/images/${id}/comments`, { body: 'Not for the mail' });
    await did(stan, `/people/${owner.username}/follow`, { action: 'follow' });
    const [mail, ...more] = await mails();
    expect([mail?.subject, more]).toEqual([`3 things are new for ${owner.username}`, []]);
    expect(mail?.text).toContain('- stan follows you now.');
    expect(mail?.text).toContain(`- ann, stan liked “Bricks”\n  https://localhost:9000/images/${id}`);
    expect(mail?.html).toContain(`href="https://localhost:9000/images/${id}"`);
    expect(mail?.text).not.toContain('Not for the mail');
    expect([await waiting(), (await mails()).length]).toEqual([[], 1]);
  });

  test('a minute is left, in which what is taken back or read is not told', async () => {
    await want({ liked: 'now' });
    const [one, two] = [await plant('One'), await plant('Two')];
    await like(stan, one);
    const job = await db('jobs').where({ kind: 'mailNotices' }).first();
    expect(Number(job.run_at)).toBeGreaterThan(Date.now() + 30_000);
    await like(stan, one, 'unlike');
    await like(ann, two);
    await did(owner, '/account/notices', { upto: 1e9 });
    expect(await mails()).toEqual([]);
  });

  test('nothing is told that became private, or that somebody did who is disabled; nor whose name is off', async () => {
    await want({ mentioned: 'now' }, ann);
    await want({ liked: 'now' });
    const [hidden, nameless] = [await plant('Hidden'), await plant('Nameless', { showName: false })];
    const say = (id: number) => did(owner, `/images/${id}/comments`, { body: 'Look, @ann' });
    await say(hidden);
    await editImage(db, ownerId, hidden, { visibility: 'private' });
    await say(nameless);
    await like(stan, nameless);
    await db('accounts').where({ username: 'stan' }).update({ disabled_at: 1 });
    const [mail] = (await mails(ann)).slice(-1);
    await db('accounts').where({ username: 'stan' }).update({ disabled_at: null });
    expect(mail?.text).toContain('Anonymous named you below “Nameless”');
    expect(mail?.text).not.toMatch(/Hidden|owner\d/);
    expect(await mails()).toEqual([]);
    await want({ mentioned: 'site' }, ann);
  });

  test('a daily mail goes in the morning, and tells of the whole day', async () => {
    await want({ liked: 'daily' });
    for (const title of ['One', 'Two', 'Three']) await like(stan, await plant(title));
    const jobs = (await db('jobs').where({ kind: 'mailNotices' })).filter(
      ({ payload }) => JSON.parse(payload).account === ownerId,
    );
    expect(jobs).toHaveLength(1);
    const wait = Number(jobs[0].run_at) - Date.now();
    expect([wait > 0, wait <= DAY, new Date(Number(jobs[0].run_at)).getUTCHours()]).toEqual([true, true, 7]);
    const [mail, ...more] = await mails();
    for (const title of ['One', 'Two', 'Three']) expect(mail?.text).toContain(`“${title}”`);
    expect(more).toEqual([]);
  });

  test('what waits for a mail is not mailed any more when that is switched off', async () => {
    await want({ liked: 'daily' });
    await like(stan, await plant('Bricks'));
    await want({ liked: 'site' });
    expect([await waiting(), await mails()]).toEqual([[], []]);
    expect((await owner.get('/account/notices', { json: true })).body.notices).toHaveLength(1);
  });

  describe('the way out of them', () => {
    /** A mail, and the address in it that ends them, as a path. */
    async function got() {
      await want({ liked: 'now', followed: 'daily', commented: 'never' });
      await like(stan, await plant('Bricks'));
      const [mail] = await mails();
      const headers = new Map(mail?.headers.map(({ key, value }) => [key, value]));
      const address = headers.get('list-unsubscribe') ?? '';
      expect(address).toMatch(/^<https:\/\/localhost:9000\/account\/notices\/stop\/\d+\.[\w-]{43}>$/);
      expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
      expect(mail?.text).toContain(`No more of these mails:\n${address.slice(1, -1)}`);
      return address.slice('<https://localhost:9000'.length, -1);
    }
    const settings = async () => (await owner.get('/account/notices/settings', { json: true })).body.settings;
    const stopped = { liked: 'site', followed: 'site', commented: 'never' };

    test('works without a sign-in, with a button; looking at it changes nothing', async () => {
      const path = await got();
      const visitor = site.visitor();
      const { $, status, answer } = await visitor.see(path);
      expect([status, $(`form[action="${path}"] button`).length]).toEqual([200, 1]);
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(await settings()).toMatchObject({ liked: 'now', followed: 'daily' });
      const done = await visitor.post(path);
      expect([done.status, done.headers['location']]).toEqual([303, path]);
      expect((await visitor.see(path)).$('main').text()).toContain('You get no mails');
      expect(await settings()).toMatchObject(stopped);
    });

    test('works by one click of a mail program, which has no cookie and no token, and is not led on', async () => {
      const path = await got();
      const click = () => request(site.server).post(path).redirects(0);
      expect((await click().type('form').send({})).status).toBe(403);
      expect(await settings()).toMatchObject({ liked: 'now' });
      const done = await click().type('form').send('List-Unsubscribe=One-Click');
      expect([done.status, done.text]).toEqual([200, 'stopped\n']);
      expect(await settings()).toMatchObject(stopped);
      expect((await click().field('List-Unsubscribe', 'One-Click')).status).toBe(200);
    });

    test('one click opens nothing else, and no address that somebody made up', async () => {
      const path = await got();
      const click = (to: string) => request(site.server).post(to).type('form').send('List-Unsubscribe=One-Click');
      const forged = [
        path.slice(0, -1),
        path.replace(/\d+\./, '1.'),
        `/account/notices/stop/${stopToken(signer(['another secret']), ownerId)}`,
        '/account/notices/stop/nothing',
      ];
      for (const to of forged) {
        expect([to, (await click(to)).status]).toEqual([to, 404]);
        expect([to, (await site.visitor().get(to)).status]).toEqual([to, 404]);
      }
      expect((await click('/account/logout')).status).toBe(403);
      expect(await settings()).toMatchObject({ liked: 'now', followed: 'daily' });
    });
  });
});
