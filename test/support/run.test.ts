import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { builtDir, rootDir } from '../../src/lib/root.ts';

let out: string;

beforeAll(() => {
  out = mkdtempSync(join(builtDir, '.run-'));
  mkdirSync(join(out, 'test'));
  // jest's own set-up stands among the compiled tests.
  cpSync(join(builtDir, 'test/support'), join(out, 'test/support'), {
    recursive: true,
    filter: (path) => !path.includes('.test.'),
  });
  symlinkSync(join(builtDir, 'src'), join(out, 'src'));
});

afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Runs these test files, and answers what was printed and the exit code. */
function run(files: Record<string, string>, ...args: string[]): { lines: string[]; code: number | null } {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(out, 'test', name), text);
  const env = { ...process.env, BUILD_DIR: relative(rootDir, out) };
  const { stdout, status } = spawnSync(process.execPath, [join(rootDir, 'test/run.mjs'), ...args], {
    env,
    encoding: 'utf8',
  });
  for (const name of Object.keys(files)) rmSync(join(out, 'test', name));
  return { lines: stdout.trimEnd().split('\n'), code: status };
}

const good = `test('good', () => {}); test.skip('later', () => {});`;
const bad = `test('bad', () => { throw new Error('as it must'); });`;

test('the last line counts what passed, failed and was skipped; failures are told in full', () => {
  const { lines, code } = run({ 'good.test.js': good, 'bad.test.js': bad });
  expect(lines.at(-1)).toBe('1 passed, 1 failed, 1 skipped');
  expect(lines.join('\n')).toContain('as it must');
  expect(code).toBe(1);
});

test('only what passed ends with 0, and a fragment of the path chooses', () => {
  const { lines, code } = run({ 'good.test.js': `test('good', () => {});`, 'bad.test.js': bad }, 'good');
  expect(lines).toEqual([expect.stringMatching(/^ok {3}good +1 passed \(\d+\.\d s\)$/), '1 passed, 0 failed']);
  expect(code).toBe(0);
});

test('a file that cannot be loaded is a failure', () => {
  const { lines, code } = run({ 'lost.test.js': `import './nowhere.js';` });
  expect(lines.at(-1)).toBe('0 passed, 1 failed');
  expect(code).toBe(1);
});

test('no test at all is no success', () => {
  const { lines, code } = run({}, 'nothing-is-called-so');
  expect(lines.at(-1)).toBe('0 passed, 0 failed');
  expect(code).toBe(1);
});
