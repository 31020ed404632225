import { picture } from '../support/pictures.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

let site: TestSite;
let ann: Member;
let seed = 8800;

beforeAll(async () => {
  site = await startTestSite({ NOPIN: 'ask' });
  ann = await site.member('ann');
});
afterAll(() => site.end());
beforeEach(() => {
  site.site.nopin = 'ask';
});

const save = async (form: object = {}) => {
  const bytes = await picture({ seed: ++seed, width: 300, height: 200 });
  return ann.post('/images/create', { nopin: '1', ...form }, { json: true, file: { bytes, name: 'a.jpg' } });
};
const saved = async (form: object = {}): Promise<ImageJson> => (await save(form)).body.image;
const edit = (id: number, form: object) => ann.post(`/images/${id}/edit`, { ...form }, { json: true });

test('where the operator leaves it to members, a page’s wish is a suggestion: private, unless they say otherwise', async () => {
  expect((await saved()).visibility).toBe('private');
  const shared = await saved({ visibility: 'public' });
  expect(shared.visibility).toBe('public');
  const { $ } = await site.visitor().see(shared.url);
  expect($('main').text()).toContain('asks that its pictures are not collected (nopin).');
});

test('it may be shown to others later, by itself or with many, and kept from there', async () => {
  const [one, two] = [await saved(), await saved()];
  expect((await edit(one.id, { visibility: 'public' })).status).toBe(200);
  const { body } = await ann.post('/images/many', { ids: String(two.id), action: 'members' }, { json: true });
  expect(body.many).toMatchObject({ changed: 1, refused: 0 });
  await site.settled();
  const bea = await site.member('bea');
  const keep = (form: object) => bea.post(`/images/${one.id}/save`, { ...form }, { json: true });
  const kept = await keep({ visibility: 'members' });
  expect([kept.status, kept.body.image.visibility]).toEqual([201, 'members']);
});

test('the form asks to think about it, and does not say that it must stay private', async () => {
  const { $ } = await ann.see('/images/create');
  expect($('[data-wish=nopin]').text()).toContain('Please think about whether others may see it.');
});

test('a site that changes its mind opens no more of them, and lets those that are open be put right', async () => {
  const [open, closed] = [await saved({ visibility: 'public' }), await saved()];
  site.site.nopin = 'private';
  expect((await save({ visibility: 'members' })).body.error).toMatchObject({ code: 'nopin', field: 'visibility' });
  expect((await edit(closed.id, { visibility: 'members' })).body.error.code).toBe('nopin');
  expect((await edit(open.id, { title: 'A better one', visibility: 'public' })).status).toBe(200);
  expect((await edit(open.id, { visibility: 'private' })).status).toBe(200);
  expect((await edit(open.id, { visibility: 'public' })).status).toBe(422);
});
