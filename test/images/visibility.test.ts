import type { Response } from 'supertest';
import { filesOf } from '../support/contents.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

type Who = 'owner' | 'stranger' | 'admin' | 'visitor';
const EVERYONE: readonly Who[] = ['owner', 'stranger', 'admin', 'visitor'];

let site: TestSite;
let people: Record<Who, Visitor>;
let owner: Member;

beforeAll(async () => {
  site = await startTestSite({ OPEN_GALLERY: 'yes' });
  // The first account of a site is its administrator.
  const admin = await site.member('root1');
  owner = await site.member('olga');
  people = { owner, stranger: await site.member('stan'), admin, visitor: site.visitor() };
});
afterAll(() => site.end());

const save = async (form: Record<string, unknown>): Promise<ImageJson> => {
  const { id } = await owner.save({ title: 'Seen by whom', ...form }, { width: 900, height: 800 });
  await site.settled();
  return owner.image(id);
};

const listed = async (who: Who, path: string): Promise<ImageJson[]> => {
  const { status, body } = await people[who].get(path, { json: true });
  return status === 200 ? body.images : [];
};
const holds = async (who: Who, path: string, id: number) => (await listed(who, path)).some((image) => image.id === id);

describe('who sees an image', () => {
  const sees: Record<string, readonly Who[]> = {
    public: EVERYONE,
    members: ['owner', 'stranger', 'admin'],
    private: ['owner'],
  };

  test.each(Object.keys(sees))('a %s one: page, JSON, lists, bytes and download agree', async (visibility) => {
    const image = await save({ visibility });
    for (const who of EVERYONE) {
      const may = sees[visibility]?.includes(who) ?? false;
      const reader = people[who];
      // A visitor who would see it after signing in is sent there, by pages alone.
      const asked = who === 'visitor' && visibility === 'members';
      const page = await reader.get(image.url);
      expect([who, page.status]).toEqual([who, may ? 200 : asked ? 303 : 404]);
      if (asked) expect(page.headers['location']).toBe(`/account/login?next=${encodeURIComponent(image.url)}`);
      const json = await reader.get(image.url, { json: true });
      expect([who, json.status]).toEqual([who, may ? 200 : asked ? 401 : 404]);
      for (const { url } of Object.values(image.tiers))
        expect([who, url, (await reader.get(url)).status]).toEqual([who, url, may ? 200 : 404]);
      expect([who, (await reader.get(`/images/${image.id}/download`)).status]).toEqual([who, may ? 200 : 404]);
      expect([who, await holds(who, '/people/olga', image.id)]).toEqual([who, may]);
      // The feed is the same for every member: one's own private images stand elsewhere.
      expect([who, await holds(who, '/images', image.id)]).toEqual([who, may && visibility !== 'private']);
      const home = await reader.get('/', { json: true });
      const there = JSON.stringify(home.body).includes(image.url);
      expect([who, there]).toEqual([who, who === 'owner' || (who === 'visitor' && visibility === 'public')]);
      expect([who, (await reader.get(`/images/${image.id}/edit`)).status]).toEqual([
        who,
        who === 'owner' ? 200 : who === 'visitor' ? 303 : 404,
      ]);
    }
    expect(await holds('owner', '/images/private', image.id)).toBe(visibility === 'private');
    expect(await holds('stranger', '/images/private', image.id)).toBe(false);
  });

  test('nobody changes, deletes or takes back what is not theirs', async () => {
    const image = await save({ visibility: 'public' });
    for (const who of ['stranger', 'admin'] as const)
      for (const act of ['edit', 'delete', 'restore']) {
        const answer = await people[who].post(`/images/${image.id}/${act}`, { title: 'Mine now' }, { json: true });
        expect([who, act, answer.status]).toEqual([who, act, 404]);
      }
    expect(await owner.image(image.id)).toMatchObject({ title: 'Seen by whom' });
  });
});

