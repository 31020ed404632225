import { move } from '../../../src/cli/backup/move.ts';
import { backUp } from '../../../src/cli/backup/backup.ts';
import { checkDatabase } from '../../../src/cli/doctor/database.ts';
import { openDb, type Db, type Dialect } from '../../../src/db/index.ts';
import { freshDatabase } from '../../support/databases.ts';
import { until } from '../../support/imaging.ts';
import { deskOf, openMachine, plantKept, startOn } from '../../support/restored.ts';
import { startTestSite } from '../../support/site.ts';

const ways: [Dialect, Dialect][] = [
  ['sqlite', 'postgres'],
  ['postgres', 'sqlite'],
];

test.each(ways)(
  'a running site on %s moves to %s with everything; from then on nobody writes into the old database',
  async (from, to) => {
    const site = await startTestSite({}, from);
    const target = await freshDatabase(to);
    const lines: string[] = [];
    try {
      const ann = await site.member('ann');
      const weir = await ann.save({ title: 'Weir at dusk', tags: 'lantern' });
      await site.settled();
      await plantKept(site.site.db, site.dataDir, 'crowd', 600);
      await move(deskOf(site.site.config, site.site.db, lines), { to: target.url });
      expect(lines).toEqual([
        expect.stringMatching(/^\d+ tables with [\d,]+ rows are there, with the counts and hashes that they had\.$/),
        expect.stringMatching(/^Moved\. Stop the site/),
      ]);
      expect((await ann.get('/images')).status).toBe(200);
      const refused = await ann.post(`/images/${weir.id}/comments`, { body: 'Lost?' }, { json: true });
      expect([refused.status, refused.headers['retry-after']]).toEqual([503, '60']);
      expect(refused.body.error.message).toContain('This site is moving just now');
      const there = await startOn({ ...site.site.config, databaseUrl: target.url });
      try {
        // Nobody has to sign in again: sessions move as well.
        const visitor = there.visitor();
        for (const [name, value] of ann.cookies) visitor.cookies.set(name, value);
        expect((await visitor.get('/account')).status).toBe(200);
        expect((await visitor.image(weir.id)).tags).toEqual(['lantern']);
        await until('the search', async () => {
          const { body } = await visitor.get('/search?q=dusk', { json: true });
          return body.images.length === 1;
        });
        expect((await visitor.save({ title: 'New' })).id).toBeGreaterThan(weir.id + 600);
      } finally {
        await there.end();
      }
    } finally {
      await site.end();
      await target.drop();
    }
  },
  120_000,
);

describe('moving', () => {
  let target: { url: string; drop(): Promise<void> };
  beforeEach(async () => {
    target = await freshDatabase('postgres');
  });
  afterEach(() => target.drop());

  const countIn = async (url: string) => {
    const db = openDb({ url });
    try {
      return await membersOf(db);
    } finally {
      await db.destroy();
    }
  };
  const membersOf = (db: Db): Promise<string[]> => db('accounts').orderBy('id').pluck('username');

  test('with --copy leaves the site where it is', async () => {
    const site = await openMachine('sqlite');
    try {
      await plantKept(site.db, site.config.dataDir, 'ann', 3);
      await move(site.desk, { to: target.url, copy: true });
      await plantKept(site.db, site.config.dataDir, 'bea', 1);
      expect(await countIn(target.url)).toEqual(['ann']);
      await expect(move(site.desk, { to: target.url })).rejects.toThrow(/There is a site in the new database already/);
    } finally {
      await site.end();
    }
  });

  test('that was cut off when all was copied is brought to its end by the next try', async () => {
    const site = await openMachine('sqlite');
    try {
      await plantKept(site.db, site.config.dataDir, 'ann', 3);
      await move(site.desk, { to: target.url, copy: true });
      await move(site.desk, { to: target.url });
      expect(site.lines.slice(-2)).toEqual([
        'The new database holds a copy of this one already, with the same counts and hashes.',
        expect.stringMatching(/^Moved\./),
      ]);
      expect(await countIn(target.url)).toEqual(['ann']);
    } finally {
      await site.end();
    }
  });

  test('is taken back with --undo; until then neither a start nor a command takes the old database', async () => {
    const site = await openMachine('sqlite');
    try {
      await plantKept(site.db, site.config.dataDir, 'ann', 3);
      await move(site.desk, { to: target.url });
      await expect(startOn(site.config)).rejects.toThrow(/This database was moved into another one/);
      const [found] = await checkDatabase(site.config);
      expect(found).toMatchObject({ state: 'wrong', said: 'doctor.database_moved' });
      await move(site.desk, { undo: true });
      const again = await startOn(site.config);
      await again.end();
      await move(site.desk, { undo: true });
      expect(site.lines.slice(-2)).toEqual([
        'The old database takes writes again.',
        expect.stringMatching(/not moved/),
      ]);
    } finally {
      await site.end();
    }
  });

  test('says where it cannot go, and never with the password', async () => {
    const site = await openMachine('sqlite');
    try {
      await expect(move(site.desk, { to: target.url })).rejects.toThrow(/There is no account in this database/);
      await plantKept(site.db, site.config.dataDir, 'ann', 1);
      await expect(move(site.desk, {})).rejects.toThrow(/Where to\? Please say --to/);
      await expect(move(site.desk, { to: 'mysql://x' })).rejects.toThrow(/Where to\?/);
      await expect(move(site.desk, { to: site.config.databaseUrl })).rejects.toThrow(/is that one already/);
      const away = move(site.desk, { to: 'postgres://me:hush-hush@127.0.0.1:1/none' });
      await expect(away).rejects.toThrow('The database at 127.0.0.1:1 could not be opened (ECONNREFUSED).');
      expect(await backUp(site.desk, `${site.config.dataDir}/still.backup`, {})).toBe(true);
    } finally {
      await site.end();
    }
  });
});
