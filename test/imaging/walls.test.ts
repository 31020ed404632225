import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeeper, WALLS, type Walls } from '../../src/imaging/walls.ts';
import { childrenOf, openStudio } from '../support/imaging.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';

const NOBODY = 65534;
const isRoot = process.geteuid?.() === 0;

/** A site's folder, under a name as people give it. */
const home = mkdtempSync(join(tmpdir(), "it's a #1 folder-"));
const media = join(home, 'media');
const temporary = join(media, '.temporary');
mkdirSync(temporary, { recursive: true });
writeFileSync(join(home, 'secret'), 'hush');
if (isRoot) for (const path of [home, media, temporary]) chownSync(path, NOBODY, NOBODY);

let origin: Origin;
beforeAll(async () => void (origin = await startOrigin({ '*': 'here' })));
afterAll(async () => {
  await origin.close();
  await rm(home, { recursive: true, force: true });
});

/** Runs a command behind walls, as another user too; answers what it printed, or nothing where they do not stand. */
function behind(walls: Walls, command: string[], user?: number): string | null {
  const way = JSON.stringify(new URL('../../src/imaging/walls.js', import.meta.url).href);
  const folders = JSON.stringify({ reads: [media], writes: [temporary] });
  const begin = `
    import { spawnSync } from 'node:child_process';
    const { behind } = await import(${way});
    const [name, ...args] = behind(${JSON.stringify(walls)}, ${JSON.stringify(command)}, ${folders});
    process.exitCode = spawnSync(name, args, { cwd: '/', stdio: 'inherit' }).status ?? 1;`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', begin], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' },
    ...(user === undefined ? {} : { uid: user, gid: user }),
    encoding: 'utf8',
  });
  return status === 0 ? stdout : null;
}

/** What a decoder that has been taken over would try: how each of it ends. */
const tries = (walls: Walls, user?: number) => {
  const script = `
  const { readFileSync, writeFileSync } = require('node:fs');
  const [home, port] = ${JSON.stringify([home, origin.port])};
  const tried = (work) => { try { work(); return 'done'; } catch (error) { return error.code; } };
  const ends = {
    secret: tried(() => readFileSync(home + '/secret')),
    passwords: tried(() => readFileSync('/etc/passwd')),
    parent: tried(() => readFileSync('/proc/' + process.ppid + '/environ')),
    store: tried(() => writeFileSync(home + '/media/original', '')),
    temporary: tried(() => writeFileSync(home + '/media/.temporary/' + process.pid, '')),
  };
  const say = (network) => (console.log(JSON.stringify({ ...ends, network })), process.exit());
  require('node:net').connect(port, '127.0.0.1', () => say('done')).on('error', ({ code }) => say(code));`;
  return JSON.parse(behind(walls, [process.execPath, '-e', script], user) ?? 'null') as object;
};

const stand = (walls: Walls, user?: number) => behind(walls, ['true'], user) !== null;
const users = [{ name: 'we are', user: undefined }, ...(isRoot ? [{ name: 'nobody', user: NOBODY }] : [])];

describe.each(users)('behind the walls, as $name,', ({ user }) => {
  const where = (walls: Walls) => (stand(walls, user) ? test : test.skip);

  where('walled')('there is no network, nothing but the store, and nothing to write but temporary files', () => {
    expect(tries('walled', user)).toEqual({
      secret: 'ENOENT',
      passwords: 'ENOENT',
      parent: 'ENOENT',
      store: 'EROFS',
      temporary: 'done',
      network: 'ENETUNREACH',
    });
  });

  where('offline')('where nothing can be hidden there is no network either, and no look into the site', () => {
    const ends = tries('offline', user);
    expect(ends).toMatchObject({ passwords: 'done', parent: 'EACCES', network: 'ENETUNREACH' });
  });

  test('where nothing can be done a child works all the same', () => {
    expect(tries('open', user)).toMatchObject({ temporary: 'done', network: 'done' });
  });
});

describe('a child', () => {
  test('has the best walls of this machine, with a network of its own where there can be one', async () => {
    const studio = await openStudio();
    try {
      await studio.inspect(await picture());
      const [child] = await childrenOf();
      const apart = (await readlink(`/proc/${child}/ns/net`)) !== (await readlink('/proc/self/ns/net'));
      expect(apart).toBe(stand('offline'));
      expect(studio.logged.length).toBe(stand('walled') ? 0 : 1);
    } finally {
      await studio.close();
    }
  });

  test('has lower walls where the best do not stand, which is said once', async () => {
    // What lies under /sys cannot be shown.
    const studio = await openStudio({ folders: { reads: ['/sys/kernel'], writes: [] } });
    try {
      for (const seed of [1, 2]) await studio.inspect(await picture({ seed }));
      await Promise.all([3, 4].map(async (seed) => studio.inspect(await picture({ seed }))));
      expect(studio.logged).toEqual([expect.stringMatching(/less confined.*"walls":"o/)]);
    } finally {
      await studio.close();
    }
  });
});

describe('which walls stand', () => {
  const keeper = () => {
    const logged: object[] = [];
    const note = (facts: object) => void logged.push(facts);
    const log = { debug: note, info: note, warn: note, error: note };
    return { logged, ...createKeeper({ reads: [], writes: [] }, log) };
  };
  const order = createKeeper({ reads: [], writes: [] }, { debug() {}, info() {}, warn() {}, error() {} });

  test('is found out from the best to none, and then from the best again: then it is not the walls', () => {
    for (const [at, walls] of WALLS.entries()) {
      expect(order.walls).toBe(walls);
      expect(order.fell(walls, 'no')).toBe(at < WALLS.length - 1);
    }
    expect(order.walls).toBe('walled');
  });

  test('is not asked again once a child has stood behind them', () => {
    const { stood, fell, logged } = keeper();
    stood('walled');
    expect(fell('walled', 'a bad moment')).toBe(false);
    expect(logged).toEqual([]);
  });

  test('is the same for children that began at once', () => {
    const { stood, fell, logged } = keeper();
    expect([fell('walled', 'no rights'), fell('walled', 'no rights')]).toEqual([true, true]);
    stood('offline');
    expect(fell('walled', 'late')).toBe(true);
    expect(logged).toEqual([{ walls: 'offline', why: 'no rights' }]);
  });
});
