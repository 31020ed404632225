import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '../../src/db/index.ts';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { startProcess } from '../support/process.ts';
import { becomeMember, Visitor, type Member } from '../support/site.ts';
import { canMount, cutDisk } from './cut-disk.ts';
import { startMortal, type Mortal } from './mortal.ts';

const save = async (ann: Visitor, title: string, seed: number) =>
  ann.post('/images/create', { title, once: title }, { json: true, file: { bytes: await picture({ seed }) } });

const mountable = canMount(mkdtempSync(join(tmpdir(), 'bowerbird-mount-')));

// As root: it mounts disks of its own, in name spaces of its own.
(mountable ? describe : describe.skip)('a disk', () => {
  let home: string;
  let dataDir: string;
  let site: Mortal;
  let ann: Member;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'bowerbird-sick-'));
    dataDir = join(home, 'data');
    await mkdir(dataDir);
    site = await startMortal(dataDir, {}, (await cutDisk(home)).around);
    ann = await becomeMember(new Visitor(site.address), 'ann');
  });
  afterEach(async () => {
    await site.kill();
    await rm(home, { recursive: true, force: true });
  });

  /** Does something to the site's disk, where the site sees it. */
  const toDisk = (...command: string[]) => {
    const { status, stderr } = spawnSync('nsenter', ['-t', String(site.pid), '-m', ...command, dataDir], {
      encoding: 'utf8',
    });
    expect([command, status, stderr]).toEqual([command, 0, '']);
  };

  test('that the system makes read-only: what is there is shown, who saves is told so and nothing else breaks', async () => {
    const { body } = await save(ann, 'before', 60);
    // What ext4 does by itself after an error.
    toDisk('mount', '-o', 'remount,errors=remount-ro,abort');
    const { status, headers, body: said } = await save(ann, 'read only', 61);
    expect([status, headers['retry-after'], said.error?.code]).toEqual([503, '60', 'read_only']);
    for (const path of ['/images', body.image.url, '/healthz'])
      expect([path, (await ann.get(path)).status]).toEqual([path, 200]);
    expect((await ann.get(body.image.tiers.high.url)).status).toBe(200);
  });

  test('that hangs: what needs none of it is answered, and when it goes on so does all that waited', async () => {
    await save(ann, 'before', 62);
    toDisk('fsfreeze', '-f');
    let thawed = false;
    try {
      const saving = save(ann, 'while it hangs', 63).finally(() => expect(thawed).toBe(true));
      for (let n = 0; n < 5; n++) expect((await new Visitor(site.address).get('/healthz')).status).toBe(200);
      thawed = true;
      toDisk('fsfreeze', '-u');
      expect((await saving).status).toBe(201);
    } finally {
      if (!thawed) toDisk('fsfreeze', '-u');
    }
    expect((await save(ann, 'afterwards', 64)).status).toBe(201);
  });
});

const STRACE = ['/usr/bin/strace', '/usr/local/bin/strace'].find(existsSync);

// No npm package brings strace; Debian's does.
(STRACE ? test : test.skip)(
  'a disk that fails to sync: nothing is answered with success, the process ends, and the next start has what was synced',
  async () => {
    const site = await startProcess({ TLS: 'off' });
    const address = site.base.replace('https://localhost', 'http://127.0.0.1');
    const ann = await becomeMember(new Visitor(address), 'ann');
    const { id, url } = await ann.save();
    const gone = once(site.child, 'exit');
    const inject = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO'];
    const tracer = spawn(STRACE ?? '', [...inject, '-o', '/dev/null', '-p', String(site.child.pid)], {
      stdio: 'ignore',
    });
    try {
      await until('every save to fail', async () => {
        const answer = await ann.post(`/images/${id}/comments`, { body: 'never' }, { json: true }).catch(() => null);
        return answer === null || answer.status >= 500;
      });
      expect(await gone).toEqual([1, null]);
      expect(site.printed()).toContain('the disk did not take what the database wrote');
    } finally {
      tracer.kill('SIGKILL');
    }
    const again = await site.again();
    const db = openDb({ url: `sqlite:${join(site.folder, 'data', 'bowerbird.sqlite')}` });
    expect(await db.raw('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    await db.destroy();
    expect((await ann.get(url)).status).toBe(200);
    await again.end();
  },
  90_000,
);