describe('under whose name', () => {
  test('with the name off nobody else learns it: page, lists, JSON, headers', async () => {
    const image = await save({ visibility: 'public', show_name: '0', title: 'Nobody knows' });
    for (const who of ['stranger', 'admin', 'visitor'] as const) {
      const answers: Response[] = [
        await people[who].get(image.url),
        await people[who].get(image.url, { json: true }),
        await people[who].get('/images', { json: true }),
        await people[who].get(`/images/${image.id}/download`),
      ];
      const page = answers[0]?.text ?? '';
      expect(page).toContain('Anonymous');
      expect(page).not.toMatch(/olga/i);
      for (const { headers } of answers) expect(JSON.stringify(headers)).not.toMatch(/olga/i);
      expect(answers[1]?.body.image.username).toBeNull();
      expect(JSON.stringify(answers[1]?.body)).not.toMatch(/olga|ownerId|owner_id/i);
      const inFeed = answers[2]?.body.images.find(({ id }: ImageJson) => id === image.id);
      expect(inFeed.username).toBeNull();
      expect(await holds(who, '/people/olga', image.id)).toBe(false);
    }
    expect(await holds('owner', '/people/olga', image.id)).toBe(true);
    expect((await owner.image(image.id)).username).toBe('olga');
    expect((await owner.see(image.url)).$('main').text()).toContain('Others see “Anonymous”');
  });

  test('a count under a name counts what is shown under it', async () => {
    const count = async (who: Who) => (await people[who].get('/people/olga', { json: true })).body.person.images;
    const before = [await count('owner'), await count('stranger'), await count('visitor')];
    await save({ visibility: 'members', show_name: '0' });
    expect([await count('owner'), await count('stranger'), await count('visitor')]).toEqual([
      before[0] + 1,
      before[1],
      before[2],
    ]);
    await save({ visibility: 'members' });
    expect([await count('stranger'), await count('visitor')]).toEqual([before[1] + 1, before[2]]);
  });
});

