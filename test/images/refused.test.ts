import type { CheerioAPI } from 'cheerio';
import { Refusal } from '../../src/errors.ts';
import { contentsOf, NOTHING } from '../support/contents.ts';
import { redirectTo, startOrigin, type Origin } from '../support/origin.ts';
import { bombPng, cut, heic, html, pdf, picture, svg } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

let origin: Origin;
let site: TestSite;
let ann: Member;
let closedPort: string;
let photo: Buffer;

const MB = 1024 * 1024;

beforeAll(async () => {
  photo = await picture({ width: 300, height: 200, seed: 4 });
  origin = await startOrigin({
    '/404.jpg': { status: 404, body: photo },
    '/500.jpg': { status: 500, body: photo },
    '/round.jpg': redirectTo('/round.jpg'),
    '/inside.jpg': redirectTo('http://10.11.12.13/secret.jpg'),
    '/endless.jpg': (_, response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg' });
      response.write(photo.subarray(0, 200));
    },
    '/large.jpg': Buffer.alloc(MB + 1, photo),
    '/larger.jpg': (_, response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg' });
      response.end(Buffer.alloc(3 * MB, photo));
    },
    '/photo.jpg': photo,
  });
  const gone = await startOrigin();
  closedPort = gone.allow;
  await gone.close();
  const allow = `${origin.allow},${closedPort}`;
  const slow = { FETCH_TIMEOUT: '1', DNS_SERVERS: '127.0.0.1:9' };
  site = await startTestSite({ FETCH_ALLOW: allow, MAX_UPLOAD_MB: '1', ...slow });
  ann = await site.member('ann');
});
afterAll(async () => {
  await site.end();
  await origin.close();
});

const TYPED = {
  title: 'What I typed <b>myself</b>',
  caption: 'Two lines\nof a caption',
  alt: 'A heap of blue',
  tags: 'blue, Kyoto',
  page_url: 'https://example.org/found/here',
  creator: 'Erika',
  licence: 'CC BY 4.0',
  visibility: 'private',
  show_name: '0',
  resolution: 'medium',
  once: 'once-and-only',
};

/** Everything that a person typed stands in the form that they get back. */
function expectTyped($: CheerioAPI, typed: Record<string, string> = TYPED) {
  const value = (name: string) => {
    const field = $(`#create [name="${name}"]`);
    if (field.is('[type=radio]')) return field.filter('[checked]').attr('value');
    return field.is('select') ? field.find('option[selected]').attr('value') : field.val();
  };
  for (const [name, text] of Object.entries(typed))
    // A page cannot hold a NUL: browsers read it as U+FFFD.
    expect([name, value(name)]).toEqual([name, text.replaceAll('\0', '\ufffd')]);
}

interface Wanted {
  status: number;
  code: string;
  field: string | null;
  says: RegExp;
}

type File = { bytes: Buffer; name?: string; type?: string };

/** A script and a person send the same; both are told, and nothing is left of it. */
async function expectRefused(form: Record<string, string>, file: File | null, wanted: Wanted) {
  const asking = file ? { file } : {};
  const script = await ann.post('/images/create', { ...TYPED, ...form }, { ...asking, json: true });
  expect(script.body).toEqual({
    error: { code: wanted.code, field: wanted.field, message: expect.stringMatching(wanted.says) },
  });
  expect(script.status).toBe(wanted.status);
  const { status, $ } = await ann.posted('/images/create', { ...TYPED, ...form }, asking);
  expect(status).toBe(wanted.status);
  if (wanted.field) expect($(`#${wanted.field}-error`).text().trim()).toMatch(wanted.says);
  expectTyped($, { ...TYPED, ...form });
  expect(await contentsOf(site)).toEqual(NOTHING);
}

