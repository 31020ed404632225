import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { builtDir, rootDir } from '../../src/lib/root.ts';
import { readDockerfile, type Stage } from './dockerfile.ts';
import { LONG } from './long.ts';

/** The packages of `npm ci --omit=dev`, as the lock file has them: places in node_modules. */
function packagesThatRun(): string[] {
  const lock = JSON.parse(readFileSync(join(rootDir, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  const places = Object.entries(lock.packages).filter(([place, { dev }]) => place !== '' && !dev);
  return places.map(([place]) => place);
}

function copyTree(from: string, to: string) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** node_modules as a stage leaves it that installs: all, or what runs without what it then removes. */
function install(stage: Stage, app: string) {
  if (!stage.runs.some((run) => run.includes('npm ci --omit=dev')))
    return symlinkSync(join(rootDir, 'node_modules'), join(app, 'node_modules'));
  const nested = /^node_modules\/.*\/node_modules\//;
  const places = packagesThatRun().filter((place) => !nested.test(place) && existsSync(join(rootDir, place)));
  // Links to the same files where that goes.
  if (spawnSync('cp', ['-al', '--parents', ...places, app], { cwd: rootDir }).status !== 0)
    for (const place of places) copyTree(join(rootDir, place), join(app, place));
  for (const run of stage.runs) {
    const removed = /rm -rf (.*)$/.exec(run)?.[1]?.split(/\s+/) ?? [];
    for (const path of removed) rmSync(join(app, path), { recursive: true, force: true });
  }
}

/** Builds what the Dockerfile's stages build, each in a folder of its own; answers that of the last. */
export function buildImage(folder: string): { app: string; stage: Stage } {
  const stages = readDockerfile();
  const appOf = (n: number) => join(folder, String(n), 'app');
  stages.forEach((stage, n) => {
    const app = appOf(n);
    mkdirSync(app, { recursive: true });
    for (const { from, sources, to } of stage.copies) {
      const at = from === null ? rootDir : appOf(stages.findIndex(({ name }) => name === from));
      for (const source of sources) {
        const path = from === null ? join(at, source) : join(dirname(at), source);
        const target = to.endsWith('/') ? join(app, to, basename(source)) : join(app, to);
        // A stage is done with: what it has made may as well go on.
        if (from === null) copyTree(path, target);
        else renameSync(path, target);
      }
    }
    for (const run of stage.runs)
      if (run.startsWith('npm ci')) install(stage, app);
      else if (run === 'node build.mjs') build(app);
  });
  const stage = stages.at(-1);
  if (!stage) throw new Error('the Dockerfile is empty');
  return { app: appOf(stages.length - 1), stage };
}

/** Builds from what was copied alone, which takes a while (`npm run faults`); else takes what was built of the same sources. */
function build(app: string) {
  if (!LONG) {
    for (const name of ['src', 'migrations', 'static', 'bookmarklet', 'views.js'])
      copyTree(join(builtDir, name), join(app, 'dist', name));
    return;
  }
  const { PATH = '' } = process.env;
  const { status, stderr, stdout } = spawnSync(process.execPath, ['build.mjs'], {
    cwd: app,
    env: { PATH },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed: ${stdout}${stderr}`);
}

/** Whether we may have a disk of our own: only root can let the site have nothing else to write to. */
export const confined = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0;

// Nobody with no rights, a root file system that is read-only, and one folder to write to.
const WALLS = `mount -t tmpfs -o mode=0700,uid=65534,gid=65534 none "$DATA_DIR" && mount -o remount,bind,ro / &&
  exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all "$@"`;

/** Runs a command of the image in its folder, as a container does: `node` is this Node. */
export function runImage(app: string, [, ...args]: readonly string[], env: Record<string, string>) {
  const { PATH = '', BOWERBIRD_TEST_RUN = '' } = process.env;
  const command = [process.execPath, ...args];
  const [program = '', ...rest] = confined ? ['unshare', '-m', '/bin/sh', '-c', WALLS, 'walls', ...command] : command;
  return spawn(program, rest, {
    cwd: app,
    env: { PATH, BOWERBIRD_TEST_RUN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
