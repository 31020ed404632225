import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { rootDir } from '../../src/lib/root.ts';
import { readDockerfile } from '../support/dockerfile.ts';
import { buildImage, runImage } from '../support/image.ts';
import { until } from '../support/imaging.ts';
import { freePort } from '../support/process.ts';
import { becomeMember, Visitor } from '../support/site.ts';

describe('the Dockerfile', () => {
  const stages = readDockerfile();
  const ignored = readFileSync(join(rootDir, '.dockerignore'), 'utf8').split('\n');

  test('copies what is there, and what .dockerignore lets through', () => {
    const copied = stages.flatMap(({ copies }) => copies.filter(({ from }) => from === null));
    const sources = [...new Set(copied.flatMap((copy) => copy.sources))];
    expect(sources.filter((source) => !existsSync(join(rootDir, source)))).toEqual([]);
    expect(
      ignored
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1))
        .sort(),
    ).toEqual(sources.sort());
    expect(ignored).toContain('*');
  });

  test('takes from stages that are there', () => {
    const names = new Set(stages.map(({ name }) => name));
    const froms = stages.flatMap(({ copies }) => copies.flatMap(({ from }) => from ?? []));
    expect(froms.filter((from) => !names.has(from))).toEqual([]);
  });

  test('ends in a small image whose user is not root', () => {
    expect(stages.at(-1)).toMatchObject({ image: expect.stringMatching(/-slim$/), user: 'node' });
  });
});

// `npm run faults` also builds it, from nothing but what the Dockerfile copies.
test('what its stages make is a site that needs nothing else, writes to one folder alone, and tells how it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bowerbird-image-'));
  // The site in it is nobody.
  chmodSync(folder, 0o755);
  try {
    const { app, stage } = buildImage(folder);
    for (const left of ['src', 'views', 'node_modules/typescript', 'node_modules/jest'])
      expect([left, existsSync(join(app, left))]).toEqual([left, false]);
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const port = String(await freePort());
    const places = { DATA_DIR: dataDir, CERTS_DIR: join(dataDir, 'certs'), PORT: port };
    const env = { ...stage.env, ...places, HOST: '127.0.0.1', TLS: 'off', WORKERS: '1' };
    const site = runImage(app, stage.command, env);
    const said = Promise.all([text(site.stdout), text(site.stderr)]).then((parts) => parts.join(''));
    const gone = once(site, 'exit');
    const health = async () => (await once(runImage(app, stage.health, env), 'exit'))[0] as number;
    try {
      await until('the site', async () => (await health()) === 0 || site.exitCode !== null, 60_000);
      expect(site.exitCode === null ? '' : await said).toBe('');
      const ann = await becomeMember(new Visitor(`http://127.0.0.1:${port}`), 'ann');
      const { id } = await ann.save();
      await until('all sizes', async () => (await ann.image(id)).state === 'ready', 30_000);
    } finally {
      site.kill('SIGTERM');
    }
    expect(await gone).toEqual([0, null]);
    expect(await health()).toBe(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 180_000);