describe('bad bytes are refused by what they are, sent or fetched, and leave nothing', () => {
  const damaged = { status: 422, code: 'broken', says: /damaged or incomplete/ };
  const notAnImage = (says: RegExp) => ({ status: 422, code: 'not_an_image', says });
  const cases: [string, () => Buffer | Promise<Buffer>, Omit<Wanted, 'field'>][] = [
    ['a web page', html, notAnImage(/web page/)],
    ['a PDF', pdf, notAnImage(/PDF/)],
    ['a HEIC photo', heic, notAnImage(/HEIC/)],
    ['an SVG drawing', svg, notAnImage(/SVG/)],
    ['half a JPEG', () => cut(photo, 0.5), damaged],
    ['half a PNG', async () => cut(await picture({ format: 'png' }), 0.5), damaged],
    ['half a WebP', async () => cut(await picture({ format: 'webp' }), 0.5), damaged],
    ['the first bytes of a JPEG', () => photo.subarray(0, 20), damaged],
    ['a bomb', () => bombPng(20_000, 20_000), { status: 422, code: 'too_many_pixels', says: /400 million/ }],
    [
      'a tiny picture',
      () => picture({ width: 200, height: 100 }),
      { status: 422, code: 'too_small', says: /200 × 100 pixels.*124 × 124/ },
    ],
  ];

  test.each(cases)('%s as a file', async (_, bytes, wanted) => {
    await expectRefused({}, { bytes: await bytes(), name: 'holiday.jpg' }, { ...wanted, field: 'image' });
  });

  test.each(cases)('%s from an address', async (_, bytes, wanted) => {
    origin.routes['/now.jpg'] = { headers: { 'content-type': 'image/jpeg' }, body: await bytes() };
    await expectRefused({ url: `${origin.url}/now.jpg` }, null, { ...wanted, field: 'url' });
  });

  test('a file of 0 bytes', async () => {
    const wanted = { ...notAnImage(/empty/), field: 'image' };
    await expectRefused({}, { bytes: Buffer.alloc(0), name: 'nothing.jpg' }, wanted);
  });

  test('an answer of 0 bytes', async () => {
    origin.routes['/now.jpg'] = { body: '' };
    await expectRefused({ url: `${origin.url}/now.jpg` }, null, { ...notAnImage(/empty/), field: 'url' });
  });

  test('a drawing and a page inside an address', async () => {
    const url = `data:image/svg+xml;base64,${svg().toString('base64')}`;
    await expectRefused({ url }, null, { ...notAnImage(/SVG/), field: 'url' });
    const page = `data:image/png,${encodeURIComponent(html().toString())}`;
    await expectRefused({ url: page }, null, { ...notAnImage(/web page/), field: 'url' });
  });

  test('an address whose data is damaged', async () => {
    for (const url of ['data:image/png;base64,', 'data:image/png', 'data:image/png,%zz'])
      await expectRefused({ url }, null, { status: 422, code: 'broken', field: 'url', says: /inside its address/ });
  });
});

describe('what is too large', () => {
  const large = { status: 413, code: 'too_large', field: 'image', says: /at most 1 MB fit/ };

  test('a file past the limit answers 413, with what was typed, and is not kept', async () => {
    await expectRefused({}, { bytes: Buffer.alloc(MB + 1, photo) }, large);
  });

  test('a file far past the limit, too', async () => {
    const answer = await ann.post('/images/create', {}, { json: true, file: { bytes: Buffer.alloc(30 * MB, photo) } });
    expect([answer.status, answer.body.error.code]).toEqual([413, 'too_large']);
    expect(await contentsOf(site)).toEqual(NOTHING);
  });

  test('what stands behind the file in the form, as browsers send it, is there again', async () => {
    const body = multipart([['image', Buffer.alloc(MB + 1, photo), 'large.jpg'], ...Object.entries(TYPED)]);
    const { status, $ } = await ann.send('/images/create', body, TYPE);
    expect(status).toBe(413);
    expect($('#image-error').text()).toMatch(large.says);
    expectTyped($);
    expect(await contentsOf(site)).toEqual(NOTHING);
  });

  test('an image at an address is 422 on url, whether the server tells its length or not', async () => {
    const wanted = { status: 422, code: 'too_large', field: 'url', says: /1 MB/ };
    await expectRefused({ url: `${origin.url}/large.jpg` }, null, wanted);
    await expectRefused({ url: `${origin.url}/larger.jpg` }, null, wanted);
  });
});

