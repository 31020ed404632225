import type { Dialect } from '../../src/db/index.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const PAGE = {
  page_url: 'https://birds.example/herons?from=mail',
  page_title: 'Herons of the weir',
  page_description: 'Seen in May.',
  page_site: 'Birds Weekly',
  page_date: '2026-05-03T10:00:00+02:00',
  page_canonical: 'https://birds.example/herons',
  noai: '1',
};
const SAID = {
  title: 'Herons of the weir',
  description: 'Seen in May.',
  site: 'Birds Weekly',
  date: '2026-05-03T10:00:00+02:00',
  canonical_url: 'https://birds.example/herons',
  nopin: false,
  noai: true,
  noindex: false,
};
const NOTHING = { ...SAID, title: '', description: '', site: '', date: '', canonical_url: null };

describe.each<Dialect>(['sqlite', 'postgres'])('where an image was found, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let bea: Member;
  let seed = 9100;

  beforeAll(async () => {
    site = await startTestSite({}, dialect);
    [ann, bea] = [await site.member('ann'), await site.member('bea')];
  });
  afterAll(() => site.end());

  const file = async () => ({ bytes: await picture({ seed: ++seed, width: 300, height: 200 }), name: 'a.jpg' });
  const save = async (form: Record<string, unknown> = {}) => {
    const { status, body } = await ann.post('/images/create', { ...PAGE, ...form }, { json: true, file: await file() });
    expect(status).toBeLessThan(300);
    return body.image as { id: number; url: string };
  };
  const told = async (id: number, who = ann) => (await who.image(id)).provenance;

  test('stands on its page to whoever may see it, with the site beside the page’s title, and what the page asks', async () => {
    const { id, url } = await save({ visibility: 'public' });
    const { $ } = await site.visitor().see(url);
    const link = $('a[href="https://birds.example/herons"]');
    expect(link.text()).toBe('Herons of the weir');
    expect(link.closest('dd').text()).toContain('Birds Weekly · birds.example · 2026-05-03');
    expect(link.closest('dd').text()).toContain('Seen in May.');
    expect($('main').text()).toContain('train no machines (noai)');
    expect(await told(id)).toEqual(SAID);
  });

  test('a page that says nothing is named by its site, and leaves no row', async () => {
    const { id, url } = await save({
      ...Object.fromEntries(Object.keys(PAGE).map((name) => [name, ''])),
      page_url: PAGE.page_url,
    });
    expect((await ann.see(url)).$(`a[href="${PAGE.page_url}"]`).text()).toBe('birds.example');
    expect(await told(id)).toBeUndefined();
    expect(await site.site.db('provenance').where({ image_id: id })).toEqual([]);
  });

  test('its words go with the page when its owner names another; what was asked stays', async () => {
    const { id } = await save();
    await ann.post(`/images/${id}/edit`, { title: 'Grey', page_url: PAGE.page_url }, { json: true });
    expect(await told(id)).toEqual(SAID);
    await ann.post(`/images/${id}/edit`, { page_url: 'https://other.example/' }, { json: true });
    expect(await told(id)).toEqual(NOTHING);
  });

  test('goes along with a copy, and goes with the image', async () => {
    const { id } = await save({ visibility: 'members' });
    await site.settled();
    const { body } = await bea.post(`/images/${id}/save`, {}, { json: true });
    expect(await told(body.image.id, bea)).toEqual(SAID);
    await site.settled();
    await site.site.db('images').where({ id }).delete();
    expect(await site.site.db('provenance').where({ image_id: id })).toEqual([]);
  });

  test('new bytes bring what their page asks; where it was found stays what its owner said', async () => {
    const { id } = await save();
    await save({ noai: '', noindex: '1', page_title: 'Elsewhere', duplicate: 'replace', replace: String(id) });
    expect(await told(id)).toEqual({ ...SAID, noai: false, noindex: true });
    await save({ noai: '', duplicate: 'replace', replace: String(id) });
    expect(await told(id)).toEqual({ ...SAID, noai: false });
  });

  test('what is too long is cut, what is damaged is mended, another site’s address is passed over; nothing is refused', async () => {
    const { id } = await save({
      page_title: `A\u202etitle\nin two lines${'x'.repeat(900)}`,
      page_description: '🐦'.repeat(900),
      page_date: '\u0000',
      page_canonical: 'https://evil.example/',
    });
    const said = (await told(id)) as typeof SAID;
    expect(said.title).toMatch(/^A title in two linesx{479,480}$/);
    expect([...said.description]).toHaveLength(500);
    expect([said.date, said.canonical_url]).toEqual(['', null]);
    const strange = await save({ page_canonical: 'javascript:alert(1)', page_url: '' });
    expect(await told(strange.id)).toMatchObject({ canonical_url: null });
  });
});
