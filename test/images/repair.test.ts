import { mkdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Desk } from '../../src/cli/desk.ts';
import { checkImages, type CheckOptions } from '../../src/cli/images/check.ts';
import { renderAgain } from '../../src/cli/images/render.ts';
import type { Dialect } from '../../src/db/index.ts';
import { beginRound, expect as expectBytes, findRound, makeAgain } from '../../src/images/index.ts';
import { newKey } from '../../src/storage/index.ts';
import { contentsOf } from '../support/contents.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';
import { Ledger } from '../faults/ledger.ts';

const TIERS = ['low', 'medium', 'high', 'very_high'];
/** Large enough for each size to be a file of its own. */
const LARGE = { width: 1400, height: 1200 };

describe.each<Dialect>(['sqlite', 'postgres'])('bytes that came to grief, on %s,', (dialect) => {
  let site: TestSite;
  let ledger: Ledger;
  let ann: Member;
  let image: ImageJson;

  beforeAll(async () => {
    site = await startTestSite({}, dialect, undefined, { jobs: { pollMs: 50, backoff: { firstMs: 60_000 } } });
    ledger = new Ledger(site.dataDir, site.site.config.databaseUrl);
    ann = await site.member('ann');
    image = await ann.save({ visibility: 'public' }, LARGE);
    await ann.save({}, { width: 500, height: 400 });
    await site.settled();
  });
  afterEach(async () => {
    await site.settled();
    expect(await ledger.faults()).toEqual([]);
    expect(await ledger.strays()).toEqual([]);
    expect(await ledger.temporary()).toEqual([]);
  });
  afterAll(async () => {
    await ledger.close();
    await site.end();
  });

  /** What is the same on both databases, or shown on both already, is shown on one. */
  const here = (name: string, what: () => Promise<void>) => (dialect === 'sqlite' ? test(name, what) : undefined);

  const pathOf = async (tier: string) => {
    const row = await site.site.db('files').where({ image_id: image.id, tier }).first('storage_key');
    return join(site.dataDir, 'media', row.storage_key);
  };
  const rot = async (path: string) => {
    const bytes = await readFile(path);
    bytes[bytes.length - 20]! ^= 1;
    await writeFile(path, bytes);
  };
  const addressOf = async (tier: string) => (await ann.image(image.id)).tiers[tier]?.url ?? '';

  async function check(options: CheckOptions = {}) {
    const lines: string[] = [];
    const well = await checkImages(deskWith(lines), options);
    return { well, lines };
  }
  const deskWith = (lines: string[]): Desk => ({
    config: site.site.config,
    db: site.site.db,
    print: (line) => void lines.push(line),
    progress: () => {},
    input: Readable.from([]),
    ask: () => {},
  });

  test('rows and bytes that agree are said to be well', async () => {
    const { files } = await contentsOf(site);
    expect(await check()).toEqual({
      well: true,
      lines: [expect.stringMatching(new RegExp(`^${files} files, `)), 'All is well.'],
    });
  });

  test('what is missing, too short, empty or rotten is found, and made again where it was asked for', async () => {
    const sizes = await Promise.all(TIERS.map(pathOf));
    const [low = '', medium = '', high = '', veryHigh = ''] = sizes;
    const before = await Promise.all(TIERS.map(addressOf));
    await rm(low);
    await truncate(medium, 100);
    await rot(high);
    await writeFile(veryHigh, '');
    const { well, lines } = await check({ repair: true });
    expect(well).toBe(false);
    const told = lines.filter((line) => line.includes(`image ${image.id}\t`)).map((line) => line.split('\t'));
    expect(told.map(([fault, , , tier]) => [tier, fault]).sort()).toEqual([
      ['high', 'wrong content'],
      ['low', 'missing'],
      ['medium', 'wrong size'],
      ['very_high', 'wrong size'],
    ]);
    site.site.wake();
    await site.settled();
    expect((await check()).well).toBe(true);
    // The same bytes have the same address.
    expect(await Promise.all(TIERS.map(addressOf))).toEqual(before);
  });

  here('a quick look finds what is missing or too short, and reads nothing', async () => {
    await rot(await pathOf('high'));
    await truncate(await pathOf('low'), 100);
    expect((await check({ quick: true })).lines.filter((line) => line.includes('\timage'))).toHaveLength(1);
    expect((await check({ repair: true })).lines.filter((line) => line.includes('\timage'))).toHaveLength(2);
    site.site.wake();
  });

  test('an original that is lost is told of; nothing is made of another’s bytes, and what is left stays', async () => {
    const path = await pathOf('original');
    const bytes = await readFile(path);
    await rot(path);
    const { lines } = await check({ repair: true });
    expect(lines).toContainEqual(expect.stringMatching(/^wrong content\t.*\toriginal$/));
    await expect(makeAgain(site.site.db, site.site, image.id)).rejects.toThrow(
      /original of image \d+ is not what it was/,
    );
    await writeFile(path, bytes);
  });

  here('strays are told of when they are older than an hour, and removed only where that is wanted', async () => {
    const store = async (age: number) => {
      const path = join(site.dataDir, 'media', newKey());
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'nobody’s');
      await utimes(path, Date.now() / 1000 - age, Date.now() / 1000 - age);
      return path;
    };
    const [young, old, awaited] = [await store(10), await store(7200), await store(7200)];
    await expectBytes(site.site.db, [{ key: awaited.slice(-66), sha256: '' }]);
    const { well, lines } = await check();
    expect(well).toBe(false);
    expect(lines.filter((line) => line.startsWith('stray\t') && line.includes('/'))).toEqual([
      expect.stringContaining(old.slice(-66)),
    ]);
    await stat(old);
    await check({ removeStrays: true });
    await expect(stat(old)).rejects.toThrow(/ENOENT/);
    for (const path of [young, awaited]) await rm(path);
    await site.site.db('expected').delete();
  });

  test('an image that lacks a size, whatever became of its job, gets it', async () => {
    await site.site.db('files').where({ image_id: image.id, tier: 'low' }).update({ tier: 'full' });
    expect((await check({ repair: true })).lines).toContain(`without all sizes\timage ${image.id}`);
    site.site.wake();
    await site.settled();
    expect((await check()).well).toBe(true);
    await site.site.db('files').where({ image_id: image.id, tier: 'full' }).delete();
    await check({ removeStrays: true });
    await ledger.leftAfterSweep();
    for (const key of await ledger.strays()) await site.site.storage.remove(key);
  });

  here('a check that was interrupted goes on where it was, and another one that still runs is told', async () => {
    const found = {
      files: 7,
      bytes: 700,
      missing: 0,
      wrong_size: 0,
      wrong_hash: 0,
      unreadable: 0,
      stray: 2,
      lacking: 0,
    };
    await beginRound(site.site.db, 'check', { wanted: { quick: false }, found, total: 256 });
    await site.site.db('rounds').where({ kind: 'check' }).update({ place: 'fe', done: 255 });
    const { well, lines } = await check();
    expect(well).toBe(false);
    expect(lines[0]).toMatch(/goes on after 99 %/);
    expect(lines).toContain('stray\t2');
    const { lines: anew } = await check();
    expect(anew.at(-1)).toBe('All is well.');
    // Somebody else begins while we look.
    let begun: Promise<unknown> | undefined;
    const desk = { ...deskWith([]), progress: () => void (begun ??= checkImages(deskWith([]), { anew: true })) };
    await expect(checkImages(desk)).rejects.toThrow(/Another check/);
    expect(await begun).toBe(true);
  });

  describe('asked for by a reader', () => {
    const repairs = () => site.site.db('jobs').where({ kind: 'repairTiers' }).whereNull('lease_until').pluck('id');

    test.each(['missing', 'too short'])('and %s: they are told 404, and it is made again', async (what) => {
      const [path, address] = [await pathOf('medium'), await addressOf('medium')];
      const bytes = await readFile(path);
      await (what === 'missing' ? rm(path) : truncate(path, 100));
      const answer = await site.visitor().get(address);
      expect(answer.status).toBe(404);
      expect(answer.headers['cache-control']).toBe('private, no-store');
      expect(answer.headers['etag']).toBeUndefined();
      expect(answer.headers['content-security-policy']).not.toContain('sandbox');
      await site.settled();
      const again = await site.visitor().get(address);
      expect({ status: again.status, body: bytes.equals(again.body as Buffer) }).toEqual({ status: 200, body: true });
    });

    test('that is asked for once, however many ask, also when it could not be helped', async () => {
      const paths = await Promise.all([pathOf('medium'), pathOf('original')]);
      const kept = await Promise.all(paths.map((path) => readFile(path)));
      for (const path of paths) await rm(path);
      const ask = async () => expect((await ann.get(await addressOf('medium'))).status).toBe(404);
      await ask();
      await Promise.all([ask(), ask(), ask()]);
      await site.settled();
      // Nobody can help: it is tried for a while, and then waits for the operator.
      const [id] = await repairs();
      await site.site.db('jobs').where({ kind: 'repairTiers' }).update({ failed_at: 1 });
      await Promise.all([ask(), ask()]);
      expect(await repairs()).toEqual([id]);
      for (const [n, path] of paths.entries()) await writeFile(path, kept[n]!);
      await site.site.db('jobs').where({ kind: 'repairTiers' }).delete();
    });
  });

  describe('or are to be made again', () => {
    test('as they are: nothing changes', async () => {
      await renderAgain(deskWith([]), {});
      const before = await ann.image(image.id);
      const lines: string[] = [];
      expect(await renderAgain(deskWith(lines), {})).toBe(true);
      expect(lines).toEqual(['0 images have new sizes, 2 came out as they were.']);
      expect(await ann.image(image.id)).toEqual(before);
    });

    test('as settings have changed: each gets a new address, and the old bytes are gone', async () => {
      const [path, address] = [await pathOf('low'), await addressOf('low')];
      // As if they had been made otherwise.
      await writeFile(path, 'made otherwise');
      const sha256 = 'a0'.repeat(32);
      await site.site.db('files').where({ image_id: image.id, tier: 'low' }).update({ sha256, bytes: 14 });
      const lines: string[] = [];
      expect(await renderAgain(deskWith(lines), { tier: 'low' })).toBe(true);
      expect(lines).toEqual(['1 image has new sizes, 1 came out as they were.']);
      expect((await ann.get(address)).status).toBe(404);
      expect((await ann.get(await addressOf('low'))).status).toBe(200);
      await expect(stat(path)).rejects.toThrow(/ENOENT/);
    });

    test('and one cannot be: that is said, and the others are made', async () => {
      const path = await pathOf('original');
      const bytes = await readFile(path);
      await rot(path);
      const lines: string[] = [];
      expect(await renderAgain(deskWith(lines), {})).toBe(false);
      expect(lines).toEqual([expect.stringMatching(/, 1 came out/), expect.stringContaining(`image ${image.id}.`)]);
      await writeFile(path, bytes);
    });

    here('and it is under way already: the same goes on, another is refused, unless it is to begin anew', async () => {
      const rounds = site.site.db('rounds').where({ kind: 'render' });
      await rounds.clone().update({
        ended_at: null,
        place: String(image.id),
        done: 1,
        found: '{"made":1,"same":0,"gone":0,"failed":0,"which":[]}',
      });
      await expect(renderAgain(deskWith([]), { image: image.id })).rejects.toThrow(/Something else/);
      const lines: string[] = [];
      expect(await renderAgain(deskWith(lines), {})).toBe(true);
      expect(lines[1]).toBe('1 image has new sizes, 1 came out as they were.');
      await rounds.clone().update({ ended_at: null });
      expect(await renderAgain(deskWith([]), { image: image.id }, true)).toBe(true);
      expect((await findRound(site.site.db, 'render'))?.done).toBe(1);
    });
  });
});