describe('an address that gives no image', () => {
  const unreachable = { status: 422, code: 'unreachable', field: 'url', says: /could not be reached from here/ };
  const strange = (says: RegExp) => ({ status: 422, code: 'http_status', field: 'url', says });

  test('an image under 404 or 500 is not saved', async () => {
    await expectRefused({ url: `${origin.url}/404.jpg` }, null, strange(/404/));
    await expectRefused({ url: `${origin.url}/500.jpg` }, null, strange(/500/));
  });

  test('redirects without end', async () => {
    await expectRefused({ url: `${origin.url}/round.jpg` }, null, strange(/without end/));
  });

  test('a body that never ends', async () => {
    const wanted = { status: 422, code: 'too_slow', field: 'url', says: /too slowly/ };
    await expectRefused({ url: `${origin.url}/endless.jpg` }, null, wanted);
  });

  test('a refused connection, a private address, our own, a redirect to one, and a dead host read the same', async () => {
    const addresses = [
      `http://${closedPort}/a.jpg`,
      'http://10.1.2.3/a.jpg',
      'http://169.254.169.254/latest/meta-data',
      'http://localhost/a.jpg',
      'http://[::ffff:7f00:1]/a.jpg',
      `${origin.url}/inside.jpg`,
      'http://nobody.invalid/a.jpg',
    ];
    for (const url of addresses) await expectRefused({ url }, null, unreachable);
  });

  test('an address with a password in it', async () => {
    const url = `http://ann:secret@${origin.allow}/photo.jpg`;
    await expectRefused({ url }, null, { status: 422, code: 'bad_address', field: 'url', says: /password/ });
    expect(origin.hits.filter(({ path }) => path === '/photo.jpg')).toEqual([]);
  });
});

describe('a full disk', () => {
  const full = (field: string): Wanted => ({
    status: 507,
    code: 'disk_full',
    field,
    says: /no room left|disk is full/i,
  });

  test.each([1, 2])('answers 507 and leaves nothing when file %d of a save does not fit', async (which) => {
    const { storage } = site.site;
    const { keep } = storage;
    let kept = 0;
    storage.keep = async (key, file) => {
      if (++kept % which === 0) throw new Refusal(507, 'disk_full', 'storage.disk_full');
      await keep(key, file);
    };
    try {
      await expectRefused({}, { bytes: photo }, full('image'));
      await expectRefused({ url: `${origin.url}/photo.jpg` }, null, full('url'));
      await expectRefused({ url: `data:image/jpeg;base64,${photo.toString('base64')}` }, null, full('url'));
    } finally {
      storage.keep = keep;
    }
  });
});

