import { randomBytes } from 'node:crypto';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Step } from '../../src/images/index.ts';
import { newKey } from '../../src/storage/index.ts';
import { makeExport, sweepExports } from '../../src/transfer/index.ts';
import { download, sha256, takeAlong } from '../support/archive.ts';
import { filesOf } from '../support/contents.ts';
import { idOf, liveTogether } from '../support/life.ts';
import { mailFor } from '../support/post.ts';
import { addressOf, startTestSite, type Member, type TestSite } from '../support/site.ts';

const DAY = 24 * 60 * 60 * 1000;

describe.each(['sqlite', 'postgres'] as const)('taking everything along, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let bob: Member;
  let life: Awaited<ReturnType<typeof liveTogether>>;

  beforeAll(async () => {
    site = await startTestSite({}, dialect);
    ann = await site.member('ann');
    bob = await site.member('bob');
    life = await liveTogether(site, ann, bob);
    await site.settled();
    const asked = await ann.post('/account/data', {}, { json: true });
    expect([asked.status, asked.body]).toEqual([202, { export: { state: 'making', percent: 0 } }]);
    await site.settled();
  });
  afterAll(() => site.end());

  test('every file of every image is in the zip, with the very bytes that are stored', async () => {
    const { files, json } = await takeAlong(addressOf(site.server), ann);
    expect(json).toMatchObject({ format: 'bowerbird', version: 1, site: 'https://localhost:9000' });
    const stored = await site.site.db('files').whereIn(
      'image_id',
      life.images.map(({ id }) => id),
    );
    expect(stored.length).toBeGreaterThan(15);
    expect(json.images.map(({ id }) => id)).toEqual(life.images.map(({ id }) => id));
    for (const { image_id, tier, sha256: hash, bytes } of stored) {
      const told = json.images.find(({ id }) => id === Number(image_id))?.files[tier];
      expect(told).toMatchObject({ sha256: hash, bytes: Number(bytes) });
      expect([tier, sha256(files.get(told?.path ?? ''))]).toEqual([tier, hash]);
    }
    const named = json.images.flatMap(({ files }) => Object.values(files).map(({ path }) => path));
    const rest = ['README.txt', 'bowerbird.json', ...Object.values(json.photo)];
    expect([...files.keys()].sort()).toEqual([...new Set([...named, ...rest])].sort());
  });

  test('the words, boards, comments, likes, follows, the profile and the log are in its JSON', async () => {
    const { json } = await takeAlong(addressOf(site.server), ann);
    const [first, second, third] = json.images;
    expect(first).toMatchObject({ title: 'Bricks', caption: 'A wall,\nin the "evening"', tags: ['brick', 'wall'] });
    expect(first?.page).toMatchObject({ title: 'All about walls', site: '', noai: true });
    expect([second?.visibility, second?.binned_at]).toEqual(['private', null]);
    expect(Date.parse(third?.binned_at ?? '')).toBeGreaterThan(Date.now() - DAY);
    expect(json.account).toMatchObject({
      username: 'ann',
      email: 'ann@example.org',
      first_name: 'Zelda',
      bio: 'Blue.',
    });
    expect(json.account).not.toHaveProperty('password_hash');
    expect(json.boards).toEqual([expect.objectContaining({ id: life.mine, title: 'walls' })]);
    expect(json.board_images).toEqual([expect.objectContaining({ board: life.mine, image: first?.id })]);
    expect(json.comments).toEqual([expect.objectContaining({ image: life.theirs.id, body: 'How blue!' })]);
    expect(json.likes).toEqual([expect.objectContaining({ image: life.theirs.id })]);
    expect([json.following, json.followers, json.blocked]).toEqual([
      [expect.objectContaining({ username: 'bob' })],
      [expect.objectContaining({ username: 'bob' })],
      [],
    ]);
    expect(json.followed_boards).toEqual([expect.objectContaining({ username: 'bob', slug: 'bobs' })]);
    expect(json.notice_settings).toEqual([{ kind: 'liked', how: 'never' }]);
    expect(json.log.map(({ act }) => act)).toEqual(expect.arrayContaining(['registered', 'exported']));
    expect(Object.keys(json.photo).sort()).toEqual(['large', 'small']);
  });

  test('it comes as an attachment that no cache keeps, and in ranges', async () => {
    const { headers, bytes } = await takeAlong(addressOf(site.server), ann);
    expect(headers.get('content-disposition')).toBe('attachment; filename="bowerbird-ann.zip"');
    expect(headers.get('content-type')).toBe('application/zip');
    expect(headers.get('cache-control')).toBe('private, no-store');
    const part = await download(addressOf(site.server), ann, '/account/data/file', { range: 'bytes=100-199' });
    expect([part.status, part.bytes.equals(bytes.subarray(100, 200))]).toEqual([206, true]);
  });

  test('nobody else gets it: others have none of their own, visitors are sent to sign in', async () => {
    expect((await bob.get('/account/data/file')).status).toBe(404);
    expect((await bob.get('/account/data', { json: true })).body).toEqual({ export: null });
    expect((await site.visitor().get('/account/data/file')).status).toBe(303);
  });

  test('a mail tells of it, and the page shows until when it is there', async () => {
    const mail = (await mailFor(site, 'ann@example.org')).find(({ subject }) => subject === 'Your data is ready');
    expect(mail?.text).toContain('https://localhost:9000/account/data\n');
    const { $ } = await ann.see('/account/data');
    expect($('a[download]').attr('href')).toBe('/account/data/file');
    const { body } = await ann.get('/account/data', { json: true });
    expect(body.export).toMatchObject({ state: 'ready', percent: 100, url: '/account/data/file' });
    const days = (Date.parse(body.export.expires_at) - Date.now()) / DAY;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.01);
  });

  test('a new one takes the place of the old, and leaves nothing of it', async () => {
    const before = (await filesOf(site)).length;
    const [{ sha256: old }] = await site.site.db('exports');
    await ann.post('/account/data');
    await site.settled();
    const [{ sha256: fresh, state }] = await site.site.db('exports');
    expect([state, fresh === old]).toEqual(['ready', false]);
    expect((await filesOf(site)).length).toBe(before);
    expect(await site.site.db('expected')).toEqual([]);
  });

  test('whoever showed too long ago who they are is asked once more', async () => {
    await site.site.db('sessions').update({ fresh_at: 0 });
    const page = await bob.post('/account/data');
    expect([page.status, page.headers['location']]).toEqual([303, '/account/again']);
    const json = await bob.post('/account/data', {}, { json: true });
    expect([json.status, json.body.error.code]).toEqual([401, 'confirm']);
    expect(await site.site.db('exports')).toHaveLength(1);
  });

  test('after seven days it is gone, bytes and all', async () => {
    const { db, storage } = site.site;
    const before = (await filesOf(site)).length;
    await sweepExports(db, storage, Date.now() + 6 * DAY);
    expect(await db('exports')).toHaveLength(1);
    await sweepExports(db, storage, Date.now() + 7 * DAY + 1000);
    expect([await db('exports'), await db('expected')]).toEqual([[], []]);
    expect((await filesOf(site)).length).toBe(before - 1);
    expect((await ann.get('/account/data/file')).status).toBe(404);
  });
});

