import { load } from 'cheerio';
import type { Dialect } from '../../src/db/index.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

let seed = 8200;
const another = () => picture({ seed: ++seed, width: 200, height: 150 });

describe.each<Dialect>(['sqlite', 'postgres'])('what the site is refused, on %s', (dialect) => {
  let origin: Origin;
  let site: TestSite;
  let ann: Member;

  beforeAll(async () => {
    origin = await startOrigin({ '/barred.jpg': { status: 403 } });
    site = await startTestSite({ FETCH_ALLOW: origin.allow, ROLE: 'web' }, dialect);
    ann = await site.member('ann');
  });
  afterAll(async () => {
    await site.end();
    await origin.close();
  });

  const barred = (more = '') => `${origin.url}/barred.jpg${more}`;

  test('without scripts: the form says what to do, keeps all that was typed, and takes the picture beside the address', async () => {
    const first = await ann.post('/images/create', { url: barred(), title: 'Kept', caption: 'in the hedge' });
    const $ = load(first.text);
    expect([first.status, $('#rescue').attr('hidden'), $('#url').val(), $('#title').val()]).toEqual([
      422,
      undefined,
      barred(),
      'Kept',
    ]);
    expect($('#url-error').text()).toContain('403');
    const left = Object.fromEntries(
      $('#create')
        .serializeArray()
        .map(({ name, value }) => [name, value]),
    );
    const second = await ann.post('/images/create', left, { file: { bytes: await another() } });
    expect(second.status).toBe(303);
    const { $: page } = await ann.see(second.headers['location'] ?? '');
    expect([page('h1').first().text(), page('aside').text()]).toEqual(['Kept', expect.stringContaining('Its address')]);
    expect(page('aside').text()).not.toContain('Copied from the page');
  });

  test('what was copied off a page says so, wherever it came from', async () => {
    const form = { refused_url: barred('?copy'), copied: '1', title: 'A copy' };
    const { body } = await ann.post('/images/create', form, { json: true, file: { bytes: await another() } });
    expect(body.image.source_url).toBe(barred('?copy'));
    const { $ } = await ann.see(body.image.url);
    expect($('aside').text()).toContain('Copied from the page, not the original file');
  });

  test('an address and a file that have nothing to do with one another are still refused', async () => {
    for (const refused_url of ['', barred('?other'), 'nonsense'])
      expect(
        (
          await ann.post(
            '/images/create',
            { url: barred(), refused_url },
            { json: true, file: { bytes: await another() } },
          )
        ).body.error,
      ).toMatchObject({ code: 'invalid', field: 'image' });
  });

  test('an address that they have an image from is a hint, for them alone and never a refusal', async () => {
    const long = `?${'x'.repeat(3000)}`;
    const from = async (more: string, who = ann) =>
      (await who.get(`/images/create/had?url=${encodeURIComponent(barred(more))}`, { json: true })).body.images.map(
        ({ title }: { title: string }) => title,
      );
    const save = async (title: string, more: string) =>
      ann.post(
        '/images/create',
        { title, refused_url: barred(more) },
        { json: true, file: { bytes: await another() } },
      );
    await save('One', `${long}1`);
    const two = await save('Two', `${long}2`);
    const again = await save('Two again', `${long}2`);
    expect([two.status, again.status]).toEqual([201, 201]);
    expect(await from(`${long}1`)).toEqual(['One']);
    expect(await from(`${long}2`)).toEqual(['Two again', 'Two']);
    expect(await from(long)).toEqual([]);
    expect(await from(`${long}1`, await site.member(`bob${seed}`))).toEqual([]);
    await ann.post(`/images/${two.body.image.id}/delete`);
    const { $ } = await ann.see(`/images/create?url=${barred(`${long}2`)}`);
    expect($('[data-had] a').text()).toBe('Two again');
    expect((await ann.see('/images/create')).$('[data-had]').attr('hidden')).toBe('hidden');
    for (const odd of ['', 'x', 'data:image/png;base64,AA', 'https://a.example/%00'])
      expect((await ann.get(`/images/create/had?url=${odd}`, { json: true })).body).toEqual({ images: [] });
  });
});
