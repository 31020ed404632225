import { join } from 'node:path';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Secret, TOTP } from 'otpauth';
import { backUp } from '../../../src/cli/backup/backup.ts';
import { restore } from '../../../src/cli/backup/restore.ts';
import { tablesOf, tallyOf, type Db, type Dialect } from '../../../src/db/index.ts';
import { until } from '../../support/imaging.ts';
import { deskOf, openMachine, plantKept, startOn } from '../../support/restored.ts';
import { startTestSite, type Member, type TestSite } from '../../support/site.ts';

const MANY = 1000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bowerbird-backups-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Ann has an authenticator app, four images with all their tiers, a board, a tag and a photo; a thousand others are somebody else’s. */
async function furnish(site: TestSite) {
  const ann = await site.member('ann');
  const bea = await site.member('bea');
  const images = [];
  for (const title of ['Weir at dusk', 'Bricks', 'Moss', 'Gone'])
    images.push(await ann.save({ title, visibility: 'public', tags: 'lantern, tiles' }));
  await site.settled();
  await ann.post('/boards', { title: 'Walls' }, { json: true });
  await bea.post(`/images/${images[0]?.id}/like`, { action: 'like' }, { json: true });
  await bea.post(`/images/${images[0]?.id}/comments`, { body: 'How still it is' }, { json: true });
  await ann.post(`/images/${images[3]?.id}/delete`, {}, { json: true });
  await plantKept(site.site.db, site.dataDir, 'crowd', MANY);
  const secret = await secure(ann);
  await site.settled();
  return { ann, secret, image: images[0]?.id ?? 0 };
}

async function secure(ann: Member): Promise<string> {
  const begun = await ann.post('/account/two-factor', { action: 'begin' }, { json: true });
  const { secret } = begun.body as { secret: string };
  const code = codeOf(secret, -1);
  expect((await ann.post('/account/two-factor', { action: 'confirm', code }, { json: true })).status).toBe(200);
  return secret;
}

/** Each table with what is in it, but for what a backup leaves out and what the site writes by itself. */
const contentsOf = (db: Db) =>
  db.transaction(async (trx) => {
    const found: Record<string, unknown> = {};
    for (const table of await tablesOf(trx))
      if (!['sessions', 'exports', 'expected', 'stores', 'jobs'].includes(table.name))
        found[table.name] = await tallyOf(trx, table);
    return found;
  });

const ways: [Dialect, Dialect][] = [
  ['sqlite', 'sqlite'],
  ['sqlite', 'postgres'],
  ['postgres', 'sqlite'],
  ['postgres', 'postgres'],
];

test.each(ways)(
  'a site on %s with a thousand images is backed up while it runs, and is there again on %s',
  async (from, to) => {
    const path = join(folder, `${from}-${to}.backup`);
    const site = await startTestSite({ SECRET: '' }, from);
    const machine = await openMachine(to);
    try {
      const { ann, secret, image } = await furnish(site);
      const lines: string[] = [];
      expect(await backUp(deskOf(site.site.config, site.site.db, lines), path, {})).toBe(true);
      const before = await contentsOf(site.site.db);
      expect(lines).toEqual([
        expect.stringMatching(/holds the site as it is now: [\d,]+ rows and 1,0\d\d files, [\d.]+ (kB|MB)\.$/),
        expect.stringContaining('DATA_DIR/secret is in it'),
      ]);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      await restore(machine.desk, path, { check: true });
      expect(machine.lines.splice(0)).toEqual([expect.stringContaining('is well')]);
      await restore(machine.desk, path, {});
      expect(await contentsOf(machine.db)).toEqual(before);
      await expect(restore(machine.desk, path, {})).rejects.toThrow(/There is a site in this database already/);
      const again = await startOn(machine.config);
      try {
        const visitor = again.visitor();
        const form = { login: 'ann', password: ann.password };
        await visitor.post('/account/login', form);
        const code = { code: codeOf(secret) };
        await visitor.post('/account/login/code', code);
        expect((await visitor.get('/account')).status).toBe(200);
        const shown = await visitor.image(image);
        expect(shown).toMatchObject({ title: 'Weir at dusk', likes: 1, comments: 1, tags: ['lantern', 'tiles'] });
        expect(Object.keys(shown.tiers).sort()).toEqual(['high', 'low', 'medium', 'very_high']);
        for (const { url, bytes } of Object.values(shown.tiers)) {
          const answer = await visitor.get(url);
          expect([answer.status, answer.body.length]).toEqual([200, bytes]);
        }
        await until('the search', async () => {
          const { body } = await visitor.get('/search?q=dusk', { json: true });
          return body.images.length === 1;
        });
        const next = await visitor.save({ title: 'New' });
        expect(next.id).toBeGreaterThan(image);
        expect(await again.site.db('images').max('id as id').first()).toEqual({ id: next.id });
      } finally {
        await again.end();
      }
    } finally {
      await machine.end();
      await site.end();
    }
  },
  120_000,
);