describe('how large others see it', () => {
  const upTo: Record<string, string[]> = {
    low: ['low'],
    medium: ['low', 'medium'],
    high: ['high', 'low', 'medium'],
    very_high: ['high', 'low', 'medium', 'very_high'],
    full: ['full', 'high', 'low', 'medium', 'very_high'],
  };

  test.each(Object.keys(upTo))('up to %s, the owner all', async (resolution) => {
    const image = await save({ visibility: 'public', resolution });
    expect(image.resolution).toBe(resolution);
    const all = ['high', 'low', 'medium', 'very_high', ...(resolution === 'full' ? ['full'] : [])].sort();
    expect(Object.keys(image.tiers).sort()).toEqual(all);
    const { body } = await people.visitor.get(image.url, { json: true });
    expect(Object.keys(body.image.tiers).sort()).toEqual(upTo[resolution]);
    expect(body.image.resolution).toBeUndefined();
    const page = await people.visitor.see(image.url);
    for (const [tier, { url }] of Object.entries(image.tiers)) {
      const open = upTo[resolution]?.includes(tier) ?? false;
      const answer = await people.visitor.get(url);
      expect([tier, answer.status]).toEqual([tier, open ? 200 : 404]);
      expect([tier, page.answer.text.includes(url)]).toEqual([tier, open]);
      // What only the owner gets may stay in no cache, though the image is public.
      const own = await owner.get(url);
      expect([tier, own.status, own.headers['cache-control']?.split(',')[0]]).toEqual([
        tier,
        200,
        open ? 'public' : 'private',
      ]);
    }
    const taken = await people.visitor.get(`/images/${image.id}/download`);
    const largest = body.image.tiers[resolution];
    expect((taken.body as Buffer).length).toBe(largest.bytes);
  });

  test('before the smaller tiers are made others see a placeholder, not High', async () => {
    const db = site.site.db;
    const image = await save({ visibility: 'public', resolution: 'low' });
    await db('files').where({ image_id: image.id }).whereNotIn('tier', ['original', 'high']).delete();
    await db('images').where({ id: image.id }).update({ state: 'pending' });
    const { body } = await people.visitor.get(image.url, { json: true });
    expect([body.image.state, body.image.tiers]).toEqual(['pending', {}]);
    const page = await people.visitor.see(image.url);
    expect(page.$('img.picture').length).toBe(0);
    expect(page.$('img.placeholder').attr('src')).toMatch(/^data:image\/webp/);
    expect((await people.visitor.get(`/images/${image.id}/download`)).status).toBe(404);
    expect((await owner.see(image.url)).$('img.picture').length).toBe(1);
  });

  test('the original leaves for its owner alone, as an attachment, never by a public key', async () => {
    const image = await save({ visibility: 'public', resolution: 'full', title: 'Über „alles“' });
    const row = await site.site.db('files').where({ image_id: image.id, tier: 'original' }).first();
    for (const who of EVERYONE)
      expect([who, (await people[who].get(`/media/${row.public_key}.jpg`)).status]).toEqual([who, 404]);
    const own = await owner.get(`/images/${image.id}/download`);
    expect((own.body as Buffer).length).toBe(Number(row.bytes));
    expect(own.headers['content-disposition']).toBe(`attachment; filename="uber-alles.jpg"`);
    expect(own.headers['cache-control']).toBe('private, no-store');
    expect(own.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    const theirs = await people.visitor.get(`/images/${image.id}/download`);
    expect(theirs.headers['content-disposition']).toMatch(/^attachment/);
    expect((theirs.body as Buffer).length).not.toBe(Number(row.bytes));
  });
});

describe('addresses of bytes', () => {
  const HIGH = (image: ImageJson) => image.tiers['high']?.url ?? '';

  test('change with every change of visibility, at once, and no byte moves', async () => {
    const image = await save({ visibility: 'public' });
    const files = (await filesOf(site)).sort();
    const seen = new Set([HIGH(image)]);
    const first = await people.visitor.get(HIGH(image));
    let old = HIGH(image);
    for (const visibility of ['private', 'members', 'public', 'private']) {
      expect((await owner.post(`/images/${image.id}/edit`, { visibility })).status).toBe(303);
      for (const who of EVERYONE) {
        const headers = { 'if-none-match': first.headers['etag'] ?? '' };
        expect([who, (await people[who].get(old, { headers })).status]).toEqual([who, 404]);
      }
      old = HIGH(await owner.image(image.id));
      expect(seen.has(old)).toBe(false);
      seen.add(old);
      expect((await owner.get(old)).status).toBe(200);
      expect((await people.visitor.get(old)).status).toBe(visibility === 'public' ? 200 : 404);
    }
    expect((await filesOf(site)).sort()).toEqual(files);
  });

  test('stay when something else is changed, and when the same visibility is sent again', async () => {
    const image = await save({ visibility: 'public' });
    await owner.post(`/images/${image.id}/edit`, { title: 'Another', visibility: 'public', resolution: 'high' });
    const after = await owner.image(image.id);
    expect([after.title, after.tiers]).toEqual(['Another', image.tiers]);
  });

  test('answer 404 from the bin, to its owner as well, and others when it comes back', async () => {
    const image = await save({ visibility: 'public', title: 'Binned' });
    const deleted = await owner.post(`/images/${image.id}/delete`, {}, { json: true });
    expect([deleted.status, deleted.body]).toEqual([200, { deleted: true }]);
    for (const who of EVERYONE) {
      for (const path of [
        image.url,
        `/images/${image.id}/download`,
        ...Object.values(image.tiers).map(({ url }) => url),
      ])
        expect([who, path, (await people[who].get(path)).status]).toEqual([who, path, 404]);
      for (const path of ['/images', '/people/olga', '/images/private'])
        expect([who, path, await holds(who, path, image.id)]).toEqual([who, path, false]);
      expect([who, await holds(who, '/images/bin', image.id)]).toEqual([who, who === 'owner']);
    }
    const binned = (await listed('owner', '/images/bin')).find(({ id }) => id === image.id);
    expect(binned?.tiers).toEqual({});
    const page = await owner.see('/images/bin');
    expect(page.$('main').text()).toContain('Binned');
    expect(page.answer.text).not.toContain('/media/');
    const restored = await owner.post(`/images/${image.id}/restore`, {}, { json: true });
    expect([restored.status, restored.body.image.id]).toEqual([200, image.id]);
    expect((await people.visitor.get(image.url)).status).toBe(200);
    expect((await people.visitor.get(HIGH(image))).status).toBe(404);
    expect((await people.visitor.get(HIGH(restored.body.image))).status).toBe(200);
    expect((await owner.post(`/images/${image.id}/restore`, {}, { json: true })).status).toBe(404);
  });

  test('public bytes may be kept by every cache and embedded anywhere; others by none', async () => {
    const open = await people.visitor.get(HIGH(await save({ visibility: 'public' })));
    expect(open.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/jpeg',
      'accept-ranges': 'bytes',
    });
    expect(open.headers['set-cookie']).toBeUndefined();
    expect(open.headers['vary']).toBeUndefined();
    const path = HIGH(await save({ visibility: 'members' }));
    const closed = await owner.get(path);
    expect(closed.headers).toMatchObject({
      'cache-control': 'private, no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    const from = (mode: string, dest: string) => ({
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
    });
    for (const [mode, dest] of [
      ['no-cors', 'image'],
      ['cors', 'empty'],
      ['navigate', 'iframe'],
    ] as const)
      expect([dest, (await owner.get(path, from(mode, dest))).status]).toEqual([dest, 404]);
    expect((await owner.get(path, from('navigate', 'document'))).status).toBe(200);
  });

  test('odd addresses are not found', async () => {
    const { url } = (await save({ visibility: 'public' })).tiers['high'] ?? { url: '' };
    const key = url.slice('/media/'.length, -'.jpg'.length);
    const odd = [
      '/media/',
      '/media/x.jpg',
      `/media/${key}`,
      `/media/${key}x.jpg`,
      `/media/${key}.jpg/x`,
      '/media/..%2f..%2fetc',
    ];
    for (const path of odd) expect([path, (await owner.get(path)).status]).toEqual([path, 404]);
    const { storage_key: stored } = await site.site.db('files').first('storage_key');
    expect((await owner.get(`/media/${encodeURIComponent(stored)}`)).status).toBe(404);
  });
});

