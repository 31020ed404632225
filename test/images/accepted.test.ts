import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Dialect } from '../../src/db/index.ts';
import { contentsOf } from '../support/contents.ts';
import { isCandidate, look } from '../support/lookalikes.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { apng, picture, type Format } from '../support/pictures.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

const byUpload = async (who: Member, bytes: Buffer, form: Record<string, unknown> = {}, name = 'picture.jpg') =>
  who.post('/images/create', form, { json: true, file: { bytes, name } });

const byAddress = (who: Member, url: string, form: Record<string, unknown> = {}) =>
  who.post('/images/create', { ...form, url }, { json: true });

/** The colours of these are as bright as one another. */
const shapes = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#f4f4f4' } })
    .composite([
      { input: { create: { width: 120, height: 60, channels: 3, background: colour } }, left: 30, top: 20 },
      { input: { create: { width: 40, height: 90, channels: 3, background: colour } }, left: 220, top: 90 },
    ])
    .png()
    .toBuffer();

/** Tests get other pictures each, or they would be recognised. */
let seed = 5000;
const another = (wanted = {}) => picture({ seed: ++seed, width: 200, height: 150, ...wanted });

describe('what is accepted', () => {
  let origin: Origin;
  let site: TestSite;
  let ann: Member;

  beforeAll(async () => {
    origin = await startOrigin();
    site = await startTestSite({ FETCH_ALLOW: origin.allow });
    ann = await site.member('ann');
  });
  afterAll(async () => {
    await site.end();
    await origin.close();
  });

  const formats: [Format, string][] = [
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
    ['gif', 'image/gif'],
    ['webp', 'image/webp'],
    ['avif', 'image/avif'],
  ];

  test.each(formats)('%s, whatever its name and its declared type say', async (format, type) => {
    const bytes = await another({ format });
    const file = { bytes, name: 'page.html', type: 'text/html' };
    const answer = await ann.post('/images/create', { title: format }, { json: true, file });
    expect(answer.status).toBe(201);
    const { id, width, height } = answer.body.image as ImageJson;
    expect([width, height]).toEqual([200, 150]);
    const original = await ann.get(`/images/${id}/download`);
    expect(original.headers['content-type']).toBe(type);
    expect(Buffer.compare(original.body as Buffer, bytes)).toBe(0);
  });

  test('an address without an ending, with a query as image services have it, under a wrong type', async () => {
    origin.routes['/photo-1591788788843'] = {
      headers: { 'content-type': 'application/octet-stream' },
      body: await another(),
    };
    const url = `${origin.url}/photo-1591788788843?ixlib=rb-1.2.1&auto=format&fit=crop&w=1275&q=80`;
    const answer = await byAddress(ann, url, { title: 'bricks' });
    expect([answer.status, answer.body.image.source_url]).toEqual([201, url]);
    expect(origin.hits.at(-1)?.path).toBe('/photo-1591788788843?ixlib=rb-1.2.1&auto=format&fit=crop&w=1275&q=80');
  });

  test('a data: address is taken in like an upload, without a fetch', async () => {
    const before = origin.hits.length;
    const bytes = await another({ format: 'png' });
    const answer = await byAddress(ann, `data:image/png;charset=x;base64,${bytes.toString('base64')}`);
    expect([answer.status, answer.body.image.source_url]).toEqual([201, null]);
    expect(origin.hits.length).toBe(before);
    const escaped = [...(await another({ format: 'webp', quality: 30 }))].map(
      (byte) => `%${byte.toString(16).padStart(2, '0')}`,
    );
    expect((await byAddress(ann, `DATA:image/webp,${escaped.join('')}`)).status).toBe(201);
  });

  test('a script that says nothing of the type of its file is understood', async () => {
    const head = '--b\r\ncontent-disposition: form-data; name="image"; filename="x"\r\n\r\n';
    const title = '--b\r\ncontent-disposition: form-data; name="title"\r\ncontent-type: text/plain\r\n\r\nPlain\r\n';
    const body = Buffer.concat([Buffer.from(title + head), await another(), Buffer.from('\r\n--b--\r\n')]);
    const { answer } = await ann.send('/images/create', body, 'multipart/form-data; boundary=b', { json: true });
    expect([answer.status, answer.body.image?.title]).toEqual([201, 'Plain']);
  });

  test('a JSON body', async () => {
    origin.routes['/json.jpg'] = await another();
    const form = { title: 'By JSON', url: `${origin.url}/json.jpg`, tags: ['a', ' B  c ', '#a'], show_name: false };
    const answer = await ann.post('/images/create', form, { json: true, as: 'json' });
    expect(answer.status).toBe(201);
    expect(await ann.image(answer.body.image.id)).toMatchObject({ tags: ['a', 'B c'], show_name: false });
  });

  test('a picture that a camera stored sideways stands upright, and says nothing of place and device', async () => {
    const bytes = await another({ width: 240, height: 160, orientation: 6, exif: true });
    const { body } = await byUpload(ann, bytes);
    expect([body.image.width, body.image.height]).toEqual([240, 160]);
    const high = await ann.get(body.image.tiers.high.url);
    const { orientation = 1, exif, width, height } = await sharp(high.body as Buffer).metadata();
    expect([orientation, exif, width, height]).toEqual([1, undefined, 240, 160]);
  });

  test('an animation keeps moving, and an animated PNG says that it is a still', async () => {
    const gif = await byUpload(ann, await another({ format: 'gif', frames: 3 }));
    const high = await ann.get(gif.body.image.tiers.high.url);
    expect((await sharp(high.body as Buffer).metadata()).pages).toBe(3);
    const still = await byUpload(await site.member(), await apng(), { visibility: 'public' });
    expect((await ann.see(still.body.image.url)).$('main').text()).toContain('shown as a still');
  });

  test.each([
    [1024, 786, 'high'],
    [2000, 500, 'high'],
    [1025, 1024, 'very_high'],
    [800, 790, 'medium'],
    [800, 600, 'low'],
  ])('%d × %d is of quality %s', async (width, height, quality) => {
    const { body } = await byUpload(ann, await another({ width, height }));
    expect(body.image.quality).toBe(quality);
  });

  test.each([
    ['', 'image'],
    ['!?…', 'image'],
    ['Edit', 'edit-image'],
    ['download', 'download-image'],
    ['Crème  brûlée & co.', 'creme-brulee-co'],
    ['青い鳥', '青い鳥'],
    ['संग्रह', 'संग्रह'],
    ['../../etc/passwd', 'etc-passwd'],
  ])('the title %j gives the address %j', async (title, slug) => {
    const { body } = await byUpload(ann, await another({ drawing: 'mosaic' }), { title });
    const { id, url } = body.image as ImageJson;
    expect([body.image.slug, url]).toEqual([slug, `/images/${id}/${encodeURIComponent(slug)}`]);
    expect((await ann.get(url)).status).toBe(200);
  });

  test('a wrong or missing slug leads to the right one, for people and scripts', async () => {
    const { id, url } = await ann.save({ title: 'Blaue Äpfel' });
    for (const path of [`/images/${id}`, `/images/${id}/`, `/images/${id}/green`, `/images/${id}/blaue-%C3%84pfel`])
      for (const json of [true, false]) {
        const answer = await ann.get(path, { json });
        expect([path, answer.status, answer.headers['location']]).toEqual([path, 301, url]);
      }
    expect((await ann.get(`${url}/`)).status).toBe(200);
    for (const path of ['/images/0', '/images/01', '/images/abc', '/images/-1', '/images/99999999999999999999'])
      expect([path, (await ann.get(path)).status]).toEqual([path, 404]);
    expect((await ann.get(`/images/${id}/%E0%A4%A`)).status).toBeLessThan(500);
  });

  const LISTED =
    'alt caption comments created_at height id likes page_url quality slug source_url state tiers title url username views visibility width';

  test('the JSON of an image is what the design says: lists hold no more, one image the rest, its owner all', async () => {
    const { id, url } = await ann.save({ title: 'Shape', visibility: 'public', tags: 'b, a', creator: 'E' });
    await site.settled();
    const keys = (value: object) => Object.keys(value).sort().join(' ');
    const feed = await ann.get('/images', { json: true });
    expect(keys(feed.body)).toBe('images next page pages');
    for (const image of feed.body.images) expect(keys(image)).toBe(LISTED);
    const own = await ann.get(url, { json: true });
    expect(keys(own.body)).toBe('image');
    const more = ['boards', 'creator', 'licence', 'liked', 'tags'];
    const sorted = (names: string[]) => [...LISTED.split(' '), ...names].sort().join(' ');
    expect(keys(own.body.image)).toBe(sorted([...more, 'resolution', 'show_name']));
    expect(own.body.image).toMatchObject({ id, tags: ['a', 'b'], boards: [], liked: false, creator: 'E' });
    const others = await site.visitor().get(url, { json: true });
    expect(keys(others.body.image)).toBe(sorted(more));
    expect(own.body.image.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(typeof own.body.image.id).toBe('number');
    const { tiers } = own.body.image as ImageJson;
    expect(Object.keys(tiers).sort()).toEqual(['high', 'low', 'medium', 'very_high']);
    for (const tier of Object.values(tiers)) {
      expect(keys(tier)).toBe('bytes height type url width');
      const bytes = await site.visitor().get(tier.url);
      expect([bytes.status, bytes.headers['content-type'], (bytes.body as Buffer).length]).toEqual([
        200,
        tier.type,
        tier.bytes,
      ]);
      const { width, height } = await sharp(bytes.body as Buffer).metadata();
      expect([width, height]).toEqual([tier.width, tier.height]);
    }
  });

  describe('the address that the page showed', () => {
    test.each([
      ['missing', { status: 404, body: '' }],
      ['a page that says "not found" under 200', { body: '<!doctype html><p>Not found' }],
      ['broken', { headers: { 'content-type': 'image/jpeg' }, body: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]) }],
    ])('is taken when the best one is %s', async (_, best) => {
      origin.routes['/best.jpg'] = best;
      origin.routes['/seen.jpg'] = await another();
      const form = { seen_url: `${origin.url}/seen.jpg`, page_url: 'http://example.org/' };
      const answer = await byAddress(ann, `${origin.url}/best.jpg`, form);
      expect([answer.status, answer.body.image?.source_url]).toEqual([201, form.seen_url]);
    });

    test('is laid beside the best one, which is kept where both are one picture', async () => {
      const best = await another({ width: 600, height: 450 });
      origin.routes['/best.jpg'] = best;
      origin.routes['/seen.jpg'] = await sharp(best).resize(300).jpeg().toBuffer();
      const before = origin.hits.length;
      const answer = await byAddress(ann, `${origin.url}/best.jpg`, { seen_url: `${origin.url}/seen.jpg` });
      expect([answer.status, answer.body.image.width]).toEqual([201, 600]);
      expect(origin.hits.slice(before).map(({ path }) => path)).toEqual(['/best.jpg', '/seen.jpg']);
    });

    test('does not hide what is wrong when both are', async () => {
      origin.routes['/best.jpg'] = { status: 404, body: '' };
      const answer = await byAddress(ann, `${origin.url}/best.jpg`, { seen_url: `${origin.url}/none.jpg` });
      expect([answer.status, answer.body.error]).toMatchObject([422, { code: 'http_status', field: 'url' }]);
    });
  });

  describe('pictures that one has already', () => {
    test('the same file answers 409 and says where it is; a script sees the image', async () => {
      const bytes = await another();
      const { body } = await byUpload(ann, bytes, { title: 'First' });
      const again = await byUpload(ann, bytes);
      expect(again.status).toBe(409);
      expect(Object.keys(again.body).sort()).toEqual(['error', 'images']);
      expect(again.body.error).toMatchObject({ code: 'duplicate', field: 'image' });
      expect(again.body.images.map(({ id }: ImageJson) => id)).toEqual([body.image.id]);
      const page = await ann.posted('/images/create', { title: 'Second' }, { file: { bytes } });
      expect(page.status).toBe(409);
      expect(page.$(`#alike a[href="${body.image.url}"]`).length).toBeGreaterThan(0);
      expect(page.$('[name=title]').val()).toBe('Second');
    });

    test('a smaller copy answers 409 look_alike; keep saves both', async () => {
      const look = ++seed;
      const { body } = await byUpload(ann, await picture({ seed: look, width: 800, height: 600 }));
      const small = await picture({ seed: look, width: 400, height: 300, format: 'webp' });
      const again = await byUpload(ann, small);
      expect([again.status, again.body.error.code]).toEqual([409, 'look_alike']);
      expect(again.body.images[0].id).toBe(body.image.id);
      const kept = await byUpload(ann, small, { duplicate: 'keep' });
      expect(kept.status).toBe(201);
      expect(kept.body.image.id).not.toBe(body.image.id);
    });

    test('a copy whose likeness cannot be looked at is saved, and nobody is asked', async () => {
      const look = ++seed;
      const { body } = await byUpload(ann, await picture({ seed: look, width: 800, height: 600 }));
      await site.settled();
      const { db, storage } = site.site;
      const { storage_key } = await db('files').where({ image_id: body.image.id, tier: 'high' }).first();
      const stored = await storage.local(storage_key);
      const high = await readFile(stored!.path);
      await writeFile(stored!.path, 'no picture');
      const copy = await byUpload(ann, await picture({ seed: look, format: 'webp' }));
      await writeFile(stored!.path, high);
      expect(copy.status).toBe(201);
    });

    test('the same shapes in another colour are another picture, though their hashes are the same', async () => {
      const [red, blue] = await Promise.all(['#c83c3c', '#3c68c8'].map(shapes));
      expect(isCandidate(await look(red!), await look(blue!))).toBe(true);
      expect((await byUpload(ann, red!)).status).toBe(201);
      expect((await byUpload(ann, blue!)).status).toBe(201);
    });

    test('replace gives the old image the better bytes: its number, words and tags stay, its old bytes are gone', async () => {
      const look = ++seed;
      const small = await picture({ seed: look, width: 300, height: 225 });
      const form = { title: 'Kept title', tags: 'kept', visibility: 'public' };
      const { body } = await byUpload(ann, small, form);
      await site.settled();
      const before = await ann.image(body.image.id);
      const count = await contentsOf(site);
      const large = await picture({ seed: look, width: 1200, height: 900 });
      const replacing = { title: 'Other', duplicate: 'replace', replace: String(before.id) };
      const answer = await byUpload(ann, large, replacing);
      expect([answer.status, answer.body.image.id, answer.body.image.title]).toEqual([200, before.id, 'Kept title']);
      await site.settled();
      const after = await ann.image(before.id);
      expect(after).toMatchObject({ ...form, tags: ['kept'], width: 1200, quality: 'very_high', state: 'ready' });
      expect(after.tiers['medium']).toMatchObject({ width: 786, height: 590 });
      for (const { url } of Object.values(before.tiers)) expect((await ann.get(url)).status).toBe(404);
      const original = await ann.get(`/images/${before.id}/download`);
      expect(Buffer.compare(original.body as Buffer, large)).toBe(0);
      // The small one was High and Medium in one file, the large one has each tier apart or shared as it comes out.
      const now = await contentsOf(site);
      const keys = await site.site.db('files').countDistinct({ n: 'storage_key' }).first();
      expect(now).toMatchObject({
        images: count.images,
        expected: 0,
        jobs: 0,
        files: Number(keys?.['n']) + now.drafts,
      });
    });

    test('replace of what is not theirs, or gone, is refused', async () => {
      const bob = await site.member();
      const theirs = await bob.save({ visibility: 'public' });
      const gone = await ann.save();
      await ann.post(`/images/${gone.id}/delete`);
      for (const id of [theirs.id, gone.id, 0, 999_999]) {
        const answer = await byUpload(ann, await another(), { duplicate: 'replace', replace: String(id) });
        expect([answer.status, answer.body.error.field]).toEqual([422, 'replace']);
      }
    });

    test('what others have is never recognised, nor what lies in the bin', async () => {
      const bytes = await another();
      const bob = await site.member();
      expect((await byUpload(bob, bytes, { visibility: 'public' })).status).toBe(201);
      const { status, body } = await byUpload(ann, bytes);
      expect(status).toBe(201);
      await ann.post(`/images/${body.image.id}/delete`);
      expect((await byUpload(ann, bytes)).status).toBe(201);
    });
  });

  test('what a page asks not to be collected is saved for oneself alone, whichever way', async () => {
    const asked = await byUpload(ann, await another(), { nopin: '1', visibility: 'members' });
    expect([asked.status, asked.body.error]).toMatchObject([422, { code: 'nopin', field: 'visibility' }]);
    const { body } = await byUpload(ann, await another(), { nopin: '1', visibility: 'private' });
    expect((await ann.see(body.image.url)).$('main').text()).toContain('not collected (nopin)');
    const edited = await ann.post(`/images/${body.image.id}/edit`, { visibility: 'public' }, { json: true });
    expect([edited.status, edited.body.error.field]).toEqual([422, 'visibility']);
    const shared = await ann.save({ visibility: 'public' });
    const form = { nopin: '1', visibility: 'private', duplicate: 'replace', replace: String(shared.id) };
    const replaced = await byUpload(ann, await another(), form);
    expect([replaced.status, replaced.body.error.field]).toEqual([422, 'visibility']);
  });

  test('a form whose image lies in the bin by now saves anew', async () => {
    const once = 'a key of a form';
    const first = await byUpload(ann, await another(), { once });
    await ann.post(`/images/${first.body.image.id}/delete`);
    const second = await byUpload(ann, await another(), { once });
    expect(second.status).toBe(201);
    const third = await byUpload(ann, await another(), { once });
    expect([third.status, third.body.image.id]).toEqual([200, second.body.image.id]);
  });
});

