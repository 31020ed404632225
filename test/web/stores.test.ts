import { text } from 'node:stream/consumers';
import type { StoreSetting } from '../../src/lib/store-settings.ts';
import { openMembers } from '../../src/storage/index.ts';
import { spawnSite, freePort } from '../support/process.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';
import { SWIFT, startSwift, type Swift } from '../support/swift.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const tier = (image: ImageJson, name = 'high') => image.tiers[name]?.url ?? '';

(SWIFT ? describe : describe.skip)('a site over S3 (needs Debian’s swift with memcached)', () => {
  let swift: Swift;
  const started: TestSite[] = [];
  beforeAll(async () => {
    swift = await startSwift();
    for (const name of ['one', 'two', 'three']) await swift.bucket(name);
  });
  afterAll(async () => {
    for (const site of started) await site.end();
    await swift?.end();
  });

  async function siteOver(STORAGE: string, env: Record<string, string> = {}) {
    const site = await startTestSite({ STORAGE, ...env });
    started.push(site);
    return { site, ann: await site.member('ann') };
  }

  const heldBy = async (site: TestSite, stores: readonly StoreSetting[]) => {
    const keys: string[] = await site.site.db('files').distinct('storage_key').pluck('storage_key');
    const members = openMembers({ stores, dataDir: site.dataDir });
    return Promise.all(
      members.map(
        async ({ storage }) =>
          (await Promise.all(keys.map((key) => storage.size(key)))).filter((size) => size !== null).length,
      ),
    );
  };

  describe('two buckets, and bytes that we send', () => {
    let site: TestSite;
    let ann: Member;
    let image: ImageJson;
    beforeAll(async () => {
      ({ site, ann } = await siteOver(`${swift.storage('one')},${swift.storage('two')}`));
      const saved = await ann.save({ title: 'Blue', visibility: 'public' }, { width: 1600, height: 1200 });
      await site.settled();
      image = await ann.image(saved.id);
    });

    test('an image is saved, gets its tiers, and its bytes lie in the buckets alone', async () => {
      expect(image.state).toBe('ready');
      const held = await heldBy(site, site.site.config.stores);
      expect(held.reduce((a, b) => a + b)).toBe(
        await site.site
          .db('files')
          .countDistinct('storage_key as n')
          .first()
          .then((row) => Number(row?.['n'])),
      );
      for (const name of Object.keys(image.tiers)) {
        const { status, body, headers } = await site.visitor().get(tier(image, name));
        expect([status, (body as Buffer).length]).toEqual([200, image.tiers[name]?.bytes]);
        expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      }
    });

    test('a range comes as one', async () => {
      const { status, headers, body } = await site.visitor().get(tier(image), { headers: { range: 'bytes=10-19' } });
      expect([status, (body as Buffer).length]).toEqual([206, 10]);
      expect(headers['content-range']).toBe(`bytes 10-19/${image.tiers['high']?.bytes}`);
    });

    test('while the store is away bytes are 503 with a time to come again, pages go on, and nothing is taken for lost', async () => {
      await swift.stop();
      try {
        const { status, headers } = await site.visitor().get(tier(image));
        expect([status, headers['retry-after'], headers['cache-control']]).toEqual([503, '30', 'private, no-store']);
        expect((await site.visitor().get(image.url.replace(/^https:\/\/[^/]*/, ''))).status).toBe(200);
        const answer = await ann.post(
          '/images/create',
          { title: 'lost' },
          { json: true, file: { bytes: await bytesOf() } },
        );
        expect([answer.status, answer.headers['retry-after']]).toEqual([503, '30']);
      } finally {
        await swift.start();
      }
      expect((await site.visitor().get(tier(image))).status).toBe(200);
      expect(await site.site.db('jobs').where({ kind: 'repairTiers' })).toEqual([]);
      expect(await site.site.db('images').where({ title: 'lost' })).toEqual([]);
    });
  });

  const bytesOf = async () => (await import('../support/pictures.ts')).picture({ seed: 77 });

  describe('bytes by an address of the store', () => {
    test('who may see an image is led there; who may not learns nothing', async () => {
      const { site, ann } = await siteOver(swift.storage('three'), { MEDIA: 'redirect' });
      const [open, hidden] = [await ann.save({ visibility: 'public' }), await ann.save({ visibility: 'private' })];
      const { status, headers, body: none } = await site.visitor().get(tier(open));
      expect([status, (none as Buffer).length, headers['cache-control']]).toEqual([302, 0, 'public, max-age=600']);
      const there = await fetch(headers['location'] ?? '');
      expect([there.status, there.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect((await there.arrayBuffer()).byteLength).toBe(open.tiers['high']?.bytes);
      expect((await site.visitor().get(tier(open))).headers['location']).toBe(headers['location']);
      const other = await site.visitor().get(tier(hidden));
      expect([other.status, other.headers['location']]).toEqual([404, undefined]);
      const mine = await ann.get(tier(hidden));
      expect([mine.status, mine.headers['cache-control']]).toEqual([302, 'private, no-store']);
      expect(new URL(mine.headers['location'] ?? '').searchParams.get('X-Amz-Expires')).toBe('120');
      const download = await ann.get(`/images/${open.id}/download`);
      expect((await fetch(download.headers['location'] ?? '')).headers.get('content-disposition')).toMatch(
        /^attachment; filename=/,
      );
      const page = await site.visitor().get('/account/login');
      expect(page.headers['content-security-policy']).toContain(
        `img-src 'self' data: ${new URL(headers['location'] ?? '').origin}`,
      );
    });
  });

  describe('from a folder to a bucket', () => {
    test('a site starts with both, and reads what is still in the folder', async () => {
      const stores = `${swift.storage('one')},${swift.storage('two')}`;
      const { site, ann } = await siteOver(`-file:${await mkdtemp(join(tmpdir(), 'old-'))},${stores}`);
      const image = await ann.save();
      expect((await heldBy(site, site.site.config.stores))[0]).toBe(0);
      const old = openMembers({ stores: site.site.config.stores, dataDir: site.dataDir })[0]?.storage;
      const { storage_key: key } = await site.site.db('files').where({ image_id: image.id, tier: 'original' }).first();
      const bytes = await site.site.storage.read(key);
      expect(bytes && (await text(bytes)).length).toBeGreaterThan(0);
      expect(await old?.size(key)).toBeNull();
    });
  });

  test('a wrong secret stops the start: one sentence, exit code 1, and no secret in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wrong-'));
    const STORAGE = swift.storage('one').replace(/(:\/\/[^:]*:)[^@]*@/, '$1hush@');
    const { gone, printed } = spawnSite(folder, await freePort(), { STORAGE });
    expect(await gone).toBe(1);
    const said = printed().trim().split('\n');
    expect(said.filter((line) => !line.startsWith('{'))).toEqual([
      expect.stringMatching(
        /^STORAGE: s3\+http:\/\/127\.0\.0\.1:\d+\/one was asked to list its bucket: it answered 403/,
      ),
    ]);
    expect(printed()).not.toContain('hush');
    await rm(folder, { recursive: true, force: true });
  });
});