describe.each(['sqlite', 'postgres'] as const)('while the zip is being made, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;

  beforeAll(async () => {
    // Nobody works through the jobs here: the test does.
    site = await startTestSite({ ROLE: 'web' }, dialect);
    ann = await site.member('ann');
    for (let n = 0; n < 3; n++) await ann.save();
  });
  afterAll(() => site.end());

  const wanted = async () => {
    const [{ account_id, run }] = await site.site.db('exports');
    return { account: Number(account_id), run: String(run) };
  };
  const making = (step?: (name: Step) => void) => ({ storage: site.site.storage, site: 'https://a.example', step });
  const temporary = () => readdir(join(site.dataDir, 'media', '.temporary'));

  test('the page says how far it is, also without a script, and a second one is refused', async () => {
    await ann.post('/account/data');
    await site.site.db('exports').update({ done: 3, total: 7 });
    const { $ } = await ann.see('/account/data');
    expect($('[data-export-words]').text()).toBe('Your zip is being made: 42 %');
    expect($('progress').attr('value')).toBe('42');
    expect($('.export a').attr('href')).toBe('/account/data');
    expect($('form[action="/account/data"]').length).toBe(0);
    const again = await ann.post('/account/data', {}, { json: true });
    expect([again.status, again.body.error.code]).toEqual([409, 'exporting']);
    const page = await ann.post('/account/data');
    expect([page.status, page.text.includes('Your zip is being made already.')]).toEqual([409, true]);
    expect((await ann.get('/account/data/file')).status).toBe(404);
    expect(await site.site.db('jobs').where({ kind: 'makeExport' })).toHaveLength(1);
  });

  test.each(['export_writing', 'export_written', 'export_kept'] as const)(
    'one that breaks off at "%s" leaves nothing behind, and is whole when it is begun anew',
    async (point) => {
      const stored = await filesOf(site);
      const broken = makeExport(
        site.site.db,
        making((name) => {
          if (name === point) throw new Error('broken off');
        }),
        await wanted(),
      );
      await expect(broken).rejects.toThrow('broken off');
      expect(await temporary()).toEqual([]);
      expect(await filesOf(site)).toEqual(stored);
      expect(await site.site.db('expected')).toEqual([]);
      const [row] = await site.site.db('exports');
      expect([row.state, row.storage_key]).toEqual(['making', null]);
    },
  );

  test('progress goes up with the files, and ends with the zip', async () => {
    let seen = 0;
    await makeExport(
      site.site.db,
      making(() => void seen++),
      await wanted(),
    );
    expect(seen).toBeGreaterThan(6);
    const { json, files } = await takeAlong(addressOf(site.server), ann);
    expect(json.images).toHaveLength(3);
    for (const { files: told } of json.images)
      for (const { path, sha256: hash } of Object.values(told)) expect(sha256(files.get(path))).toBe(hash);
    const [row] = await site.site.db('exports');
    expect(row.done).toBe(row.total - 1);
  });

  test('a job that comes twice does nothing, and one whose export was replaced stops', async () => {
    const before = await site.site.db('exports');
    await makeExport(site.site.db, making(), await wanted());
    expect(await site.site.db('exports')).toEqual(before);
    await ann.post('/account/data');
    const old = await wanted();
    const replaced = makeExport(
      site.site.db,
      {
        ...making(),
        step: async (name) => {
          if (name === 'export_kept') await site.site.db('exports').update({ run: 'another' });
        },
      },
      old,
    );
    await expect(replaced).resolves.toBeUndefined();
    const [row] = await site.site.db('exports');
    expect([row.state, row.run]).toEqual(['making', 'another']);
    expect(await site.site.db('expected')).toEqual([]);
    expect(await temporary()).toEqual([]);
  });

  test('one that has not moved for an hour may be asked for anew', async () => {
    await site.site.db('exports').update({ touched_at: Date.now() - 61 * 60 * 1000 });
    expect((await ann.see('/account/data')).$('form[action="/account/data"]').length).toBe(1);
    const answer = await ann.post('/account/data', {}, { json: true });
    expect(answer.status).toBe(202);
    expect((await wanted()).run).not.toBe('another');
  });

  test('an image that goes in the middle is left out, and the rest is whole', async () => {
    const id = await idOf(site.site.db, ann);
    const last = await site.site.db('images').where({ owner_id: id }).max('id as id').first();
    let first = true;
    await makeExport(
      site.site.db,
      {
        ...making(),
        step: async (name) => {
          if (name !== 'export_writing' || !first) return;
          first = false;
          const rows = await site.site.db('files').where({ image_id: last?.['id'] });
          for (const { storage_key } of rows) await site.site.storage.remove(storage_key);
        },
      },
      await wanted(),
    );
    const { json, files } = await takeAlong(addressOf(site.server), ann);
    expect(json.images.map(({ files }) => Object.keys(files).length > 0)).toEqual([true, true, false]);
    for (const { files: told } of json.images)
      for (const { path, sha256: hash } of Object.values(told)) expect(sha256(files.get(path))).toBe(hash);
  });

  test('no room on the disk leaves the room there is to the site', async () => {
    await site.site.db('exports').delete();
    await ann.post('/account/data');
    const { storage } = site.site;
    const full = { ...storage, free: async () => 1000 };
    const refused = makeExport(site.site.db, { ...making(), storage: full }, await wanted());
    await expect(refused).rejects.toMatchObject({ status: 507 });
    expect(await temporary()).toEqual([]);
  });
});

