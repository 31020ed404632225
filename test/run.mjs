// Runs the compiled tests: `node test/run.mjs [fragment of a path…] [jest's own options…]`.
// Everything that was started is gone when it ends, and the last line says `N passed, N failed`.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { leftovers } from './support/leftovers.mjs';

const MINUTES = Number(process.env.TEST_MINUTES ?? 60);
const SECONDS_TO_CLOSE = 20;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const out = process.env.BUILD_DIR ?? 'dist';
const say = (sentence) => process.stdout.write(`${sentence}\n`);

/** Compiled test files whose path holds one of the fragments; `test/net/guard.test.ts` finds its compiled file. */
function selectFiles(fragments) {
  const folder = join(out, 'test');
  if (!existsSync(folder)) return [];
  const wanted = fragments.map((fragment) => fragment.replace(/^\.\//, '').replace(/\.ts$/, '.js'));
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => join(folder, name))
    .filter((path) => wanted.length === 0 || wanted.some((fragment) => relative(out, path).includes(fragment)))
    .sort();
}

/** Own temporary folder for the whole run: what a test forgets to remove goes with it. Others must be able to enter. */
function makeTemporary() {
  const folder = mkdtempSync(join(tmpdir(), 'bowerbird-test-'));
  chmodSync(folder, 0o755);
  return folder;
}

function startJest(files, options, env) {
  const flags = ['--experimental-vm-modules', '--enable-source-maps', '--disable-warning=ExperimentalWarning'];
  const jest = resolve('node_modules/jest/bin/jest.js');
  const args = [...flags, jest, '--config', 'jest.config.mjs', ...options, '--runTestsByPath', ...files];
  // Its own process group, so that one signal reaches the workers as well.
  return spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended: just what we want.
  }
}

/** Watches one run of jest to its end: answers the counts, and the sentences about what went wrong around the tests. */
function watch(jest) {
  const running = new Set();
  const troubles = [];
  let counts = null;
  let closing;
  const stop = (sentence) => {
    troubles.push(sentence);
    killGroup(jest.pid, 'SIGKILL');
  };
  const limit = setTimeout(
    () => stop(`Stopped after ${MINUTES} minutes, while these ran: ${[...running].join(', ') || 'none'}.`),
    MINUTES * 60_000,
  );
  jest.on('message', (message) => {
    if (message.began) running.add(message.began);
    if (message.ended) running.delete(message.ended);
    if (!message.counts) return;
    counts = message.counts;
    const sentence = `The tests are over, but something they left open kept them from ending within ${SECONDS_TO_CLOSE} s.`;
    closing = setTimeout(() => stop(sentence), SECONDS_TO_CLOSE * 1000);
  });
  return new Promise((done) => {
    jest.on('close', (code, signal) => {
      clearTimeout(limit);
      clearTimeout(closing);
      if (counts === null && troubles.length === 0)
        troubles.push(`jest ended before its tests did (${signal ?? code}).`);
      if (code !== 0 && counts?.failed === 0 && troubles.length === 0)
        troubles.push(`jest ended with ${signal ?? code}.`);
      done({ counts: counts ?? { passed: 0, failed: 0, skipped: 0 }, troubles });
    });
  });
}

/** Ends the processes that are still there after a moment's grace; answers a sentence for each. */
async function endLeftovers(group, mark) {
  for (let tries = 0; tries < 50 && leftovers(group, mark).length > 0; tries += 1) await pause(100);
  return leftovers(group, mark).map(({ pid, command }) => {
    process.kill(pid, 'SIGKILL');
    return `A test left a process behind: ${command}`;
  });
}

async function run(files, options) {
  const mark = `BOWERBIRD_TEST_RUN=${randomUUID()}`;
  const temporary = makeTemporary();
  const colour = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
  const own = { NODE_ENV: 'test', TMPDIR: temporary, BOWERBIRD_TEST_RUN: mark.split('=')[1] };
  const env = { ...process.env, ...colour, ...own };
  const jest = startJest(files, options, env);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => killGroup(jest.pid, 'SIGTERM'));
  const { counts, troubles } = await watch(jest);
  troubles.push(...(await endLeftovers(jest.pid, mark)));
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  return { counts, troubles };
}

function conclude({ passed, failed, skipped }, troubles) {
  if (passed + failed === 0) troubles.push('No test ran.');
  for (const sentence of troubles) say(sentence);
  process.exitCode = failed > 0 || troubles.length > 0 ? 1 : 0;
  say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const fragments = firstOption < 0 ? args : args.slice(0, firstOption);
const files = selectFiles(fragments);
const nothing = { counts: { passed: 0, failed: 0, skipped: 0 }, troubles: [] };
if (files.length === 0)
  say(`No compiled test under ${out}/test matches ${fragments.join(', ') || '*'}; run \`npm run build\` first?`);
const { counts, troubles } = files.length > 0 ? await run(files, args.slice(fragments.length)) : nothing;
conclude(counts, troubles);
