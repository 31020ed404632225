import type { AddressInfo } from 'node:net';
import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '../../src/db/index.ts';
import { NGINX, startNginx, type Proxy } from '../support/nginx.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, Visitor, type ImageJson, type Member, type TestSite } from '../support/site.ts';

const started: TestSite[] = [];
afterAll(async () => {
  for (const site of started) await site.end();
});

async function siteWith(MEDIA: string) {
  const site = await startTestSite({ MEDIA });
  started.push(site);
  const ann = await site.member('ann');
  const save = async (visibility: string, seed: number): Promise<ImageJson> => {
    const file = { bytes: await picture({ seed, width: 400, height: 300 }) };
    const { status, body } = await ann.post(
      '/images/create',
      { title: `Ünd ${seed}`, visibility },
      { json: true, file },
    );
    expect(status).toBe(201);
    return body.image;
  };
  return { site, ann, save };
}

const fileOf = async (db: Db, image: ImageJson): Promise<string> => {
  const key = /media\/([\w-]+)\./.exec(image.tiers['high']?.url ?? '')?.[1] ?? '';
  return (await db('files').where({ public_key: key }).first('storage_key')).storage_key;
};
const high = (image: ImageJson) => image.tiers['high']?.url ?? '';

let site: TestSite;
let ann: Member;
let open: ImageJson;
let hidden: ImageJson;

beforeAll(async () => {
  const made = await siteWith('accel');
  ({ site, ann } = made);
  [open, hidden] = [await made.save('public', 1), await made.save('private', 2)];
});

describe('images that the proxy in front sends', () => {
  test('the answer says where the file lies and what it is, and holds no bytes', async () => {
    const { status, headers, text } = await site.visitor().get(high(open));
    const path = join(site.dataDir, 'media', await fileOf(site.site.db, open));
    expect([status, headers['x-accel-redirect'], text ?? '']).toEqual([200, `/-/files${path}`, '']);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  test('who may not have it learns nothing of where it lies', async () => {
    for (const who of [site.visitor(), await site.member()]) {
      const { status, headers } = await who.get(high(hidden));
      expect([status, headers['x-accel-redirect']]).toEqual([404, undefined]);
    }
    const mine = await ann.get(high(hidden));
    expect([mine.status, mine.headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect(mine.headers['x-accel-redirect']).toBeDefined();
  });

  test('a download keeps its name', async () => {
    const { headers } = await ann.get(`/images/${open.id}/download`);
    expect(headers['content-disposition']).toBe('attachment; filename="und-1.jpg"');
    expect(headers['x-accel-redirect']).toBeDefined();
  });

  test('bytes that are gone or cut are 404, and their repair is asked for', async () => {
    const made = await siteWith('sendfile');
    const image = await made.save('public', 3);
    const path = join(made.site.dataDir, 'media', await fileOf(made.site.site.db, image));
    expect((await made.site.visitor().get(high(image))).headers['x-sendfile']).toBe(path);
    await truncate(path, 10);
    const cut = await made.site.visitor().get(high(image));
    expect([cut.status, cut.headers['x-sendfile']]).toEqual([404, undefined]);
    await rm(path);
    expect((await made.site.visitor().get(high(image))).status).toBe(404);
  });
});

(NGINX ? describe : describe.skip)('behind nginx as deploy/nginx.conf sets it up (needs nginx)', () => {
  let proxy: Proxy;

  beforeAll(async () => {
    const { port } = site.server.address() as AddressInfo;
    proxy = await startNginx({ upstream: `127.0.0.1:${port}`, media: join(site.dataDir, 'media') });
  });
  afterAll(() => proxy?.end());

  const through = (path: string, headers: Record<string, string> = {}) => fetch(`${proxy.base}${path}`, { headers });

  test('its bytes arrive whole, in ranges and not twice, with all that the site says of them', async () => {
    const answer = await through(high(open));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, bytes.length]).toEqual([200, open.tiers['high']?.bytes]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers.get('x-accel-redirect')).toBeNull();
    const part = await through(high(open), { range: 'bytes=10-19' });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(10, 20)]);
    const again = await through(high(open), { 'if-none-match': answer.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  test('a private one is its owner’s alone, and the inner address is nobody’s', async () => {
    expect((await through(high(hidden))).status).toBe(404);
    const mine = await through(high(hidden), { cookie: ann.cookie });
    expect([mine.status, mine.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(mine.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    await mine.arrayBuffer();
    const path = join(site.dataDir, 'media', await fileOf(site.site.db, hidden));
    expect((await through(`/-/files${path}`, { cookie: ann.cookie })).status).toBe(404);
  });

  test('pages, forms and uploads go through it', async () => {
    const page = await through('/account/login');
    expect([page.status, (await page.text()).includes('<form')]).toEqual([200, true]);
    const visitor = new Visitor(proxy.base);
    expect((await visitor.get('/account/login')).status).toBe(200);
  });
});