describe('bytes as browsers ask for them', () => {
  let url: string;
  let whole: Buffer;
  let etag: string;
  const ask = (headers: Record<string, string>) => people.visitor.get(url, { headers });

  beforeAll(async () => {
    url = (await save({ visibility: 'public' })).tiers['high']?.url ?? '';
    const answer = await people.visitor.get(url);
    whole = answer.body as Buffer;
    etag = answer.headers['etag'] ?? '';
  });

  test('what a browser has is not sent again', async () => {
    for (const known of [etag, `"x", ${etag}`, `W/${etag}`, '*']) {
      const answer = await ask({ 'if-none-match': known });
      expect([known, answer.status, answer.headers['etag']]).toEqual([known, 304, etag]);
    }
    expect((await ask({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  test.each([
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, undefined],
    ['bytes=-50', -50, undefined],
    ['bytes=10-99999999', 10, undefined],
    ['bytes=-99999999', 0, undefined],
  ])('a part: %s', async (range, start, end) => {
    const answer = await ask({ range });
    const part = whole.subarray(start < 0 ? whole.length + start : start, end);
    const from = whole.length - whole.subarray(start < 0 ? whole.length + start : start).length;
    expect(answer.status).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${from}-${from + part.length - 1}/${whole.length}`);
    expect(answer.headers['content-length']).toBe(String(part.length));
    expect(Buffer.compare(answer.body as Buffer, part)).toBe(0);
  });

  test('beyond the end is 416 with the length; what is no range is answered whole', async () => {
    for (const range of [`bytes=${whole.length}-`, 'bytes=-0']) {
      const answer = await ask({ range });
      expect([range, answer.status, answer.headers['content-range']]).toEqual([range, 416, `bytes */${whole.length}`]);
    }
    for (const range of ['bytes=5-2', 'bytes=a-b', 'lines=1-2', 'bytes=0-1,5-6', 'bytes=-', '']) {
      const answer = await ask({ range });
      expect([range, answer.status, (answer.body as Buffer).length]).toEqual([range, 200, whole.length]);
    }
  });

  test('a part of what has changed is answered whole', async () => {
    expect((await ask({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    for (const old of ['"other"', `W/${etag}`, 'Mon, 23 Nov 2026 00:00:00 GMT'])
      expect([old, (await ask({ range: 'bytes=0-9', 'if-range': old })).status]).toEqual([old, 200]);
  });

  test('HEAD says the same without the bytes', async () => {
    const { default: request } = await import('supertest');
    const answer = await request(site.server).head(url);
    expect([answer.status, answer.headers['content-length'], answer.headers['etag']]).toEqual([
      200,
      String(whole.length),
      etag,
    ]);
    const hidden = (await save({ visibility: 'private' })).tiers['high']?.url ?? '';
    expect((await request(site.server).head(hidden)).status).toBe(404);
  });
});
