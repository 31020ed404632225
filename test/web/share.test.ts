import { load } from 'cheerio';
import request from 'supertest';
import { picture } from '../support/pictures.ts';
import { BASE, startTestSite, type Member, type TestSite } from '../support/site.ts';

/** As a browser sends what its device's share sheet handed over: no page, no token. */
const SHEET = { 'Sec-Fetch-Site': 'none', Origin: 'null' };

let site: TestSite;
let ann: Member;

beforeAll(async () => {
  site = await startTestSite({ ROLE: 'web', MAX_UPLOAD_MB: '1' });
  ann = await site.member('ann');
});
afterAll(() => site.end());

const share = (form: Record<string, string>, more: object = {}) =>
  ann.post('/share', form, { headers: SHEET, token: null, ...more });

/** The form that a share leads to, as its member sees it. */
async function opened(answer: request.Response) {
  expect(answer.status).toBe(303);
  const { $, status } = await ann.see(answer.headers['location'] ?? '');
  expect(status).toBe(200);
  return $;
}

test('an address that was shared stands in the form, with its title', async () => {
  const $ = await opened(await share({ title: 'A bower', text: 'Look: https://a.example/x.jpg?a=1&url=2', url: '' }));
  expect([$('#url').val(), $('#title').val()]).toEqual(['https://a.example/x.jpg?a=1&url=2', 'A bower']);
});

test('a picture that was shared waits as a draft, and is saved from the form without being sent again', async () => {
  const bytes = await picture({ seed: 7301 });
  const file = { bytes, name: 'bower.jpg' };
  const $ = await opened(await share({ title: 'A bower', text: 'https://a.example/page' }, { file }));
  expect([$('.found').text(), $('#page_url').val(), $('#url').val()]).toEqual([
    expect.stringContaining('bower.jpg'),
    'https://a.example/page',
    '',
  ]);
  expect((await ann.get('/people/ann', { json: true })).body.images).toEqual([]);
  const draft = $('[name=draft]').val() as string;
  const saved = await ann.post('/images/create', { draft, title: 'A bower' }, { json: true });
  expect([saved.status, saved.body.image.title]).toEqual([201, 'A bower']);
});

test('of several pictures the first is kept, and how many are left is said', async () => {
  const sending = request(site.server)
    .post('/share')
    .redirects(0)
    .set({ ...SHEET, Cookie: ann.cookie, Accept: 'text/html' });
  for (const seed of [7302, 7303, 7304]) sending.attach('image', await picture({ seed }), `${seed}.jpg`);
  const $ = await opened(await sending);
  expect($('.found').text()).toContain('7302.jpg');
  expect($('.flashes').text()).toContain('the other 2 one by one');
});

test('a script gets the draft and the address of the form', async () => {
  const file = { bytes: await picture({ seed: 7305 }), name: 'x.jpg' };
  const { status, body } = await share({ title: 'T' }, { file, json: true });
  expect([status, body]).toEqual([
    201,
    {
      draft: { id: expect.any(String), name: 'x.jpg', bytes: file.bytes.length },
      url: `/images/create?draft=${body.draft.id}&title=T`,
    },
  ]);
});

test('another site cannot share, nor can anybody see what somebody else shared', async () => {
  for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'null' }])
    expect((await share({ title: 'x' }, { headers })).status).toBe(403);
  const file = { bytes: await picture({ seed: 7306 }) };
  const to = (await share({}, { file })).headers['location'] ?? '';
  const bob = await site.member('bob');
  const { $ } = await bob.see(to);
  expect([$('[name=draft]').length, $('.found').length]).toEqual([0, 0]);
  expect($('main').text()).toContain('has not come along');
});

test('a visitor signs in first, and has the address and the title then', async () => {
  const visitor = site.visitor();
  const form = { title: 'A bower & more', text: 'https://a.example/x?b=1&c=2' };
  const answer = await visitor.post('/share', form, { headers: SHEET, token: null });
  const next = new URL(answer.headers['location'] ?? '', BASE).searchParams.get('next') ?? '';
  expect([answer.status, answer.headers['location']]).toEqual([303, expect.stringMatching(/^\/account\/login\?next=/)]);
  const { $ } = await ann.see(next);
  expect([$('#url').val(), $('#title').val()]).toEqual(['https://a.example/x?b=1&c=2', 'A bower & more']);
  const file = { bytes: await picture({ seed: 7307 }) };
  const lost = await visitor.post('/share', {}, { headers: SHEET, token: null, file });
  const then = new URL(lost.headers['location'] ?? '', BASE).searchParams.get('next') ?? '';
  expect((await ann.see(then)).$('main').text()).toContain('Please share it again');
  expect((await visitor.post('/share', {}, { headers: SHEET, token: null, json: true })).status).toBe(401);
});

test('a picture that is too large is refused, and what else was shared is kept', async () => {
  const file = { bytes: Buffer.alloc(1_200_000) };
  const answer = await share({ title: 'Kept', text: 'https://a.example/y' }, { file });
  const $ = load(answer.text);
  expect([answer.status, $('#title').val(), $('#url').val()]).toEqual([413, 'Kept', 'https://a.example/y']);
  expect($('#image-error').text()).toContain('1 MB');
});

test('a phone is told how to share here, with icons that are there', async () => {
  const { $ } = await ann.see('/account');
  const answer = await ann.get($('link[rel=manifest]').attr('href') ?? '');
  expect(answer.headers['content-type']).toContain('application/manifest+json');
  const {
    share_target: target,
    icons,
    start_url: start,
  } = JSON.parse(answer.text ?? answer.body.toString()) as {
    share_target: unknown;
    icons: { src: string }[];
    start_url: string;
  };
  expect(target).toEqual({
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'image', accept: ['image/*'] }] },
  });
  for (const { src } of icons) expect((await ann.get(src)).headers['content-type']).toBe('image/png');
  expect((await ann.get(start)).status).toBe(200);
});
