import type { Db, Dialect } from '../../src/db/index.ts';
import { editImage, setBinned } from '../../src/images/index.ts';
import { addComment, setLiked, sweepNotices } from '../../src/social/index.ts';
import { idOf } from '../support/life.ts';
import { plantFiles, plantImages, plantMembers } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

interface NoticeJson {
  id: number;
  kind: string;
  username: string | null;
  image: { id: number } | null;
  comment: { body: string } | null;
  read: boolean;
}

describe.each<Dialect>(['sqlite', 'postgres'])('notices on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let olga: Member;
  let stan: Member;
  let ann: Member;
  let ids: Record<'olga' | 'stan' | 'ann', number>;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ({ db } = site.site);
    [olga, stan, ann] = [await site.member('olga'), await site.member('stan'), await site.member('ann')];
    ids = { olga: await idOf(db, olga), stan: await idOf(db, stan), ann: await idOf(db, ann) };
  });
  afterAll(() => site.end());
  beforeEach(async () => {
    for (const table of ['notices', 'notice_settings', 'follows', 'blocks']) await db(table).delete();
  });

  const plant = async (more: object = {}) =>
    (await plantImages(db, [{ ownerId: ids.olga, visibility: 'public', ...more }]))[0] ?? 0;
  const did = async (who: Member, path: string, form: object) => {
    const answer = await who.post(path, { ...form }, { json: true });
    expect([path, answer.status < 300]).toEqual([path, true]);
    return answer.body;
  };
  const like = (who: Member, id: number, action = 'like') => did(who, `/images/${id}/like`, { action });
  const follow = (who: Member, name: string, action = 'follow') => did(who, `/people/${name}/follow`, { action });
  const comment = async (who: Member, id: number, body: string): Promise<number> =>
    (await did(who, `/images/${id}/comments`, { body })).comment.id;
  const list = async (who: Member): Promise<{ notices: NoticeJson[]; unread: number; next: string | null }> =>
    (await who.get('/account/notices', { json: true })).body;
  const told = async (who: Member) =>
    (await list(who)).notices.map(({ kind, username, image }) => [kind, username, image?.id ?? null]);
  const unread = async (who: Member) => (await list(who)).unread;
  /** Lets what was done seem to have been done some time ago. */
  const pass = (ms: number) => db('notices').decrement('created_at', ms);

  test('an owner is told who liked, commented and followed, and whoever is named in a comment as well', async () => {
    const id = await plant();
    await like(stan, id);
    await comment(stan, id, 'As blue as @ann');
    await follow(stan, 'olga');
    expect(await told(olga)).toEqual([
      ['followed', 'stan', null],
      ['commented', 'stan', id],
      ['liked', 'stan', id],
    ]);
    expect(await told(ann)).toEqual([['mentioned', 'stan', id]]);
    expect((await list(ann)).notices[0]?.comment?.body).toBe('As blue as @ann');
    expect([await unread(olga), await unread(ann), await unread(stan)]).toEqual([3, 1, 0]);
  });

  test('an owner who is named is told so, and not of the comment beside it', async () => {
    const id = await plant();
    await comment(stan, id, 'Look, @olga');
    expect(await told(olga)).toEqual([['mentioned', 'stan', id]]);
    await comment(stan, id, 'Once more');
    expect(await told(olga)).toEqual([['mentioned', 'stan', id]]);
  });

  test('an owner who does not want to be told of names is told of the comment that has theirs', async () => {
    const id = await plant();
    await did(olga, '/account/notices/settings', { mentioned: 'never' });
    await comment(stan, id, 'Look, @olga');
    expect(await told(olga)).toEqual([['commented', 'stan', id]]);
    await did(olga, '/account/notices/settings', { commented: 'never' });
    await comment(ann, id, 'And @olga again');
    expect(await told(olga)).toEqual([['commented', 'stan', id]]);
  });

  test('nobody is told of what they did themselves', async () => {
    const id = await plant();
    await like(olga, id);
    await comment(olga, id, 'Mine, says @olga');
    expect(await told(olga)).toEqual([]);
  });

  test('whoever saves it among their own is told of as far as their copy may be seen', async () => {
    const kept = async (form: object) => {
      const { id } = await olga.save({ visibility: 'public' });
      const copy = (await did(stan, `/images/${id}/save`, form)).image.id as number;
      return { id, copy };
    };
    const open = await kept({ visibility: 'members' });
    const nameless = await kept({ visibility: 'members', show_name: '0' });
    await kept({ visibility: 'private' });
    expect(await told(olga)).toEqual([
      ['kept', null, nameless.id],
      ['kept', 'stan', open.id],
    ]);
    await did(stan, `/images/${open.copy}/edit`, { visibility: 'private' });
    await did(stan, `/images/${nameless.copy}/delete`, {});
    expect([await told(olga), await unread(olga)]).toEqual([[], 0]);
  });

  test('the same within a minute is told once, and again after that', async () => {
    const id = await plant();
    for (const body of ['One', 'Two', 'Three']) await comment(stan, id, body);
    expect(await told(olga)).toHaveLength(1);
    await pass(61_000);
    await comment(stan, id, 'Four');
    expect(await told(olga)).toHaveLength(2);
  });

  test('what is taken back before it was read was not told; what was read stays', async () => {
    const id = await plant();
    await like(stan, id);
    await follow(stan, 'olga');
    await like(stan, id, 'unlike');
    await follow(stan, 'olga', 'unfollow');
    expect([await told(olga), await unread(olga)]).toEqual([[], 0]);
    await like(stan, id);
    await did(olga, '/account/notices', { upto: 1e9 });
    await like(stan, id, 'unlike');
    expect([await told(olga), await unread(olga)]).toEqual([[['liked', 'stan', id]], 0]);
  });

  test('a comment takes its notices along, and who is no longer named in it was not', async () => {
    const id = await plant();
    const number = await comment(stan, id, 'Blue, @ann');
    await did(stan, `/images/${id}/comments/${number}/edit`, { body: 'Blue, all of it' });
    expect(await told(ann)).toEqual([]);
    await did(stan, `/images/${id}/comments/${number}/edit`, { body: 'Blue, @ann' });
    expect(await told(ann)).toHaveLength(1);
    await did(stan, `/images/${id}/comments/${number}/delete`, {});
    expect([await told(ann), await told(olga), await unread(ann)]).toEqual([[], [], 0]);
  });

  test('nobody is told of an image they may not see, and no longer when it becomes so', async () => {
    const hidden = await plant({ visibility: 'private' });
    await comment(olga, hidden, 'Only for me, @ann');
    const open = await plant();
    await comment(stan, open, 'Look, @ann');
    expect(await told(ann)).toEqual([['mentioned', 'stan', open]]);
    await editImage(db, ids.olga, open, { visibility: 'private' });
    expect([await told(ann), await unread(ann), (await told(olga)).length]).toEqual([[], 0, 1]);
    await setBinned(db, ids.olga, open, true);
    expect([await told(olga), await unread(olga)]).toEqual([[], 0]);
    await setBinned(db, ids.olga, open, false);
    await editImage(db, ids.olga, hidden, { visibility: 'public' });
    expect([await told(ann), await unread(olga)]).toEqual([[], 1]);
  });

  test('an owner whose name is off is “Anonymous” where they name somebody', async () => {
    const id = await plant({ showName: false });
    await comment(olga, id, 'See, @ann');
    expect(await told(ann)).toEqual([['mentioned', null, id]]);
    const { $ } = await ann.see('/account/notices');
    expect($('main').text()).toContain('Anonymous');
    expect($('main').text()).not.toContain('olga');
  });

  test('who is disabled, and who is blocked either way, did nothing', async () => {
    const id = await plant();
    await like(stan, id);
    const gone = async () => expect([await told(olga), await unread(olga)]).toEqual([[], 0]);
    await db('accounts').where({ id: ids.stan }).update({ disabled_at: 1 });
    await gone();
    await db('accounts').where({ id: ids.stan }).update({ disabled_at: null });
    expect(await unread(olga)).toBe(1);
    for (const [blocker_id, account_id] of [
      [ids.olga, ids.stan],
      [ids.stan, ids.olga],
    ]) {
      await db('blocks').insert({ blocker_id, account_id, created_at: 1 });
      await gone();
      await follow(stan, 'olga');
      await follow(stan, 'olga', 'unfollow');
      expect(await db('notices')).toHaveLength(1);
      await db('blocks').delete();
    }
  });

  test('many at once are each told once, and the count is right', async () => {
    const id = await plant();
    const crowd = await plantMembers(db, 60, 'told');
    const doing = crowd.flatMap((person) => [
      setLiked(db, { id: person }, id, true),
      setLiked(db, { id: person }, id, true),
      addComment(db, { id: person }, id, 'Blue'),
    ]);
    await Promise.all(doing);
    expect(await db('notices').where({ account_id: ids.olga })).toHaveLength(120);
    // Nobody needs to know how many more they are.
    expect(await unread(olga)).toBe(100);
    await Promise.all(crowd.slice(0, 50).map((person) => setLiked(db, { id: person }, id, false)));
    expect(await unread(olga)).toBe(70);
  });

  describe('the page', () => {
    test('gathers the same done by several people, and says how many are new', async () => {
      const id = await plant();
      const crowd = await plantMembers(db, 4, 'crowd');
      for (const person of crowd) await setLiked(db, { id: person }, id, true);
      await like(stan, id);
      await follow(ann, 'olga');
      const { $ } = await olga.see('/account/notices');
      const lines = $('main li.comment .comment-head > span:first-child').map((_, line) => $(line).text());
      const bare = lines.get().map((line) => line.replaceAll(/\s+/g, ' ').trim());
      expect(bare).toEqual(['New: ann follows you now.', 'New: stan, crowd3 and 3 others liked Planted']);
      expect($('.menu summary .unread').text()).toContain('6');
      expect($('.menu-list a[href="/account/notices"]').text()).toContain('Notices (6)');
    });

    test('takes as read what was on it, and nothing that came meanwhile', async () => {
      const [one, two] = [await plant(), await plant()];
      await like(stan, one);
      const { $ } = await olga.see('/account/notices');
      await like(stan, two);
      const answer = await olga.post('/account/notices', { upto: $('[name=upto]').attr('value') });
      expect([answer.status, answer.headers['location']]).toEqual([303, '/account/notices']);
      const { notices } = await list(olga);
      expect([await unread(olga), notices.map(({ read }) => read)]).toEqual([1, [false, true]]);
      expect((await list(stan)).notices).toEqual([]);
    });

    test('takes no number that is none, and never another’s', async () => {
      await like(stan, await plant());
      for (const upto of ['', 'x', '-1', '1.5']) {
        const { status, body } = await olga.post('/account/notices', { upto: upto || undefined }, { json: true });
        expect([upto, status, body.error.field]).toEqual([upto, 422, 'upto']);
      }
      await did(stan, '/account/notices', { upto: 1e9 });
      expect(await unread(olga)).toBe(1);
    });

    test('reads on by key, and asks no more often for many', async () => {
      const images = await plantImages(
        db,
        Array.from({ length: 90 }, () => ({ ownerId: ids.olga, visibility: 'public' as const })),
      );
      for (const id of images.slice(0, 3)) await plantFiles(db, id);
      const row = { account_id: ids.olga, actor_id: ids.stan, kind: 'liked', created_at: Date.now() };
      await db('notices').insert(images.map((image_id) => ({ ...row, image_id })));
      const read: number[] = [];
      for (let path: string | null = '/account/notices'; path;) {
        const { body } = await olga.get(path, { json: true });
        read.push(...body.notices.map(({ image }: NoticeJson) => image?.id));
        path = body.next;
      }
      expect(read).toEqual(images.toReversed());
      expect((await queriesOf(db, () => olga.get('/account/notices'))).length).toBeLessThanOrEqual(3);
      expect((await olga.get('/account/notices?after=1-2', { json: true })).status).toBe(422);
    });

    test('says when there is nothing', async () => {
      const { $ } = await olga.see('/account/notices');
      expect($('main').text()).toContain('Nothing to tell yet');
      expect($('form[action="/account/notices"]')).toHaveLength(0);
    });
  });

  describe('what one is told', () => {
    test('each kind can be switched off and on, and what was not sent stays', async () => {
      const id = await plant();
      const { settings } = await did(olga, '/account/notices/settings', { liked: 'never' });
      expect(settings).toEqual({
        liked: 'never',
        commented: 'site',
        mentioned: 'site',
        followed: 'site',
        kept: 'site',
      });
      await like(stan, id);
      await comment(stan, id, 'Blue');
      expect(await told(olga)).toEqual([['commented', 'stan', id]]);
      const { $ } = await olga.see('/account/notices/settings');
      expect($('#liked option[selected]').attr('value')).toBe('never');
      const answer = await olga.post('/account/notices/settings', { liked: 'site', commented: 'never' });
      expect([answer.status, answer.headers['location']]).toEqual([303, '/account/notices/settings']);
      await like(ann, id);
      expect((await told(olga))[0]).toEqual(['liked', 'ann', id]);
    });

    test('a way that there is not is told beside its kind, and changes nothing', async () => {
      const form = { liked: 'never', followed: 'by pigeon' };
      const { status, $ } = await olga.posted('/account/notices/settings', form);
      expect([status, $('#followed-error').text().trim() !== '']).toEqual([422, true]);
      expect($('#liked option[selected]').attr('value')).toBe('never');
      expect(await db('notice_settings')).toEqual([]);
      const { body } = await olga.post('/account/notices/settings', form, { json: true });
      expect(body.error.field).toBe('followed');
    });
  });

  test('what is half a year old is gone', async () => {
    await like(stan, await plant());
    await like(stan, await plant());
    const [oldest] = await db('notices').orderBy('id');
    await db('notices')
      .where({ id: oldest.id })
      .update({ created_at: Date.now() - 181 * 86_400_000 });
    await sweepNotices(db);
    expect(await told(olga)).toHaveLength(1);
  });
});
