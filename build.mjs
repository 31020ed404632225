// Compiles what runs: the server and its tests with tsc, the scripts, styles and the bookmarklet with esbuild.
// BUILD_DIR names another output folder, so that two checkouts of one tree never write into each other's.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { build } from 'esbuild';
import { compileViews } from './views/build.mjs';

const out = process.env.BUILD_DIR ?? 'dist';

function compile(project, ...more) {
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', project, ...more], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}

/** Bundles static/ under names that hold their content's hash, so that browsers may keep them for ever. */
async function bundleStatic() {
  const to = join(out, 'static');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const scripts = readdirSync('static/js').filter((name) => name.endsWith('.ts'));
  const entries = [
    ...scripts.map((name) => `static/js/${name}`),
    'static/css/app.css',
    'static/css/styleguide.css',
  ].filter(existsSync);
  const result = await build({
    entryPoints: entries,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
    outdir: to,
    external: ['*.woff2', '*.svg'],
  });
  const manifest = {};
  for (const file of result.outputFiles) keep(manifest, to, basename(file.path), file.contents);
  for (const folder of ['static/icons', 'static/img'].filter(existsSync))
    for (const name of readdirSync(folder)) keep(manifest, to, name, readFileSync(join(folder, name)));
  writeFileSync(join(to, 'manifest.json'), JSON.stringify(manifest, null, 2));
}

function keep(manifest, to, name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10);
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}.${hash}${extension}`;
  writeFileSync(join(to, hashed), bytes);
  manifest[name] = hashed;
}

/** The picker becomes one ASCII text; the server puts its own address in and serves it as a javascript: link. */
async function bundleBookmarklet() {
  if (!existsSync('bookmarklet/picker.ts')) return;
  const result = await build({
    entryPoints: ['bookmarklet/picker.ts'],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    charset: 'ascii',
    target: ['es2022'],
    legalComments: 'none',
  });
  mkdirSync(join(out, 'bookmarklet'), { recursive: true });
  writeFileSync(join(out, 'bookmarklet', 'picker.js'), result.outputFiles[0].contents);
}

/** What the output is made of: where nothing of it has changed, nothing is built. */
function fingerprint() {
  const hash = createHash('sha256');
  const folders = ['src', 'migrations', 'test', 'bench', 'static', 'bookmarklet', 'views'].filter(existsSync);
  const inside = (folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = folders.flatMap(inside).map(({ parentPath, path, name }) => join(parentPath ?? path, name));
  const settings = ['build.mjs', 'tsconfig.json', 'tsconfig.browser.json', 'package-lock.json'];
  for (const path of [...paths.sort(), ...settings]) hash.update(`${path}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

async function buildAll() {
  rmSync(join(out, 'test'), { recursive: true, force: true });
  rmSync(join(out, 'migrations'), { recursive: true, force: true });
  compile('tsconfig.json', '--outDir', out);
  compile('tsconfig.browser.json');
  await bundleStatic();
  await bundleBookmarklet();
  await compileViews(out);
}

const mark = join(out, 'built');
const now = fingerprint();
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== now) {
  rmSync(mark, { force: true });
  await buildAll();
  if (!process.exitCode) writeFileSync(mark, now);
}