describe.each<Dialect>(['sqlite', 'postgres'])('the same form twice on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;

  beforeAll(async () => {
    site = await startTestSite({ WORKERS: '2' }, dialect);
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  test('makes one image, and answers it again', async () => {
    const bytes = await another();
    const first = await byUpload(ann, bytes, { once: 'k1', title: 'Once' });
    const again = await byUpload(ann, bytes, { once: 'k1', title: 'Once' });
    expect([first.status, again.status, again.body.image.id]).toEqual([201, 200, first.body.image.id]);
    const page = await ann.posted('/images/create', { once: 'k1' }, { file: { bytes } });
    expect([page.status, page.answer.headers['location']]).toEqual([303, first.body.image.url]);
    expect(await site.site.db('images')).toHaveLength(1);
  });

  test('at the same time makes one image, and leaves nothing of the other', async () => {
    const before = await contentsOf(site);
    const bytes = await another();
    const token = await ann.token();
    const send = () =>
      ann.post('/images/create', { _csrf: token, once: 'k2' }, { json: true, token: null, file: { bytes } });
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.image.id)).size).toBe(1);
    await site.settled();
    const after = await contentsOf(site);
    expect(after).toMatchObject({ images: before.images + 1, onceKeys: before.onceKeys + 1, expected: 0, jobs: 0 });
    expect(after.files).toBe(Number((await site.site.db('files').countDistinct({ n: 'storage_key' }).first())?.['n']));
  });

  test('without a key the same file at the same time is one image and one question', async () => {
    const bytes = await another();
    const token = await ann.token();
    const send = (json: boolean) =>
      ann.post('/images/create', { _csrf: token }, { json, token: null, file: { bytes } });
    const answers = await Promise.all([send(true), send(true)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const pages = await Promise.all([send(false), send(false)]);
    expect(pages.map(({ status }) => status)).toEqual([409, 409]);
  });

  test('other members may use the same key', async () => {
    const bob = await site.member();
    expect((await byUpload(bob, await another(), { once: 'k1' })).status).toBe(201);
  });

  test('words that a database could choke on are kept as they are, or refused', async () => {
    const title = '🐦'.repeat(500);
    const { status, body } = await byUpload(ann, await another(), { title, tags: 'ÄÖ, äö, 🐦, x' });
    expect([status, body.image.title]).toEqual([201, title]);
    const file = { bytes: await another(), name: 'a\u0001b\u202ec.jpg' };
    const page = await ann.posted('/images/create', { title: 'x'.repeat(501) }, { file });
    expect(page.status).toBe(422);
    for (const draft of ['\0', 'x'.repeat(101), '%00'])
      expect((await ann.post('/images/create', { draft })).status).toBe(422);
    expect((await ann.get('/people/%00')).status).toBe(404);
    expect((await ann.get('/media/%00.jpg')).status).toBe(404);
  });

  test('saves with the same new tags at once do not stop each other', async () => {
    const token = await ann.token();
    const tags = Array.from({ length: 20 }, (_, n) => `at-once-${n}`);
    const files = await Promise.all(Array.from({ length: 4 }, () => another()));
    const bob = await site.member();
    const bobs = await bob.token();
    const answers = await Promise.all(
      files.map((bytes, n) => {
        const names = (n % 2 ? tags : tags.toReversed()).join(',');
        const [who, _csrf] = n % 2 ? [ann, token] : [bob, bobs];
        return who.post('/images/create', { _csrf, tags: names }, { json: true, token: null, file: { bytes } });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });
});

describe('settings of the operator', () => {
  test('MIN_RESOLUTION refuses what is smaller in width or height; QUOTA_MB what does not fit', async () => {
    const site = await startTestSite({ MIN_RESOLUTION: '1024x786', QUOTA_MB: '1' });
    try {
      const ann = await site.member();
      for (const [width, height] of [
        [1023, 2000],
        [2000, 785],
      ] as const) {
        const answer = await byUpload(ann, await another({ width, height, drawing: 'flat' }));
        expect([answer.status, answer.body.error.code]).toEqual([422, 'too_small']);
        const size = `${width.toLocaleString('en')} × ${height.toLocaleString('en')}`;
        expect(answer.body.error.message).toBe(
          `This picture is ${size} pixels; the smallest that is taken is 1,024 × 786. Look for a larger copy of it.`,
        );
      }
      const bytes = await another({ width: 1024, height: 786, quality: 100 });
      const noisy = Buffer.concat([bytes, Buffer.alloc(700_000 - bytes.length)]);
      expect((await byUpload(ann, noisy, { duplicate: 'keep' })).status).toBe(201);
      const more = await byUpload(ann, noisy, { duplicate: 'keep' });
      expect([more.status, more.body.error.code, more.body.error.field]).toEqual([422, 'quota', 'image']);
      const bob = await site.member();
      const token = await bob.token();
      const send = () =>
        bob.post(
          '/images/create',
          { _csrf: token, duplicate: 'keep' },
          { json: true, token: null, file: { bytes: noisy } },
        );
      const both = await Promise.all([send(), send()]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    } finally {
      await site.end();
    }
  });
});
