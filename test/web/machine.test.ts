import { enqueue } from '../../src/queue/index.ts';
import { alertsOf, logAlerts, type Machine } from '../../src/web/alerts.ts';
import type { Db, Dialect } from '../../src/db/index.ts';
import type { Log } from '../../src/lib/log.ts';
import { speak } from '../../src/lib/words/index.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const GB = 1024 ** 3;
const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 11, 1);
const well = (more: Partial<Machine> = {}): Machine => ({
  depth: { waiting: 0, later: 20, running: 0, dead: 0, oldestMs: 0 },
  free: { images: 50 * GB, data: 50 * GB },
  certificateEnds: NOW + 300 * DAY,
  ...more,
});

describe('what somebody should do something about', () => {
  const said = (more: Partial<Machine>) => alertsOf(well(more), NOW).map(speak);

  test('is nothing while all is well, also where another server does TLS', () => {
    expect(said({})).toEqual([]);
    expect(said({ certificateEnds: null })).toEqual([]);
    // A bucket does not say how much fits.
    expect(said({ free: { images: null, data: 50 * GB } })).toEqual([]);
  });

  test.each<[string, Partial<Machine>, RegExp]>([
    ['little room for images', { free: { images: GB / 2, data: 50 * GB } }, /^Only 512 MB are free for images/],
    [
      'little room for the database',
      { free: { images: 50 * GB, data: 900 } },
      /^Only 900 bytes are free for the database/,
    ],
    ['a certificate near its end', { certificateEnds: NOW + 5.5 * DAY }, /ends in 5 days/],
    ['a certificate that is over', { certificateEnds: NOW - DAY }, /has ended/],
    ['jobs given up', { depth: { ...well().depth, dead: 2 } }, /^2 jobs were given up/],
    ['a queue that stands still', { depth: { ...well().depth, waiting: 1, oldestMs: 900_000 } }, /for 15 minutes/],
  ])('%s is a sentence', (_, more, sentence) => {
    expect(said(more)).toEqual([expect.stringMatching(sentence)]);
  });
});

describe.each<Dialect>(['sqlite', 'postgres'])('the machine as administrators see it, on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let boss: Member;
  const lines: string[] = [];
  const keep = (_: object, text?: string) => void lines.push(text ?? '');

  beforeAll(async () => {
    const log: Log = { debug: () => {}, info: () => {}, warn: keep, error: () => {} };
    site = await startTestSite({}, dialect, log);
    ({ db } = site.site);
    boss = await site.member('boss');
  });
  afterAll(() => site.end());

  /** A job that somebody has to decide about. */
  async function dead(): Promise<number> {
    await enqueue(db, 'makeTiers', { image: 999_999_999 }, { runAt: Date.now() + 60_000 });
    const { id } = await db('jobs')
      .where('payload', 'like', '%999999999%')
      .whereNull('failed_at')
      .orderBy('id', 'desc')
      .first('id');
    await db('jobs').where({ id }).update({ failed_at: 1, attempts: 12, last_error: 'The store is away\n  at line 7' });
    return Number(id);
  }

  test('one page says how queue, disks and certificate are, and what is to be done', async () => {
    const fine = await boss.get('/admin/site', { json: true });
    expect(fine.body).toMatchObject({ jobs: { dead: 0 }, certificate_ends: null });
    expect(fine.body.free.images).toBeGreaterThan(0);
    const id = await dead();
    const { $ } = await boss.see('/admin/site');
    expect($('.notice-trouble').text()).toContain('1 job was given up');
    await logAlerts(site.site);
    expect(lines.join()).toContain('1 job was given up');
    await db('jobs').where({ id }).delete();
  });

  test('a job that was given up says why, and is tried again or thrown away, which the log tells', async () => {
    const [first, second] = [await dead(), await dead()];
    const { body } = await boss.get('/admin/jobs', { json: true });
    expect(body.jobs.map((job: { id: number; last_error: string }) => [job.id, job.last_error])).toEqual([
      [first, 'The store is away\n  at line 7'],
      [second, 'The store is away\n  at line 7'],
    ]);
    const { $ } = await boss.see('/admin/jobs');
    expect($('.record').first().text()).toContain('The store is away');
    expect($('.record').first().text()).not.toContain('line 7');
    expect((await boss.post(`/admin/jobs/${first}`, { action: 'retry' }, { json: true })).body).toEqual({
      job: { id: first, action: 'retry' },
    });
    expect((await boss.post(`/admin/jobs/${second}`, { action: 'drop' })).status).toBe(303);
    expect(await db('jobs').where({ id: second })).toEqual([]);
    await site.settled();
    // Its image is not there, so that there was nothing left to do.
    expect(await db('jobs').where({ id: first })).toEqual([]);
    expect((await boss.get('/admin/jobs', { json: true })).body.jobs).toEqual([]);
    expect((await boss.see('/admin/log')).$('main').text()).toMatch(/Job thrown away[\s\S]*Job tried again/);
  });

  test('a job that waits is not thrown away, and what is no job and no state is told so', async () => {
    const { body } = await boss.get('/admin/jobs?state=later', { json: true });
    const [waiting] = body.jobs as { id: number }[];
    expect((await boss.post(`/admin/jobs/${waiting?.id}`, { action: 'drop' }, { json: true })).status).toBe(404);
    expect((await boss.post('/admin/jobs/999999999', { action: 'retry' }, { json: true })).status).toBe(404);
    const wrong = await boss.post('/admin/jobs/1', { action: 'eat' }, { json: true });
    expect([wrong.status, wrong.body.error.field]).toEqual([422, 'action']);
    for (const [query, field] of [
      ['state=lost', 'state'],
      ['after=-', 'after'],
    ]) {
      const answer = await boss.get(`/admin/jobs?${query}`, { json: true });
      expect([answer.status, answer.body.error.field]).toEqual([422, field]);
    }
  });

  test('what each member keeps: originals and the sizes made from them, each file once', async () => {
    const carl = await site.member('carl');
    await carl.save({ title: 'Blue', visibility: 'public' });
    await site.settled();
    const { body } = await boss.get('/admin/storage', { json: true });
    const used = body.members.find(({ username }: { username: string }) => username === 'carl');
    const files = await db('files').select('tier', 'storage_key', 'bytes');
    const sizes = new Map(
      files.filter(({ tier }) => tier !== 'original').map((file) => [file.storage_key, Number(file.bytes)]),
    );
    expect(used).toEqual({
      username: 'carl',
      images: 1,
      originals: Number(files.find(({ tier }) => tier === 'original')?.bytes),
      sizes: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0),
    });
    expect((await boss.see('/admin/storage')).$('main').text()).toContain('carl');
  });
});
