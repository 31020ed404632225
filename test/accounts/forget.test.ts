import { sweepPastUsernames } from '../../src/accounts/index.ts';
import type { Db, Dialect } from '../../src/db/index.ts';
import { filesOf } from '../support/contents.ts';
import { idOf, liveTogether, runNow } from '../support/life.ts';
import { readFolder } from '../support/post.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A number that is found wherever it stands, since nothing else has it. */
const ID = 907_315;

async function numberFrom(db: Db, dialect: Dialect, id: number) {
  if (dialect === 'postgres') await db.raw(`ALTER SEQUENCE accounts_id_seq RESTART WITH ${id}`);
  else
    await db('sqlite_sequence')
      .where({ name: 'accounts' })
      .update({ seq: id - 1 });
}

async function tablesOf(db: Db, dialect: Dialect): Promise<string[]> {
  if (dialect === 'sqlite')
    return db('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite%').pluck('name');
  return db('pg_tables').where({ schemaname: 'public' }).pluck('tablename');
}

/** Every row of every table that holds one of these texts, with the name of its table. */
async function rowsWith(db: Db, dialect: Dialect, texts: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const table of await tablesOf(db, dialect))
    for (const row of await db(table))
      if (texts.test(JSON.stringify(row))) found.push(`${table} ${JSON.stringify(row)}`);
  return found;
}

describe.each(['sqlite', 'postgres'] as const)('an account whose time is over, on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let bob: Member;
  let zelda: Member;
  let life: Awaited<ReturnType<typeof liveTogether>>;
  const TRACES = new RegExp(`zelda|oldzel|Zelda|\\b${ID}\\b`, 'i');

  beforeAll(async () => {
    site = await startTestSite({ LOG_LEVEL: 'silent' }, dialect);
    ({ db } = site.site);
    bob = await site.member('bob');
    await numberFrom(db, dialect, ID);
    zelda = await site.member('oldzel');
    await zelda.post('/account/edit', { username: 'zelda' });
    zelda.username = 'zelda';
    expect(await idOf(db, zelda)).toBe(ID);
    life = await liveTogether(site, zelda, bob);
    await zelda.post('/account/data');
    await zelda.post('/account/tokens', { name: 'of zelda', scope: 'read' });
    await site.visitor().post('/account/password/reset', { email: 'oldzel@example.org' });
    await db('drafts').insert({ id: 'd'.repeat(43), account_id: ID, created_at: Date.now() });
    await db('invitations').insert({
      token_hash: 'i',
      invited_by: ID,
      email: 'x',
      created_at: 1,
      expires_at: Date.now() + DAY,
    });
    await db('jobs').insert({
      kind: 'sendMail',
      payload: JSON.stringify({ to: 'oldzel@example.org' }),
      run_at: 0,
      failed_at: 1,
      created_at: 0,
    });
    await bob.post('/admin/accounts', { username: 'zelda', action: 'role', role: 'moderator' });
    await site.settled();
    await zelda.post('/account/login', { login: 'zelda', password: zelda.password });
    expect(await db('exports').where({ state: 'ready' })).toHaveLength(1);
    const gone = await zelda.post('/account/delete', { username: 'zelda' }, { json: true });
    expect(gone.status).toBe(200);
    await site.settled();
  });
  afterAll(() => site.end());

  test('is there as long as it may come back, and told three days before the end, once', async () => {
    await runNow(site, 'sweepLeaving');
    await runNow(site, 'sweepLeaving');
    const subjects = async () => (await readFolder(site.dataDir)).map(({ subject }) => subject);
    expect(await subjects()).toContain('Your account will be deleted');
    expect(await subjects()).not.toContain('Your account is about to be deleted');
    await db('deletions').update({ due_at: Date.now() + 2 * DAY });
    await runNow(site, 'sweepLeaving');
    await runNow(site, 'sweepLeaving');
    expect((await subjects()).filter((one) => one === 'Your account is about to be deleted')).toHaveLength(1);
    expect(await db('accounts').where({ id: ID })).toHaveLength(1);
    expect(await db('images').where({ owner_id: ID })).toHaveLength(3);
    expect((await rowsWith(db, dialect, TRACES)).length).toBeGreaterThan(20);
  });

  test('is gone from every table and from the store, and what others have is whole', async () => {
    await db('deletions').update({ due_at: Date.now() - 1 });
    await runNow(site, 'sweepLeaving');
    expect(await db('accounts').where({ id: ID })).toEqual([]);
    expect(await rowsWith(db, dialect, TRACES)).toEqual([]);
    const kept = [...(await db('files').pluck('storage_key')), ...(await db('photos').pluck('storage_key'))];
    const files = (await filesOf(site)).map((path) => path.split('/media/')[1]);
    expect(files.sort()).toEqual([...new Set(kept)].sort());
    expect(await db('expected')).toEqual([]);
    expect(await db('images').pluck('id')).toEqual([life.theirs.id]);
    expect((await db('jobs')).filter(({ failed_at }) => failed_at !== null)).toEqual([]);
  });

  test('leaves its comments as those of a deleted member, and no count behind', async () => {
    const [comment, ...more] = await db('comments');
    expect([comment, more]).toMatchObject([{ account_id: null, body: 'How blue!' }, []]);
    const [image] = await db('images');
    expect(image.likes).toBe(0);
    const [account] = await db('accounts').where({ username: 'bob' });
    expect([account.followers, account.following]).toEqual([0, 0]);
    const removed = await db('removed_comments').orderBy('comment_id').select('account_id', 'removed_by');
    expect(removed.map((row) => [row.account_id, row.removed_by].map((id) => id && Number(id)))).toEqual([
      [null, life.b],
      [life.b, null],
    ]);
    expect(await db('board_images')).toMatchObject([{ added_by: null }]);
    for (const list of ['members', 'everyone'])
      expect(await db('list_counts').where({ list, shift: 62 }).first('n')).toMatchObject({ n: 1 });
    for (const table of ['follows', 'blocks', 'board_follows', 'notices', 'notice_settings', 'deletions', 'photos'])
      expect([table, await db(table)]).toEqual([table, []]);
    // What others did to what is their own.
    const acts = await db('actions').select('account_id', 'verb', 'image_id');
    expect(acts.map((act) => [Number(act.account_id), act.verb, Number(act.image_id)])).toEqual([
      [life.b, 'saved', life.theirs.id],
    ]);
  });

  test('stays in the log as nobody’s, without where it was done from', async () => {
    const acts = await db('audit_log').where({ account_id: null }).select('act', 'subject', 'address', 'detail');
    expect(acts.map(({ act }) => act)).toEqual(expect.arrayContaining(['registered', 'deletion_asked', 'exported']));
    for (const { subject, address, detail } of acts) expect([subject, address, detail]).toEqual(['', '', '{}']);
    const log = await bob.get('/admin/log', { json: true });
    expect([log.status, log.body.entries.some(({ username }: { username: null }) => username === null)]).toEqual([
      200,
      true,
    ]);
  });

  test('its names are kept from others for half a year, and its email is free at once', async () => {
    const join = (username: string) => {
      const password = 'a heap of other things';
      const form = { username, email: 'oldzel@example.org', password, password2: password };
      return site.visitor().post('/account/register', form, { json: true });
    };
    for (const name of ['zelda', 'ZELDA', 'oldzel']) {
      const answer = await join(name);
      expect([answer.status, answer.body.error.field]).toEqual([422, 'username']);
    }
    const renamed = await bob.post('/account/edit', { username: 'zelda' }, { json: true });
    expect(renamed.body.error).toMatchObject({ field: 'username', code: 'taken' });
    await sweepPastUsernames(db, Date.now() + 179 * DAY);
    expect(await db('kept_names')).toHaveLength(2);
    await sweepPastUsernames(db, Date.now() + 181 * DAY);
    expect(await db('kept_names')).toEqual([]);
    expect((await join('zelda')).status).toBe(201);
  });
});

