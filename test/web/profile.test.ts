import { load } from 'cheerio';
import { mailFor } from '../support/post.ts';
import { picture, svg } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

describe('the profile', () => {
  let site: TestSite;
  let ann: Member;
  let bob: Member;

  beforeAll(async () => {
    site = await startTestSite();
    ann = await site.member('ann');
    bob = await site.member('bob');
  });
  afterAll(() => site.end());

  const portraitOf = async (path: string) => {
    const { $ } = await site.visitor().see(path);
    return $('.profile .portrait');
  };

  test('shows a picture drawn from the name until there is a photo', async () => {
    const drawn = await portraitOf('/people/ann');
    expect(drawn.is('svg')).toBe(true);
    expect(drawn.find('circle').length).toBeGreaterThan(3);
    expect((await portraitOf('/people/bob')).toString()).not.toBe(drawn.toString());
  });

  test('takes a photo, cuts it to squares and shows it to everyone', async () => {
    const bytes = await picture({ width: 900, height: 500, exif: true });
    const answer = await ann.post(
      '/account/edit',
      { bio: 'Collects blue things.' },
      { file: { bytes, field: 'photo' } },
    );
    expect(answer.status).toBe(303);
    const shown = await portraitOf('/people/ann');
    const photo = await site.visitor().get(shown.attr('src') ?? '');
    expect(photo.status).toBe(200);
    expect(photo.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' });
    expect([shown.attr('width'), shown.attr('height')]).toEqual(['400', '400']);
  });

  test('removes the photo again, and its address is empty at once', async () => {
    const before = (await portraitOf('/people/ann')).attr('src') ?? '';
    await ann.post('/account/edit', { remove_photo: '1' });
    expect((await portraitOf('/people/ann')).is('svg')).toBe(true);
    expect((await site.visitor().get(before)).status).toBe(404);
    expect(await site.site.db('photos')).toEqual([]);
    expect(await site.site.db('expected')).toEqual([]);
  });

  test('refuses as photo what is no picture, at its field, and keeps what was typed', async () => {
    const file = { bytes: svg(), field: 'photo', name: 'me.jpg' };
    const answer = await ann.post('/account/edit', { bio: 'still here' }, { file });
    expect(answer.status).toBe(422);
    const $ = load(answer.text);
    expect($('#photo-error').text()).toMatch(/SVG drawing/);
    expect($('#bio').val()).toBe('still here');
  });

  test('changes names and the defaults of new images, and nobody else sees the date of birth', async () => {
    const form = {
      first_name: 'Ann',
      last_name: 'Blue',
      date_of_birth: '1990-02-28',
      visibility: 'public',
      show_name: '0',
    };
    expect((await ann.post('/account/edit', form)).status).toBe(303);
    const { $ } = await ann.see('/images/create');
    expect($('[name=visibility]:checked').val()).toBe('public');
    expect($('[name=show_name]:checked').val()).toBe('0');
    for (const reader of [bob, site.visitor(), ann]) {
      const page = await reader.get('/people/ann');
      expect(page.text).toContain('Ann Blue');
      expect(page.text).not.toContain('1990');
    }
    await ann.post('/account/edit', { visibility: 'members', show_name: '1' });
  });

  test.each([
    ['2030-01-01', 'tomorrow and later'],
    ['1990-02-30', 'a day that never was'],
    ['28.2.1990', 'another way to write it'],
    ['1850-01-01', 'longer ago than anybody lives'],
  ])('refuses %s as a date of birth: %s', async (date_of_birth) => {
    const answer = await ann.post('/account/edit', { date_of_birth }, { json: true });
    expect(answer.status).toBe(422);
    expect(answer.body.error).toMatchObject({ field: 'date_of_birth' });
  });

  test('leads from a former name to the new one, and keeps it from others', async () => {
    const carl = await site.member('carl');
    expect((await carl.post('/account/edit', { username: 'carla' })).status).toBe(303);
    const moved = await site.visitor().get('/people/Carl');
    expect([moved.status, moved.headers['location']]).toEqual([301, '/people/carla']);
    const taken = await bob.post('/account/edit', { username: 'carl' }, { json: true });
    expect(taken.body.error).toMatchObject({ field: 'username', code: 'taken' });
    const told = await mailFor(site, 'carl@example.org');
    expect(told.map(({ subject }) => subject)).toEqual(['Your account has a new name']);
    expect(told[0]?.text).toContain('“carl” is called “carla” from now on');
    await carl.post('/account/edit', { username: 'carla', bio: 'no other name' });
    expect(await mailFor(site, 'carl@example.org')).toHaveLength(1);
    const back = await carl.post('/account/edit', { username: 'carl' });
    expect(back.status).toBe(303);
    expect((await site.visitor().get('/people/carl')).status).toBe(200);
  });

  test('refuses a name that could be taken for another one', async () => {
    for (const username of ['bоb', 'аре']) {
      const answer = await ann.post('/account/edit', { username }, { json: true });
      expect([answer.status, answer.body.error.field]).toEqual([422, 'username']);
    }
  });

  test('refuses a name that somebody has', async () => {
    const answer = await ann.post('/account/edit', { username: 'BOB' }, { json: true });
    expect(answer.status).toBe(422);
    expect(answer.body.error).toMatchObject({ field: 'username', code: 'taken' });
  });
});
