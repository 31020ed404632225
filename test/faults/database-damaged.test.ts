import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '../../src/db/index.ts';
import { picture } from '../support/pictures.ts';
import { freePort, spawnSite } from '../support/process.ts';
import { becomeMember, Visitor } from '../support/site.ts';
import { Saver } from './saver.ts';

describe('a SQLite file that somebody else has locked', () => {
  let saver: Saver;
  beforeAll(async () => void (saver = await Saver.open()));
  afterAll(() => saver.close());

  test('for longer than anybody waits: who saves is told to come back, reading goes on, and nothing is left or lost', async () => {
    // The page that tells of having joined has been seen: no other has anything to write.
    await saver.person.get('/account');
    const shell = openDb({ url: `sqlite:${join(saver.dataDir, 'bowerbird.sqlite')}`, connections: 1 });
    try {
      await shell.raw('BEGIN IMMEDIATE');
      const file = { bytes: await picture({ seed: 30 }) };
      const form = { title: 'locked', once: 'locked' };
      const saving = saver.person.post('/images/create', form, { json: true, file });
      expect((await saver.person.get('/images')).status).toBe(200);
      const { status, headers } = await saving;
      expect([status, headers['retry-after']]).toEqual([503, '5']);
      await shell.raw('ROLLBACK');
      expect(await saver.ledger.saved('locked')).toEqual([]);
      expect((await saver.person.post('/images/create', form, { json: true, file })).status).toBe(201);
      expect(await saver.ledger.leftAfterSweep()).toEqual([]);
    } finally {
      await shell.destroy();
    }
  });
});

describe('a SQLite file that is not what it was', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bowerbird-damaged-'));
    path = join(folder, 'data', 'bowerbird.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Starts a site; ends it with this signal, when somebody has joined. */
  async function live(signal: NodeJS.Signals) {
    const port = await freePort();
    const { child, started, gone } = spawnSite(folder, port, { TLS: 'off' });
    await started;
    await becomeMember(new Visitor(`http://127.0.0.1:${port}`), 'ann');
    child.kill(signal);
    await gone;
  }

  /** A start that comes to nothing: what it says, without its log. */
  async function said(): Promise<string> {
    const { started, gone, printed } = spawnSite(folder, await freePort(), { TLS: 'off' });
    await started.catch(() => {});
    expect(await gone).toBe(1);
    return printed()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('{'))
      .join('\n');
  }

  test('in its middle, or from its first byte: the start says so, names the backup, and changes nothing', async () => {
    await live('SIGTERM');
    const db = openDb({ url: `sqlite:${path}` });
    await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    await db.destroy();
    const whole = await readFile(path);
    for (const from of [0, Math.floor(whole.length / 3)]) {
      const damaged = Buffer.from(whole);
      damaged.fill('Z', from, from + Math.floor(whole.length / 3));
      await writeFile(path, damaged);
      expect(await said()).toMatch(/^The database .*bowerbird\.sqlite is damaged: .*restore the newest backup/);
      expect((await readFile(path)).equals(damaged)).toBe(true);
    }
  });

  test('without its log: the start says what was lost with it, and goes on when it is back', async () => {
    await live('SIGKILL');
    expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0);
    await rename(`${path}-wal`, join(folder, 'log'));
    expect(await said()).toMatch(/-wal is not there, though .*-shm is.*Please bring it back/);
    await rename(join(folder, 'log'), `${path}-wal`);
    const { child, started, gone } = spawnSite(folder, await freePort(), { TLS: 'off' });
    await started;
    child.kill('SIGTERM');
    expect(await gone).toBe(0);
    const db = openDb({ url: `sqlite:${path}` });
    expect(await db('accounts').pluck('username')).toEqual(['ann']);
    await db.destroy();
  });
});
