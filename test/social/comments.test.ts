import type { Db, Dialect } from '../../src/db/index.ts';
import { addComment } from '../../src/social/index.ts';
import { idOf } from '../support/life.ts';
import { plantFiles, plantImages } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const MINUTE = 60_000;

interface CommentJson {
  id: number;
  username: string | null;
  body: string;
  created_at: string;
}

describe.each<Dialect>(['sqlite', 'postgres'])('comments on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let boss: Member;
  let olga: Member;
  let stan: Member;
  let mona: Member;
  let ids: { olga: number; stan: number };
  let image: number;

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ({ db } = site.site);
    boss = await site.member('boss');
    [olga, stan, mona] = [await site.member('olga'), await site.member('stan'), await site.member('mona')];
    ids = { olga: await idOf(db, olga), stan: await idOf(db, stan) };
  });
  afterAll(() => site.end());
  beforeEach(async () => {
    image = await plant();
  });

  const plant = async (more: object = {}) =>
    (await plantImages(db, [{ ownerId: ids.olga, visibility: 'public', ...more }]))[0] ?? 0;
  const write = (who: Member, body: unknown, id = image) =>
    who.post(`/images/${id}/comments`, { body }, { json: true, as: 'json' });
  const written = async (who: Member, body: string, id = image): Promise<CommentJson> => {
    const answer = await write(who, body, id);
    if (answer.status !== 201) throw new Error(`writing answered ${answer.status} ${answer.text}`);
    return answer.body.comment;
  };
  const list = async (who: { get: Member['get'] } = stan, id = image) =>
    (await who.get(`/images/${id}/comments`, { json: true })).body as { comments: CommentJson[]; next: string | null };
  const act = (who: Member, comment: number, what: string, form: object = {}) =>
    who.post(`/images/${image}/comments/${comment}/${what}`, { ...form }, { json: true });
  const kept = async () => Number((await db('images').where({ id: image }).first('comments')).comments);

  test('a comment is answered with 201 and stands below the image, in the list and in its count', async () => {
    const answer = await write(stan, '  How blue!\r\nReally.  ');
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      comment: {
        id: expect.any(Number),
        username: 'stan',
        body: 'How blue!\nReally.',
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
    });
    expect(await list()).toEqual({ comments: [answer.body.comment], next: null, page: 1, pages: 1 });
    expect(await stan.image(image)).toMatchObject({ comments: 1 });
    const form = await stan.post(`/images/${image}/comments`, { body: 'And again' });
    expect([form.status, form.headers['location']]).toEqual([
      303,
      expect.stringMatching(new RegExp(`^/images/${image}/planted#comment-\\d+$`)),
    ]);
    const { $ } = await site.visitor().see(`/images/${image}/planted`);
    expect(
      $('.comment-body')
        .map((_, body) => $(body).text())
        .get(),
    ).toEqual(['And again', 'How blue!\nReally.']);
    expect($('#comments form').length).toBe(0);
  });

  test('addresses and names become links, and nothing else becomes an element', async () => {
    const hostile = '<img src=x onerror=1> javascript:alert(1) "><script>1</script>';
    await written(stan, `@olga see https://a.example/?b=1&c="2 ${hostile} @nobody @STAN.`);
    const { $ } = await olga.see(`/images/${image}/planted`);
    const body = $('.comment-body');
    expect(body.find('*').length).toBe(3);
    expect(
      body
        .find('a')
        .map((_, link) => `${$(link).text()} ${$(link).attr('href')} ${$(link).attr('rel') ?? ''}`)
        .get(),
    ).toEqual([
      '@olga /people/olga ',
      'https://a.example/?b=1&c= https://a.example/?b=1&c= nofollow ugc noopener',
      '@STAN /people/stan ',
    ]);
    expect(body.text()).toContain(hostile);
  });

  test('a name in a comment leads to whoever it was meant for, also under a new name, and to nobody when they are gone', async () => {
    const zed = await site.member('zed');
    await written(stan, 'ask @zed about it');
    const linked = async () => {
      const link = (await olga.see(`/images/${image}/planted`)).$('.comment-body a');
      return [link.text(), link.attr('href')];
    };
    expect(await linked()).toEqual(['@zed', '/people/zed']);
    await zed.post('/account/edit', { username: 'zedd' });
    expect(await linked()).toEqual(['@zed', '/people/zedd']);
    await db('accounts').where({ username: 'zedd' }).update({ disabled_at: 1 });
    expect(await linked()).toEqual(['', undefined]);
    await db('accounts').where({ username: 'zedd' }).delete();
    expect(await linked()).toEqual(['', undefined]);
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['marks that show nothing', '\u200b\u2060\ufeff'],
    ['a list', ['a']],
    ['no text at all', undefined],
    ['5,001 characters', 'ü'.repeat(5001)],
    ['100 kB', 'a'.repeat(100_000)],
    ['marks that turn the direction around', 'a\u202eb'],
    ['a NUL', 'a\u0000b'],
  ])('%s is no comment: 422 at its field', async (_, body) => {
    const answer = await write(stan, body);
    expect([answer.status, answer.body.error?.field]).toEqual([422, 'body']);
    expect(answer.body.error.message).toMatch(/\.$/);
    expect(await kept()).toBe(0);
  });

  test('5,000 characters fit, however many bytes they are; what does not comes back in the form', async () => {
    const body = '👍'.repeat(5000);
    expect((await written(stan, body)).body).toBe(body);
    const page = await stan.posted(`/images/${image}/comments`, { body: 'b'.repeat(5001) });
    expect([page.status, page.$('#body').val(), page.$('#body-error').text()]).toEqual([
      422,
      'b'.repeat(5001),
      'At most 5,000 characters fit here; these are 5,001.',
    ]);
  });

  test('what one may not see has no comments, and can be given none', async () => {
    const hidden = await plant({ visibility: 'private' });
    const members = await plant({ visibility: 'members' });
    await written(olga, 'For me alone', hidden);
    for (const id of [hidden, await plant({ binnedAt: 1 }), 999_999]) {
      expect((await write(stan, 'Hello', id)).status).toBe(404);
      expect((await stan.get(`/images/${id}/comments`, { json: true })).status).toBe(404);
    }
    const visitor = site.visitor();
    expect((await visitor.get(`/images/${members}/comments`)).headers['location']).toMatch(/^\/account\/login\?next=/);
    expect((await visitor.post(`/images/${image}/comments`, { body: 'x' }, { json: true })).status).toBe(401);
    await expect(addComment(db, { id: ids.stan }, hidden, 'x')).rejects.toMatchObject({ status: 404 });
  });

  test('whoever wrote it changes it for 15 minutes, and nobody else does', async () => {
    const { id } = await written(stan, 'Frist!');
    for (const who of [olga, mona, boss]) expect((await act(who, id, 'edit', { body: 'Hm' })).status).toBe(404);
    const answer = await act(stan, id, 'edit', { body: 'First, @mona!' });
    expect([answer.status, answer.body.comment.body]).toEqual([200, 'First, @mona!']);
    const { $ } = await stan.see(`/images/${image}/planted`);
    expect($(`#comment-${id}`).text()).toContain('edited');
    expect($(`#comment-${id} .comment-body a`).attr('href')).toBe('/people/mona');
    expect((await stan.see($('.comment-act').attr('href') ?? '')).$('#body').val()).toBe('First, @mona!');
    expect((await act(stan, id, 'edit', { body: ' ' })).body.error.field).toBe('body');
    await db('comments')
      .where({ id })
      .update({ created_at: Date.now() - 15 * MINUTE });
    const late = await act(stan, id, 'edit', { body: 'Too late' });
    expect([late.status, late.body.error]).toEqual([
      422,
      {
        code: 'too_late',
        field: 'body',
        message: 'A comment can be changed for 15 minutes, and they have passed.',
      },
    ]);
    expect((await stan.see(`/images/${image}/planted`)).$('[href$="/edit"].comment-act').length).toBe(0);
    expect((await list()).comments[0]?.body).toBe('First, @mona!');
  });

  test('whoever wrote it takes it back without a trace, at any time', async () => {
    const { id } = await written(stan, 'Regretted');
    await db('comments').where({ id }).update({ created_at: 1 });
    expect((await act(mona, id, 'delete')).status).toBe(404);
    const gone = await act(stan, id, 'delete');
    expect([gone.status, gone.body]).toEqual([200, { deleted: true }]);
    expect([(await act(stan, id, 'delete')).status, await kept(), (await list()).comments]).toEqual([404, 0, []]);
    expect(await db('removed_comments').where({ comment_id: id })).toEqual([]);
  });

  test('the image’s owner and moderators remove those of others, into a record that moderators alone see', async () => {
    const [first, second] = [await written(stan, 'Buy my things'), await written(stan, 'Cheap!')];
    expect((await olga.see(`/images/${image}/planted`)).$('details.comment-ask summary').first().text()).toBe('Remove');
    expect((await act(olga, first.id, 'delete')).body).toEqual({ deleted: true });
    await db('accounts').where({ username: 'mona' }).update({ role: 'moderator' });
    expect((await act(mona, second.id, 'delete')).body).toEqual({ deleted: true });
    expect([await kept(), (await list()).comments]).toEqual([0, []]);
    for (const who of [mona, boss]) {
      const { comments } = (await who.get('/moderation/comments', { json: true })).body;
      expect(comments.slice(0, 2)).toEqual([
        expect.objectContaining({ id: second.id, username: 'stan', body: 'Cheap!', removed_by: 'mona' }),
        expect.objectContaining({ id: first.id, image: `/images/${image}/planted`, removed_by: 'olga' }),
      ]);
    }
    expect((await mona.see('/moderation/comments')).$('main').text()).toContain('Buy my things');
    expect((await mona.see('/account')).$('a[href="/moderation/comments"]').length).toBe(1);
    for (const who of [olga, stan]) {
      expect((await who.get('/moderation/comments')).status).toBe(404);
      expect((await who.see('/account')).$('a[href="/moderation/comments"]').length).toBe(0);
    }
    await db('images').where({ id: image }).update({ visibility: 'private', title: 'A secret' });
    const record = await mona.get('/moderation/comments', { json: true });
    expect(record.body.comments[0].image).toBeNull();
    expect(record.text).not.toContain('A secret');
    await db('accounts').where({ username: 'mona' }).update({ role: 'member' });
  });

  test('an owner whose name is off is nobody: in comments, as whoever removed some, in the record', async () => {
    await db('images').where({ id: image }).update({ show_name: false });
    const own = await written(olga, 'It is mine');
    const others = await written(stan, 'Nice');
    expect(own.username).toBe('olga');
    expect((await list()).comments.map(({ username }) => username)).toEqual(['stan', null]);
    const page = await stan.see(`/images/${image}/planted`);
    expect(page.$(`#comment-${own.id}`).text()).toContain('Anonymous');
    expect(page.answer.text).not.toMatch(/olga/i);
    expect((await olga.see(`/images/${image}/planted`)).$(`#comment-${own.id}`).text()).toContain('olga');
    await act(olga, others.id, 'delete');
    await act(boss, own.id, 'delete');
    const record = (await boss.get('/moderation/comments', { json: true })).body.comments;
    expect(record.slice(0, 2)).toEqual([
      expect.objectContaining({ id: own.id, username: null, removed_by: 'boss' }),
      expect.objectContaining({ id: others.id, username: 'stan', removed_by: null }),
    ]);
  });

  test('the words of members who are gone, or disabled, stay as a deleted member’s', async () => {
    const zoe = await site.member('zoe1');
    await written(zoe, 'I was here');
    const shown = async () => (await stan.see(`/images/${image}/planted`)).$('.comment-list').text();
    await db('accounts').where({ username: 'zoe1' }).update({ disabled_at: 1 });
    expect(await shown()).toContain('Deleted member');
    await db('accounts').where({ username: 'zoe1' }).delete();
    expect(await shown()).toContain('Deleted member');
    expect(await shown()).not.toContain('zoe1');
    expect((await list()).comments).toMatchObject([{ username: null, body: 'I was here' }]);
  });

  test('the newest stand first, sixteen a page, and reading on passes each once while more arrive', async () => {
    for (let n = 1; n <= 40; n++) await addComment(db, { id: ids.stan }, image, `Number ${n}`);
    const first = await list();
    expect(first).toMatchObject({ page: 1, pages: 3, next: expect.stringContaining('?after=') });
    await written(olga, 'In between');
    const bodies = first.comments.map(({ body }) => body);
    for (let next = first.next; next;) {
      const page = (await stan.get(next, { json: true })).body;
      bodies.push(...page.comments.map(({ body }: CommentJson) => body));
      next = page.next;
    }
    expect(bodies).toEqual(Array.from({ length: 40 }, (_, n) => `Number ${40 - n}`));
    const { $ } = await stan.see(`/images/${image}/planted`);
    expect($('.comment').length).toBe(16);
    const older = await stan.see($('#comments > p > a').attr('href') ?? '');
    expect(older.$('.comment-body').first().text()).toBe('Number 25');
    expect(older.$('[rel=next], [rel=prev]').length).toBe(2);
    for (const after of ['x!', '1-2', ''])
      expect((await stan.get(`/images/${image}/comments?after=${after}`, { json: true })).status).toBe(422);
  });

  test('forty at once are all there and counted', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => addComment(db, { id: ids.stan }, image, `At once ${n}`)));
    expect([await kept(), (await db('comments').where({ image_id: image })).length]).toEqual([40, 40]);
  });

  test('the list and the image’s page ask the database three times at most, however many names there are', async () => {
    await plantFiles(db, image);
    const counted: number[] = [];
    for (const many of [4, 36]) {
      for (let n = 0; n < many; n++) await addComment(db, { id: ids.stan }, image, `@olga @mona @boss ${n}`);
      for (const path of [`/images/${image}/planted`, `/images/${image}/comments`])
        counted.push((await queriesOf(db, () => stan.get(path))).length);
    }
    expect(counted).toEqual([3, 3, 3, 3]);
  });
});

test('too many comments in a short while wait, and say how long', async () => {
  const site = await startTestSite({ ROLE: 'web', LIMITS: 'on' });
  try {
    const ann = await site.member('ann');
    const [image] = await plantImages(site.site.db, [{ ownerId: 1, visibility: 'public' }]);
    const token = await ann.token();
    const write = () => ann.post(`/images/${image}/comments`, { body: 'Again' }, { json: true, token });
    let answer = await write();
    for (let n = 0; n < 80 && answer.status === 201; n++) answer = await write();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(await site.site.db('comments')).toHaveLength(60);
  } finally {
    await site.end();
  }
});