describe('fields that cannot be so', () => {
  const invalid = (field: string, says = /./): Wanted => ({ status: 422, code: 'invalid', field, says });
  const many = Array.from({ length: 51 }, (_, n) => `tag ${n}`).join(',');
  const cases: [string, Record<string, string>, Wanted][] = [
    ['a script for an address', { url: 'javascript:alert(1)' }, invalid('url', /http:\/\//)],
    ['a file of the server', { url: 'file:///etc/passwd' }, invalid('url')],
    ['another protocol', { url: 'ftp://example.org/a.jpg' }, invalid('url')],
    ['a page inside an address', { url: 'data:text/html,<img src=x>' }, invalid('url')],
    ['no address at all', { url: 'bricks' }, invalid('url')],
    ['20 kB of address', { url: `http://example.org/${'a'.repeat(20_000)}` }, invalid('url')],
    ['a script for the page', { url: 'http://10.0.0.1/', page_url: 'javascript:alert(1)' }, invalid('page_url')],
    ['NUL in an address', { url: 'http://example.org/\0.jpg' }, invalid('url')],
    ['neither file nor address', {}, invalid('image', /Choose a file/)],
    ['a title of 501 characters', { title: 'é'.repeat(501) }, invalid('title', /500.*501/)],
    ['a caption of 5,001', { caption: '😀'.repeat(5001) }, invalid('caption', /5,?000.*5,?001/)],
    ['a description of 1,001', { alt: 'a'.repeat(1001) }, invalid('alt')],
    ['51 tags', { tags: many }, invalid('tags', /50 tags/)],
    ['a tag of 51 characters', { tags: `blue, ${'x'.repeat(51)}` }, invalid('tags')],
    ['a tag that grows when it is compared', { tags: 'ﷺ'.repeat(40) }, invalid('tags')],
    ['a NUL in the title', { title: 'a\0b' }, invalid('title', /cannot be shown/)],
    ['a text turned round', { caption: 'gpj.\u202eexe' }, invalid('caption', /cannot be shown/)],
    ['a tag turned round', { tags: 'blue,\u2066der' }, invalid('tags', /cannot be shown/)],
  ];

  test.each(cases)('%s', async (_, form, wanted) => {
    await expectRefused(form, null, wanted);
  });

  test.each(['visibility', 'resolution', 'show_name'])('a strange %s', async (field) => {
    const answer = await ann.post('/images/create', { url: 'http://10.0.0.1/', [field]: 'all' }, { json: true });
    expect([answer.status, answer.body.error.field]).toEqual([422, field]);
  });

  test('an unknown board', async () => {
    const form = { ...TYPED, board: 'no-such', url: 'http://10.0.0.1/' };
    const script = await ann.post('/images/create', form, { json: true });
    expect([script.status, script.body.error.code, script.body.error.field]).toEqual([422, 'unknown', 'board']);
    const { status, $ } = await ann.posted('/images/create', form);
    expect(status).toBe(422);
    expect($('main').text()).toMatch(/no board of that name/);
    expectTyped($);
  });

  test('both a file and an address: one of them is to go, and the file is not sent twice', async () => {
    const { status, $ } = await ann.posted(
      '/images/create',
      { url: 'http://example.org/' },
      { file: { bytes: photo } },
    );
    expect(status).toBe(422);
    expect($('#image-error').text()).toMatch(/a file and an address/);
    expect($('[name=draft]').attr('value')).toBeTruthy();
    await dropAll();
  });

  test('JSON that is no form answers 422, never 500', async () => {
    const odd = [
      { title: { a: 1 }, url: 'http://10.0.0.1/' },
      { title: null },
      { tags: [1, 2] },
      { tags: { length: 3 } },
      { show_name: { toString: 1 } },
      { visibility: ['public', 'all'] },
      { url: ['http://10.0.0.1/'] },
      { replace: 'x', duplicate: 'replace' },
      { duplicate: 'replace', url: 'http://10.0.0.1/' },
      { board: [] },
      { once: { $ne: '' } },
    ];
    for (const form of odd) {
      const answer = await ann.post('/images/create', form, { json: true, as: 'json' });
      expect([form, answer.status]).toEqual([form, 422]);
      expect(answer.body.error.message).toMatch(/./);
    }
    expect(await contentsOf(site)).toEqual(NOTHING);
  });

  test('two files at once', async () => {
    const body = multipart([
      ['image', photo, 'one.jpg'],
      ['image', photo, 'two.jpg'],
      ['title', 'Behind them'],
    ]);
    const { status, $ } = await ann.send('/images/create', body, TYPE);
    expect(status).toBe(422);
    expect($('#image-error').text()).toMatch(/Only one file/);
    expect($('[name=title]').val()).toBe('Behind them');
    expect(await contentsOf(site)).toEqual(NOTHING);
  });
});

describe('a file that came with a wrong form', () => {
  const tooLong = { title: 'x'.repeat(501), tags: 'blue' };

  test('is kept as a draft: the form is sent again without it', async () => {
    const { status, $ } = await ann.posted('/images/create', tooLong, { file: { bytes: photo, name: 'bricks.jpg' } });
    expect(status).toBe(422);
    expect($('#title-error').text()).toMatch(/500/);
    expect($('#create').text()).toContain('bricks.jpg');
    expect(await contentsOf(site)).toEqual({ ...NOTHING, files: 1, drafts: 1 });
    const draft = String($('[name=draft]').attr('value'));

    const wrongAgain = await ann.posted('/images/create', { ...tooLong, draft });
    expect(wrongAgain.$('[name=draft]').attr('value')).toBe(draft);
    expect(await contentsOf(site)).toEqual({ ...NOTHING, files: 1, drafts: 1 });

    const bob = await site.member('bob');
    const stolen = await bob.post('/images/create', { draft }, { json: true });
    expect([stolen.status, stolen.body.error.field]).toEqual([422, 'image']);

    const saved = await ann.post('/images/create', { title: 'Short', draft }, { json: true });
    expect([saved.status, saved.body.image.title, saved.body.image.width]).toEqual([201, 'Short', 300]);
    await site.settled();
    expect(await contentsOf(site)).toMatchObject({ images: 1, drafts: 0, expected: 0, jobs: 0 });

    const gone = await ann.post('/images/create', { draft }, { json: true });
    expect([gone.status, gone.body.error.field]).toEqual([422, 'image']);
    await dropAll();
  });

  test('that turns out to be a copy is asked about with one draft, however often', async () => {
    await ann.post('/images/create', {}, { json: true, file: { bytes: photo } });
    await site.settled();
    const before = await contentsOf(site);
    const first = await ann.posted('/images/create', {}, { file: { bytes: photo } });
    expect(first.status).toBe(409);
    const draft = String(first.$('[name=draft]').attr('value'));
    const second = await ann.posted('/images/create', { draft });
    expect([second.status, second.$('[name=draft]').attr('value')]).toEqual([409, draft]);
    expect(await contentsOf(site)).toEqual({ ...before, files: before.files + 1, drafts: 1 });
    const lost = await ann.posted('/images/create', { draft, duplicate: 'replace', replace: '999999' });
    expect([lost.status, lost.$('[name=draft]').attr('value')]).toEqual([422, draft]);
    const fresh = await ann.posted(
      '/images/create',
      { duplicate: 'replace', replace: '999999' },
      { file: { bytes: photo } },
    );
    expect(fresh.status).toBe(422);
    const again = String(fresh.$('[name=draft]').attr('value'));
    const saved = await ann.post('/images/create', { draft: again, duplicate: 'keep' }, { json: true });
    expect(saved.status).toBe(201);
    await site.settled();
    await dropAll();
  });

  test('is not kept for ever: forty drafts of a member, the oldest go', async () => {
    for (let n = 0; n < 42; n++) await ann.post('/images/create', tooLong, { file: { bytes: photo } });
    expect(await contentsOf(site)).toEqual({ ...NOTHING, files: 40, drafts: 40 });
    await dropAll();
  });

  test('is not kept for a script, which gets an answer and has the file itself', async () => {
    const answer = await ann.post('/images/create', tooLong, { json: true, file: { bytes: photo } });
    expect(answer.status).toBe(422);
    expect(await contentsOf(site)).toEqual(NOTHING);
  });

  test('that breaks off on the way leaves nothing', async () => {
    const body = multipart([['image', photo, 'half.jpg']]).subarray(0, 900);
    const answer = await ann.send('/images/create', body, TYPE);
    expect(answer.status).toBe(400);
    expect(await contentsOf(site)).toEqual(NOTHING);
  });
});

/** Empties the site for the next test, by its own ways. */
async function dropAll() {
  const { db, storage } = site.site;
  const { dropDrafts, setBinned, purgeBin } = await import('../../src/images/index.ts');
  await dropDrafts(db, storage, await db('drafts').pluck('id'));
  for (const { id, owner_id } of await db('images').select('id', 'owner_id'))
    await setBinned(db, Number(owner_id), Number(id), true, 1);
  await purgeBin(db, storage, 0);
  await db('list_counts').where({ n: 0 }).delete();
  expect(await contentsOf(site)).toEqual(NOTHING);
}

const BOUNDARY = 'a-boundary';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** A form's body as browsers write it, its parts in this order. */
function multipart(parts: readonly (readonly [string, string | Buffer, string?])[]): Buffer {
  const written = parts.flatMap(([name, value, file]) => [
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}\r\n\r\n`,
    value,
    '\r\n',
  ]);
  return Buffer.concat([...written, `--${BOUNDARY}--\r\n`].map((piece) => Buffer.from(piece)));
}