test('a deletion that is cut off in the middle goes on where it was, and nobody can come back from it', async () => {
  const site = await startTestSite();
  try {
    const { db, storage } = site.site;
    const ann = await site.member('ann');
    for (let n = 0; n < 3; n++) await ann.save();
    await site.settled();
    await ann.post('/account/delete', { username: 'ann' });
    await db('deletions').update({ due_at: Date.now() - 1 });
    const remove = storage.remove.bind(storage);
    let left = 4;
    storage.remove = async (key) => {
      if (left-- === 0) throw new Error('the disk is away');
      await remove(key);
    };
    await runNow(site, 'sweepLeaving');
    const images = await db('images').where({ owner_disabled: true });
    expect(images.length).toBeGreaterThan(0);
    expect(images.length).toBeLessThan(3);
    const back = await site.visitor().post('/account/login', { login: 'ann', password: ann.password }, { json: true });
    expect([back.status, back.body.error.code]).toEqual([401, 'disabled']);
    await runNow(site, 'forgetAccount');
    expect([await db('accounts'), await db('images')]).toEqual([[], []]);
    // What the error left is expected: the sweep finds it.
    await db('expected').update({ created_at: 1 });
    await runNow(site, 'sweepStrays');
    expect([await db('expected'), await filesOf(site)]).toEqual([[], []]);
  } finally {
    await site.end();
  }
});
