import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { makeTiers } from '../../src/images/make-tiers.ts';
import { purgeBin, sweepDrafts, sweepStrays } from '../../src/images/index.ts';
import { newKey } from '../../src/storage/index.ts';
import { contentsOf, filesOf } from '../support/contents.ts';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const BOXES = ['high', 'low', 'medium', 'very_high'];

/** Sizes of the files of an image by tier, and which of them are one file. */
const tiersOf = async (site: TestSite, id: number) => {
  const rows = await site.site.db('files').where({ image_id: id }).orderBy('tier');
  return Object.fromEntries(
    rows.map((row) => [row.tier, { width: row.width, height: row.height, key: row.storage_key }]),
  );
};

describe('a site whose worker is away', () => {
  let site: TestSite;
  let ann: Member;
  let seed = 9000;
  const upload = async (form: Record<string, unknown> = {}, wanted = {}) => {
    const bytes = await picture({ seed: ++seed, width: 1200, height: 900, ...wanted });
    const answer = await ann.post('/images/create', form, { json: true, file: { bytes } });
    if (![200, 201].includes(answer.status)) throw new Error(answer.text);
    return Number(answer.body.image.id);
  };
  const make = (id: number) => makeTiers(site.site.db, site.site, id);
  /** Every file of the store belongs to a row, and every row has its file. */
  const expectWhole = async () => {
    const { db, storage } = site.site;
    const keys: string[] = await db('files').distinct().pluck('storage_key');
    expect(await db('expected')).toEqual([]);
    expect((await filesOf(site)).length).toBe(keys.length + Number((await db('drafts').count({ n: '*' }))[0]?.['n']));
    for (const row of await db('files')) expect(await storage.size(row.storage_key)).toBe(Number(row.bytes));
  };

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  test('shows High at once, and all tiers when the job has made them; a second time changes nothing', async () => {
    const id = await upload({ visibility: 'public', title: 'Waits' });
    expect(await site.site.db('jobs').where({ kind: 'makeTiers' }).pluck('payload')).toEqual([`{"image":${id}}`]);
    const early = await ann.image(id);
    expect([early.state, Object.keys(early.tiers)]).toEqual(['pending', ['high']]);
    const page = await ann.see(`/images/${id}/waits`);
    expect(page.$('img.picture').attr('src')).toBe(early.tiers['high']?.url);
    expect(page.$('main').text()).toContain('are being made');
    await make(id);
    const ready = await ann.image(id);
    expect([ready.state, Object.keys(ready.tiers).sort()]).toEqual(['ready', BOXES]);
    expect(ready.tiers).toMatchObject({
      very_high: { width: 1024, height: 768 },
      high: { width: 1024, height: 768 },
      medium: { width: 786, height: 590 },
      low: { width: 124, height: 124 },
    });
    await make(id);
    expect((await ann.image(id)).tiers).toEqual(ready.tiers);
    await expectWhole();
  });

  test('two workers at once keep one file of each tier, and none beside them', async () => {
    const id = await upload({}, { width: 900, height: 900 });
    await Promise.all([make(id), make(id), make(id)]);
    expect(Object.keys(await tiersOf(site, id)).sort()).toEqual([...BOXES, 'original'].sort());
    await expectWhole();
  });

  test('tiers that come out the same are one file', async () => {
    const wide = await upload({}, { width: 1200, height: 600 });
    const small = await upload({}, { width: 300, height: 200 });
    await make(wide);
    await make(small);
    const [a, b] = [await tiersOf(site, wide), await tiersOf(site, small)];
    expect([a['very_high']?.key === a['high']?.key, a['medium']?.key === a['high']?.key]).toEqual([true, false]);
    expect(new Set(['very_high', 'high', 'medium'].map((tier) => b[tier]?.key)).size).toBe(1);
    expect(b['low']?.key).not.toBe(b['high']?.key);
    await expectWhole();
  });

  test('full is made where it was chosen, on saving and afterwards, and is not for others once it is taken back', async () => {
    const id = await upload({ resolution: 'full', visibility: 'public' });
    await make(id);
    expect((await ann.image(id)).tiers['full']).toMatchObject({ width: 1200, height: 900 });
    const later = await upload({ visibility: 'public' });
    await make(later);
    expect((await ann.image(later)).tiers['full']).toBeUndefined();
    const before = await site.site.db('jobs').where({ kind: 'makeTiers' });
    await ann.post(`/images/${later}/edit`, { resolution: 'full' });
    expect(await site.site.db('jobs').where({ kind: 'makeTiers' })).toHaveLength(before.length + 1);
    await make(later);
    const { url } = (await ann.image(later)).tiers['full'] ?? { url: '' };
    const visitor = site.visitor();
    expect((await visitor.get(url)).status).toBe(200);
    await ann.post(`/images/${later}/edit`, { resolution: 'high' });
    expect((await visitor.get(url)).status).toBe(404);
    await expectWhole();
  });

  test('an image that is gone, binned or replaced meanwhile gets no wrong tier', async () => {
    const { db, storage } = site.site;
    await make(987_654);
    const binned = await upload();
    await ann.post(`/images/${binned}/delete`);
    await make(binned);
    expect(Object.keys(await tiersOf(site, binned))).toHaveLength(5);
    await ann.post(`/images/${binned}/delete`);
    await purgeBin(db, storage, 0, Date.now() + 1000);
    expect(await db('files').where({ image_id: binned })).toEqual([]);
    await expectWhole();

    const replaced = await upload({}, { drawing: 'flat', colour: { r: 250, g: 0, b: 0 } });
    const { imaging } = site.site;
    const render = imaging.render.bind(imaging);
    imaging.render = async (...asked) => {
      const tiers = await render(...asked);
      imaging.render = render;
      const form = { duplicate: 'replace', replace: String(replaced) };
      await upload(form, { drawing: 'flat', colour: { r: 0, g: 0, b: 250 } });
      return tiers;
    };
    await make(replaced);
    expect(Object.keys((await ann.image(replaced)).tiers)).toEqual(['high']);
    await make(replaced);
    for (const tier of Object.values((await ann.image(replaced)).tiers)) {
      const { dominant } = await sharp((await ann.get(tier.url)).body as Buffer).stats();
      expect([dominant.r < 60, dominant.b > 190]).toEqual([true, true]);
    }
    await expectWhole();
  });

  test('a job that fails leaves no file, and the next one does it', async () => {
    const id = await upload();
    const { storage } = site.site;
    const { keep } = storage;
    let kept = 0;
    storage.keep = async (key, file) => {
      if (++kept === 2) throw new Error('the disk is gone');
      await keep(key, file);
    };
    try {
      await expect(make(id)).rejects.toThrow('the disk is gone');
    } finally {
      storage.keep = keep;
    }
    await expectWhole();
    await make(id);
    expect(Object.keys((await ann.image(id)).tiers).sort()).toEqual(BOXES);
  });

  test('the bin is emptied after its days, for good, and nothing else', async () => {
    const { db, storage } = site.site;
    const [old, young, kept] = [await upload(), await upload(), await upload({ tags: 'kept' })];
    for (const id of [old, young]) await ann.post(`/images/${id}/delete`);
    await db('images')
      .where({ id: old })
      .update({ binned_at: Date.now() - 31 * DAY });
    const before = await contentsOf(site);
    expect(await purgeBin(db, storage, 30 * DAY)).toBe(1);
    expect(await purgeBin(db, storage, 30 * DAY)).toBe(0);
    expect((await contentsOf(site)).images).toBe(before.images - 1);
    expect(await db('likeness').where({ image_id: old })).toEqual([]);
    expect((await ann.post(`/images/${old}/restore`, {}, { json: true })).status).toBe(404);
    expect((await ann.post(`/images/${young}/restore`, {}, { json: true })).status).toBe(200);
    expect((await ann.image(kept)).tags).toEqual(['kept']);
    await expectWhole();
  });

  test('the sweep takes what was expected for over an hour, and nothing else', async () => {
    const { db, storage } = site.site;
    const id = await upload();
    const [stray, coming] = [newKey(), newKey()];
    for (const key of [stray, coming]) {
      const file = storage.temporary();
      await writeFile(file, 'bytes');
      await storage.keep(key, file);
    }
    const used: string[] = await db('files').where({ image_id: id }).pluck('storage_key');
    const expected = (key: string, age: number) => ({ storage_key: key, sha256: '', created_at: Date.now() - age });
    await db('expected').insert([
      expected(stray, HOUR + 1000),
      expected(coming, HOUR - 60_000),
      // Of bytes that an image has after all, and of some that never came.
      expected(used[0] ?? '', 2 * HOUR),
      expected(newKey(), 2 * HOUR),
    ]);
    expect(await sweepStrays(db, storage)).toBe(3);
    expect([await storage.size(stray), await storage.size(coming)]).toEqual([null, 5]);
    for (const key of used) expect(await storage.size(key)).not.toBeNull();
    expect(await db('expected').pluck('storage_key')).toEqual([coming]);
    await sweepStrays(db, storage, Date.now() + HOUR);
    await expectWhole();
  });

  test('drafts and the keys of forms go after a day', async () => {
    const { db, storage } = site.site;
    const file = { bytes: await picture({ seed: ++seed }) };
    await ann.post('/images/create', { title: 'x'.repeat(501) }, { file });
    await upload({ once: 'of yesterday' });
    expect((await contentsOf(site)).drafts).toBe(1);
    await sweepDrafts(db, storage);
    expect(await contentsOf(site)).toMatchObject({ drafts: 1, onceKeys: 1 });
    await sweepDrafts(db, storage, Date.now() + DAY + 1000);
    expect(await contentsOf(site)).toMatchObject({ drafts: 0, onceKeys: 0, expected: 0 });
    await expectWhole();
  });
});

