import type { Dialect } from '../../src/db/index.ts';
import { picture } from '../support/pictures.ts';
import { queriesOf } from '../support/queries.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

describe.each<Dialect>(['sqlite', 'postgres'])('somebody else’s image, saved to one’s own, on %s', (dialect) => {
  let origin: Origin;
  let site: TestSite;
  let ann: Member;
  let bea: Member;
  let seed = 300;

  beforeAll(async () => {
    origin = await startOrigin();
    site = await startTestSite({ FETCH_ALLOW: origin.allow }, dialect);
    [ann, bea] = [await site.member('ann'), await site.member('bea')];
  });
  afterAll(async () => {
    await site.end();
    await origin.close();
  });

  const posted = async (form: object = {}): Promise<ImageJson> => {
    const path = `/${++seed}.jpg`;
    origin.routes[path] = await picture({ seed, width: 1600, height: 900 });
    const about = {
      title: 'Reed',
      alt: 'A reed',
      creator: 'Bolly',
      licence: 'CC0',
      page_url: 'https://reeds.example/1',
    };
    const fields = { ...about, caption: 'Mine!', tags: 'reed', visibility: 'public', url: origin.url + path, ...form };
    const { status, body } = await ann.post('/images/create', fields, { json: true });
    expect(status).toBe(201);
    await site.settled();
    return body.image;
  };
  const keep = (id: number, form: object = {}, who = bea) =>
    who.post(`/images/${id}/save`, { ...form }, { json: true });

  test('keeps where it came from, from the largest size that others may have, and asks the web for nothing', async () => {
    const theirs = await posted({ resolution: 'medium' });
    const asked = origin.hits.length;
    const { status, body } = await keep(theirs.id);
    expect([status, origin.hits.length]).toEqual([201, asked]);
    expect(body.image).toMatchObject({
      title: 'Reed',
      alt: 'A reed',
      caption: '',
      username: 'bea',
      visibility: 'members',
    });
    expect(body.image).toMatchObject({
      source_url: theirs.source_url,
      page_url: 'https://reeds.example/1',
      width: 786,
    });
    await site.settled();
    const mine = await bea.image(body.image.id);
    expect(mine).toMatchObject({ creator: 'Bolly', licence: 'CC0', state: 'ready' });
    expect(Object.keys(mine.tiers)).toEqual(expect.arrayContaining(['high', 'medium', 'low']));
  });

  test('its page says whom it is from, to those who may see that, and takes no query more', async () => {
    const theirs = await posted();
    const { body } = await keep(theirs.id, { visibility: 'public' });
    const from = async (who: { see: Member['see'] }) => {
      const { $ } = await who.see(body.image.url);
      return $(`a[href^="/images/${theirs.id}/"]`).text();
    };
    expect([await from(bea), await from(site.visitor())]).toEqual(['An image of ann', 'An image of ann']);
    await site.settled();
    expect(await queriesOf(site.site.db, () => bea.get(body.image.url))).toHaveLength(3);
    await ann.post(`/images/${theirs.id}/edit`, { show_name: '0' }, { json: true });
    expect([await from(bea), await from(ann)]).toEqual(['An image of Anonymous', 'An image of ann']);
    await ann.post(`/images/${theirs.id}/edit`, { visibility: 'private' }, { json: true });
    expect([await from(bea), await from(ann)]).toEqual(['', 'An image of ann']);
    await ann.post(`/images/${theirs.id}/delete`, {}, { json: true });
    expect((await bea.get(body.image.url)).status).toBe(200);
  });

  test('the button stands on others’ pages, for members; it leads to one’s own', async () => {
    const theirs = await posted();
    const form = `form[action="/images/${theirs.id}/save"]`;
    const there = async (who: { see: Member['see'] }) => (await who.see(theirs.url)).$(form).length;
    expect([await there(bea), await there(ann), await there(site.visitor())]).toEqual([1, 0, 0]);
    const answer = await bea.post(`/images/${theirs.id}/save`);
    expect([answer.status, answer.headers['location']]).toEqual([303, expect.stringMatching(/^\/images\/\d+\/reed$/)]);
    const { $ } = await bea.see(answer.headers['location'] ?? '');
    expect($('.flashes').text()).toContain('this one is yours now');
  });

  test('whoever has it already is led to it, a script told so; duplicate=keep makes another', async () => {
    const theirs = await posted();
    const first = (await keep(theirs.id, { once: 'a-key' })).body.image as ImageJson;
    await site.settled();
    const again = await keep(theirs.id, { once: 'a-key' });
    expect([again.status, again.body.image.id]).toEqual([200, first.id]);
    const told = await keep(theirs.id);
    expect([told.status, told.body.error.code, told.body.error.images ?? told.body.images]).toEqual([
      409,
      'duplicate',
      [expect.objectContaining({ id: first.id })],
    ]);
    const led = await bea.post(`/images/${theirs.id}/save`);
    expect([led.status, led.headers['location']]).toEqual([303, first.url]);
    expect((await keep(theirs.id, { duplicate: 'keep' })).status).toBe(201);
  });

  test('what a page asked not to be pinned is kept for oneself alone', async () => {
    const theirs = await posted({ visibility: 'private', nopin: '1' });
    await site.site.db('images').where({ id: theirs.id }).update({ visibility: 'members' });
    const refused = await keep(theirs.id, { visibility: 'public' });
    expect([refused.status, refused.body.error.field]).toEqual([422, 'visibility']);
    expect((await keep(theirs.id)).body.image.visibility).toBe('private');
  });

  test('what one may not see cannot be kept, nor what is in the bin', async () => {
    const theirs = await posted({ visibility: 'private' });
    expect((await keep(theirs.id)).status).toBe(404);
    const gone = await posted();
    await ann.post(`/images/${gone.id}/delete`, {}, { json: true });
    expect((await keep(gone.id)).status).toBe(404);
  });
});
