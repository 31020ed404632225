import { startTestSite, type Member, type TestSite } from '../support/site.ts';

describe('/admin', () => {
  let site: TestSite;
  let boss: Member;

  beforeAll(async () => {
    site = await startTestSite();
    boss = await site.member('boss');
  });
  afterAll(() => site.end());

  const numberOf = async (username: string) =>
    Number((await site.site.db('accounts').where({ username }).first('id')).id);

  test('lists everybody for the first who joined, and sends other members home', async () => {
    const dora = await site.member('dora');
    const { status, $ } = await boss.see('/admin');
    expect(status).toBe(200);
    expect(
      $('.record-name a')
        .map((_, a) => $(a).text())
        .get(),
    ).toEqual(expect.arrayContaining(['boss', 'dora']));
    const away = await dora.get('/admin');
    expect([away.status, away.headers['location']]).toEqual([303, '/account']);
  });

  test('a disabled member is out at once, with all that is theirs, and back with everything', async () => {
    const carl = await site.member('carl');
    const image = await carl.save({ title: 'Blue', visibility: 'public' });
    const bytes = image.tiers['high']?.url ?? '';
    const id = await numberOf('carl');

    expect((await boss.post(`/admin/accounts/${id}`, { action: 'disable' })).status).toBe(303);
    expect((await carl.get('/account')).status).toBe(303);
    for (const path of [image.url, bytes, '/people/carl']) expect((await boss.get(path)).status).toBe(404);
    const feed = await boss.get('/images', { json: true });
    expect(feed.body).toMatchObject({ images: [], pages: 1 });
    const login = { login: 'carl', password: carl.password };
    expect((await carl.post('/account/login', login, { json: true })).body.error).toMatchObject({ code: 'disabled' });

    expect((await boss.post(`/admin/accounts/${id}`, { action: 'enable' })).status).toBe(303);
    expect((await carl.post('/account/login', login, { json: true })).status).toBe(200);
    expect((await boss.get(image.url)).status).toBe(200);
    expect((await boss.get('/images', { json: true })).body.images).toHaveLength(1);
  });

  test('nobody disables or demotes themselves, and unknown numbers are not there', async () => {
    const own = await boss.post(`/admin/accounts/${await numberOf('boss')}`, { action: 'disable' }, { json: true });
    expect(own.status).toBe(422);
    expect((await boss.post('/admin/accounts/999999', { action: 'disable' })).status).toBe(404);
    expect((await boss.post('/admin/accounts/999999', { action: 'eat' }, { json: true })).body.error.field).toBe(
      'action',
    );
  });

  test('another role comes with new sessions', async () => {
    const eve = await site.member('eve');
    await boss.post(`/admin/accounts/${await numberOf('eve')}`, { action: 'role', role: 'moderator' });
    expect((await eve.get('/account')).status).toBe(303);
    expect(await site.site.db('accounts').where({ username: 'eve' }).first('role')).toEqual({ role: 'moderator' });
  });
});
