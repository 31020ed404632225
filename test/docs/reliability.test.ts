import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../../src/lib/root.ts';

const page = readFileSync(join(rootDir, 'docs/reliability.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** The faults that a site like this must survive, as they were numbered when it was designed. */
const FAULTS = 62;

test('the page about faults has a row for each of them, with what shows it and whether it holds', () => {
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: FAULTS }, (_, n) => n + 1));
  for (const [, number, , , shown = '', holds = ''] of rows) {
    expect([number, shown]).toEqual([number, expect.stringMatching(/^`/)]);
    expect([number, holds]).toEqual([number, expect.stringMatching(/^(holds|in part: |not shown: |see )/)]);
  }
});

test('the tests and scripts that it names are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = rows.flatMap((row) => [...(row[4] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  const missing = named.filter((name) =>
    name.startsWith('npm run ')
      ? !scripts[name.slice('npm run '.length)]
      : !existsSync(join(rootDir, 'test', `${name}.test.ts`)),
  );
  expect(missing).toEqual([]);
});
