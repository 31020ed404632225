import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beginTwoFactor, twoFactorOf } from '../../src/accounts/index.ts';
import type { Desk } from '../../src/cli/desk.ts';
import { printJobs, retryJobs } from '../../src/cli/jobs.ts';
import { dropOldSecrets, rotateSecrets } from '../../src/cli/secrets.ts';
import { printStores } from '../../src/cli/storage/list.ts';
import { readConfig } from '../../src/config.ts';
import type { Db } from '../../src/db/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import { enqueue, listJobs } from '../../src/queue/index.ts';
import { readSecrets } from '../../src/secrets.ts';
import { eachDatabase, onDatabase } from '../support/databases.ts';
import { plantFiles, plantImages, plantMember } from '../support/plant.ts';

let folder: string;
let lines: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bowerbird-operator-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const deskAt = (db: Db, env: Record<string, string> = {}): Desk => ({
  config: readConfig({ DATA_DIR: folder, ...env }),
  db,
  print: (line) => void lines.push(line),
  input: Readable.from([]),
  progress: () => {},
  ask: () => {},
});

eachDatabase((open) => {
  test('jobs are counted and listed, those of a state alone as well, and never what is in a mail', async () => {
    const desk = deskAt(await open());
    await enqueue(desk.db, 'sendMail', { to: 'ann@example.org' });
    await enqueue(desk.db, 'makeTiers', { image: 1 });
    await desk.db('jobs').where({ kind: 'makeTiers' }).update({ failed_at: 1, last_error: 'Error: no such\n  at x' });
    await printJobs(desk);
    expect(lines).toEqual([
      expect.stringMatching(/^1 waiting .* 0 later, 0 running, 1 given up$/),
      expect.stringMatching(/^\d+\tsendMail\twaiting\t0\t\d{4}-[^\t]*$/),
      expect.stringMatching(/^\d+\tmakeTiers\tdead\t0\t\d{4}-[^\t]*\tError: no such$/),
    ]);
    expect(lines.join()).not.toContain('ann@');
    lines = [];
    await printJobs(desk, 'dead');
    expect(lines).toHaveLength(2);
  });

  test('jobs are tried again by number, or all that were given up; of a number that is none it is said', async () => {
    const desk = deskAt(await open());
    for (const n of [1, 2, 3]) await enqueue(desk.db, 'makeTiers', { image: n });
    await desk.db('jobs').update({ failed_at: 1 });
    const [first] = await listJobs(desk.db);
    expect(await retryJobs(desk, [Number(first?.id), 999], false)).toBe(false);
    expect(lines).toEqual([expect.stringContaining('no job 999'), '1 job is tried again.']);
    expect(await retryJobs(desk, [], true)).toBe(true);
    expect(lines.at(-1)).toBe('2 jobs are tried again.');
    expect(await listJobs(desk.db, { state: 'dead' })).toEqual([]);
    await expect(retryJobs(desk, [], false)).rejects.toThrow(/Which jobs/);
  });

  test('stores are listed with what they keep and how much room they have', async () => {
    const desk = deskAt(await open());
    const ownerId = await plantMember(desk.db, 'ann');
    const [id = 0] = await plantImages(desk.db, [{ ownerId }]);
    await plantFiles(desk.db, id);
    expect(await printStores(desk, {})).toBe(true);
    expect(lines).toEqual([
      'rows\t5 files, 4.9 kB',
      expect.stringMatching(/^file:.*media\t0 files, 0 bytes\t[\d.]+ [MGT]B free$/),
    ]);
  });

  test('secrets are rotated: old ones stay known until they are dropped, and no app is lost', async () => {
    const desk = deskAt(await open());
    const id = await plantMember(desk.db, 'ann');
    const [old = ''] = await readSecrets([], folder);
    await beginTwoFactor(desk.db, createVault([old]), id);
    const before = await twoFactorOf(desk.db, createVault([old]), id);
    await rotateSecrets(desk);
    const [fresh = '', ...others] = await readSecrets([], folder);
    expect(others).toEqual([old]);
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
    await dropOldSecrets(desk);
    expect(await readSecrets([], folder)).toEqual([fresh]);
    expect(await twoFactorOf(desk.db, createVault([fresh]), id)).toEqual(before);
    expect(lines.join('\n')).toContain('1 key of an authenticator app was sealed anew.');
  });
});

onDatabase('sqlite', (open) => {
  test('secrets that are settings are the operator’s to change: it is said how, and nothing is written', async () => {
    const desk = deskAt(await open(), { SECRET: 'new,old' });
    const id = await plantMember(desk.db, 'ann');
    await beginTwoFactor(desk.db, createVault(['gone']), id);
    await rotateSecrets(desk);
    expect(lines).toEqual([expect.stringMatching(/^SECRET is a setting of yours: .*\n[\w-]{43}$/)]);
    await dropOldSecrets(desk);
    expect(lines.slice(1)).toEqual([
      '0 keys of authenticator apps were sealed anew.',
      expect.stringMatching(/^1 key was sealed with a secret that is gone/),
      expect.stringMatching(/leave only the first/),
    ]);
    await expect(readFile(join(folder, 'secret'))).rejects.toThrow(/ENOENT/);
  });
});