describe('a site that makes tiers of the pixels at hand', () => {
  let site: TestSite;
  let ann: Member;

  beforeAll(async () => {
    site = await startTestSite();
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  test('decodes once: the job finds them made, and they are what it would have made', async () => {
    const { imaging } = site.site;
    let rendered = 0;
    const render = imaging.render.bind(imaging);
    imaging.render = async (...asked) => {
      rendered += 1;
      return render(...asked);
    };
    const { id } = await ann.save({}, { width: 1200, height: 900 });
    await site.settled();
    imaging.render = render;
    expect(rendered).toBe(0);
    expect(Object.keys((await ann.image(id)).tiers).sort()).toEqual(BOXES);
    expect((await filesOf(site)).some((path) => path.includes('.temporary'))).toBe(false);
    const made = (await ann.image(id)).tiers;
    await site.site.db('files').where({ image_id: id }).whereIn('tier', ['medium', 'low', 'very_high']).delete();
    await makeTiers(site.site.db, site.site, id);
    const again = (await ann.image(id)).tiers;
    for (const [tier, { width, height, type }] of Object.entries(made))
      expect(again[tier]).toMatchObject({ width, height, type });
  });

  test('makes them from the original where what was at hand is lost', async () => {
    const { imaging } = site.site;
    const inspect = imaging.inspect.bind(imaging);
    imaging.inspect = async (...asked) => {
      const seen = await inspect(...asked);
      const lost = seen.also.then(() => Promise.reject(new Error('lost')));
      return { ...seen, also: lost };
    };
    const { id } = await ann.save({ visibility: 'public' }, { width: 900, height: 700 });
    imaging.inspect = inspect;
    await site.settled();
    await until('the job has come', async () => (await ann.image(id)).state === 'ready', 10_000);
    expect(Object.keys((await ann.image(id)).tiers).sort()).toEqual(BOXES);
  });

  test('a job that comes in the midst of a replacement makes no tier of the old picture', async () => {
    const tools = site.site;
    const colour = (r: number, b: number) =>
      picture({ width: 900, height: 900, drawing: 'flat', colour: { r, g: 0, b } });
    const save = async (bytes: Buffer, form = {}) =>
      Number((await ann.post('/images/create', form, { json: true, file: { bytes } })).body.image.id);
    tools.doesJobs = false;
    await site.worker?.stop(5000);
    const id = await save(await colour(250, 0));
    tools.step = (name) => (name === 'committed' ? makeTiers(tools.db, tools, id) : undefined);
    await save(await colour(0, 250), { duplicate: 'replace', replace: String(id) });
    delete tools.step;
    await makeTiers(tools.db, tools, id);
    const { tiers } = await ann.image(id);
    expect(Object.keys(tiers).sort()).toEqual(BOXES);
    for (const { url } of Object.values(tiers)) {
      const { dominant } = await sharp((await ann.get(url)).body as Buffer).stats();
      expect([dominant.r < 60, dominant.b > 190]).toEqual([true, true]);
    }
  });
});