const STEP = 512 * 1024;

test('a zip of many megabytes never lies in memory', async () => {
  const site = await startTestSite({ ROLE: 'web' });
  try {
    const ann = await site.member('ann');
    const { id } = await ann.save();
    const { db, storage } = site.site;
    const [row] = await db('files').where({ image_id: id, tier: 'original' });
    const size = 40 * 1024 * 1024;
    for (const tier of ['full', 'very_high', 'medium', 'low']) {
      const [key, file] = [newKey(), storage.temporary()];
      // In small steps: what the test itself holds must not hide what the site holds.
      for (let written = 0; written < size; written += STEP) await appendFile(file, randomBytes(STEP));
      await storage.keep(key, file);
      const mine = { ...row, tier, storage_key: key, public_key: tier.padEnd(43, '-'), bytes: size };
      await db('files').insert(mine).onConflict(['image_id', 'tier']).merge();
    }
    await ann.post('/account/data');
    const [{ account_id, run }] = await db('exports');
    const held = () => process.memoryUsage().arrayBuffers;
    const before = held();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, held() - before)), 5);
    await makeExport(db, { storage, site: 'https://a.example' }, { account: Number(account_id), run });
    clearInterval(watch);
    const [made] = await db('exports');
    expect(Number(made.bytes)).toBeGreaterThan(4 * size);
    expect(most).toBeLessThan(size);
  } finally {
    await site.end();
  }
});
