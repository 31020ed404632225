import type { Db, Dialect } from '../../src/db/index.ts';
import { addComment, recordAct, setFollowing, setLiked } from '../../src/social/index.ts';
import { idOf } from '../support/life.ts';
import { plantImages, plantMember } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

interface ActionJson {
  username: string;
  verb: string;
  image: { id: number } | null;
  person: { username: string } | null;
}

describe.each<Dialect>(['sqlite', 'postgres'])('activity on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let ann: Member;
  let me: number;
  let olga: number;
  let stan: number;
  let image: number;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ({ db } = site.site);
    ann = await site.member('ann');
    me = await idOf(db, ann);
    [olga, stan] = [await plantMember(db, 'olga'), await plantMember(db, 'stan')];
  });
  afterAll(() => site.end());
  beforeEach(async () => {
    await db('actions').delete();
    await db('follows').delete();
    await setFollowing(db, me, olga, true);
    await db('actions').delete();
    [image = 0] = await plantImages(db, [{ ownerId: stan, visibility: 'members' }]);
  });

  const told = async (path = '/account') =>
    (await ann.get(path, { json: true })).body as { actions: ActionJson[]; next: string | null };
  const acts = async () =>
    (await told()).actions.map(
      ({ username, verb, image, person }) => `${username} ${verb} ${image?.id ?? person?.username}`,
    );

  test('tells what those did whom one follows, and of nobody else, newest first', async () => {
    await setLiked(db, { id: olga }, image, true);
    await addComment(db, { id: olga }, image, 'Blue');
    await setLiked(db, { id: stan }, image, true);
    await setFollowing(db, olga, stan, true);
    expect(await acts()).toEqual([`olga followed stan`, `olga commented ${image}`, `olga liked ${image}`]);
    const { actions } = await told();
    expect(actions[1]).toEqual({
      username: 'olga',
      verb: 'commented',
      image: expect.objectContaining({ id: image, username: 'stan', comments: 1 }),
      person: null,
      created_at: expect.stringMatching(/Z$/),
    });
    const { $ } = await ann.see('/account');
    expect($('[aria-labelledby=activity]').text().replace(/\s+/g, ' ')).toContain('olga liked an image');
    expect((await told()).next).toBeNull();
  });

  test('a save is told, and no more of it than of the image', async () => {
    const bea = await site.member(`bea${dialect}`);
    await setFollowing(db, me, await idOf(db, bea), true);
    const { id } = await bea.save({ visibility: 'members' });
    await bea.save({ visibility: 'private' });
    await bea.save({ visibility: 'public', show_name: '0' });
    expect(await acts()).toEqual([`${bea.username} saved ${id}`]);
  });

  test('the same within sixty seconds is told once, after that again; what is taken back is not told', async () => {
    const act = { accountId: olga, verb: 'commented', imageId: image } as const;
    const minute = 60_000;
    await recordAct(db, act, 59.5 * minute);
    await recordAct(db, act, 60.2 * minute);
    expect(await acts()).toHaveLength(1);
    await recordAct(db, act, 61 * minute);
    expect(await acts()).toHaveLength(2);
    for (const on of [true, false, true]) await setLiked(db, { id: olga }, image, on);
    expect((await acts()).filter((one) => one.includes('liked'))).toHaveLength(1);
    await setLiked(db, { id: olga }, image, false);
    await setFollowing(db, olga, stan, true);
    await setFollowing(db, olga, stan, false);
    expect((await acts()).filter((one) => !one.includes('commented'))).toEqual([]);
  });

  test('what one may not see is not told, also when that changes later, and is told again when one may', async () => {
    await setLiked(db, { id: olga }, image, true);
    const change = (row: object) => db('images').where({ id: image }).update(row);
    for (const [hidden, back] of [
      [{ visibility: 'private' }, { visibility: 'public' }],
      [{ binned_at: 1 }, { binned_at: null }],
      [{ owner_disabled: true }, { owner_disabled: false }],
    ] as const) {
      await change(hidden);
      expect([hidden, await acts()]).toEqual([hidden, []]);
      await change(back);
      expect(await acts()).toEqual([`olga liked ${image}`]);
    }
    await db('accounts').where({ id: olga }).update({ disabled_at: 1 });
    expect(await acts()).toEqual([]);
    await db('accounts').where({ id: olga }).update({ disabled_at: null });
  });

  test('an owner whose name is off does nothing to their own image', async () => {
    const [own = 0] = await plantImages(db, [{ ownerId: olga, visibility: 'public', showName: false }]);
    await recordAct(db, { accountId: olga, verb: 'saved', imageId: own });
    await setLiked(db, { id: olga }, own, true);
    await addComment(db, { id: olga }, own, 'Mine');
    expect(await acts()).toEqual([]);
    await db('images').where({ id: own }).update({ show_name: true });
    expect(await acts()).toHaveLength(3);
  });

  test('stands together by person and act, and reading on passes each once', async () => {
    const many = await plantImages(
      db,
      Array.from({ length: 20 }, () => ({ ownerId: stan, visibility: 'public' as const })),
    );
    for (const id of many) await setLiked(db, { id: olga }, id, true);
    const first = await told();
    const rest = await told(first.next ?? '');
    const ids = [...first.actions, ...rest.actions].map(({ image }) => image?.id);
    expect(ids).toEqual([...many].reverse());
    expect(rest.next).toBeNull();
    const { $ } = await ann.see('/account');
    expect($('[aria-labelledby=activity] .comment-head').text().replace(/\s+/g, ' ')).toContain('olga liked 16 images');
    expect($('.act').length).toBe(4);
    expect((await queriesOf(db, () => ann.get('/account'))).length).toBe(3);
    expect((await ann.get('/account?after=x!', { json: true })).status).toBe(422);
  });

  test('whoever follows nobody is shown the way to people', async () => {
    await db('follows').delete();
    expect((await ann.see('/account')).$('[aria-labelledby=activity] a[href="/people"]').length).toBe(1);
  });
});
