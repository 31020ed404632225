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

/** Several files at once, as a phone sends them. */
async function shareFiles(files: readonly [name: string, bytes: Buffer][], form: Record<string, string> = {}) {
  const sending = request(site.server)
    .post('/share')
    .redirects(0)
    .set({ ...SHEET, Cookie: ann.cookie, Accept: 'text/html' });
  for (const [name, value] of Object.entries(form)) sending.field(name, value);
  for (const [name, bytes] of files) sending.attach('image', bytes, name);
  return opened(await sending);
}

test('several pictures wait as drafts, and are looked through and saved together', async () => {
  const names = ['7302.jpg', '7303.jpg', '7304.jpg'];
  const files = await Promise.all(
    names.map(async (name): Promise<[string, Buffer]> => [name, await picture({ seed: parseInt(name, 10) })]),
  );
  const $ = await shareFiles(files, { text: 'https://a.example/album' });
  expect(
    $('.picks [data-file-name]')
      .toArray()
      .map((one) => $(one).text()),
  ).toEqual(names);
  expect($('#page_url').val()).toBe('https://a.example/album');
  const form = Object.fromEntries(
    $('form#several')
      .serializeArray()
      .map(({ name, value }) => [name, value]),
  );
  // Nothing is saved by looking at it in another order either.
  const moved = load((await ann.post('/save', { ...form, act: 'up3' })).text);
  expect(moved('.picks [data-file-name]').text()).toBe('7302.jpg7304.jpg7303.jpg');
  const saved = await ann.post('/save', { ...form, title1: 'The first' });
  expect([saved.status, saved.headers['location']]).toEqual([303, '/people/ann']);
  const { images } = (await ann.get('/people/ann', { json: true })).body;
  expect(images.map(({ title }: { title: string }) => title).slice(0, 3)).toEqual(['', '', 'The first']);
  expect(images[0].page_url).toBe('https://a.example/album');
  expect(await site.site.db('drafts').whereIn('name', names)).toEqual([]);
  // The form that is sent again, its answer lost on the way, saves nothing twice.
  const again = await ann.post('/save', { ...form, title1: 'The first' }, { json: true });
  expect(again.body.results.map((one: { image?: { id: number } }) => one.image?.id)).toHaveLength(3);
  expect((await ann.get('/people/ann', { json: true })).body.images).toHaveLength(images.length);
});

test('one of several that is no picture stays with its reason, and can be tried again', async () => {
  const $ = await shareFiles([
    ['7312.jpg', await picture({ seed: 7312 })],
    ['words.txt', Buffer.from('Only words')],
  ]);
  const form = Object.fromEntries(
    $('form#several')
      .serializeArray()
      .map(({ name, value }) => [name, value]),
  );
  const answer = await ann.post('/save', form);
  const left = load(answer.text);
  expect([answer.status, left('.picks [data-file-name]').text()]).toEqual([422, 'words.txt']);
  expect(left('#draft1-error').text()).not.toBe('');
  expect(left('[name=draft1]').val()).toBe($('[name=draft2]').val());
});

test('of more than twenty, and of too large ones, is told how many did not come along', async () => {
  const large: [string, Buffer][] = [['large.jpg', Buffer.alloc(1_200_000)]];
  const small = Array.from({ length: 21 }, (_, n): [string, Buffer] => [`${n}.jpg`, Buffer.from(`picture ${n}`)]);
  const $ = await shareFiles([...large, ...small]);
  expect($('.picks [data-row]')).toHaveLength(19);
  expect($('.flashes').text()).toContain('3 files did not come along');
});

test('a draft that is gone, or somebody else’s, is told of and not saved', async () => {
  const { body } = await share({}, { file: { bytes: await picture({ seed: 7313 }), name: 'mine.jpg' }, json: true });
  const eve = await site.member('eve');
  const { $ } = await eve.see(`/save?draft=${body.draft.id}&draft=none`);
  expect([$('.picks [data-row]').length, $('main').text()]).toEqual([0, expect.stringContaining('share it again')]);
  const answer = await eve.post('/save', { draft1: body.draft.id, title1: 'Mine?' }, { json: true });
  expect(answer.body.results).toMatchObject([{ error: { code: 'unknown', field: 'draft1' } }]);
});

test('a script gets the draft and the address of the form', async () => {
  const file = { bytes: await picture({ seed: 7305 }), name: 'x.jpg' };
  const { status, body } = await share({ title: 'T' }, { file, json: true });
  expect([status, body]).toEqual([
    201,
    {
      draft: { id: expect.any(String), name: 'x.jpg', bytes: file.bytes.length },
      drafts: [body.draft],
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
