import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootDir } from '../../src/lib/root.ts';

test('the page about security names tests that are there', async () => {
  const page = await readFile(join(rootDir, 'docs/security.md'), 'utf8');
  const named = [...page.matchAll(/`([\w/-]+)` › (.+?)(?= · `| \|$)/gm)];
  expect(named.length).toBeGreaterThan(80);
  const missing: string[] = [];
  for (const [, file = '', title = ''] of named) {
    const source = await readFile(join(rootDir, 'test', `${file}.test.ts`), 'utf8').catch(() => '');
    if (!source.includes(`'${title}'`)) missing.push(`${file} › ${title}`);
  }
  expect(missing).toEqual([]);
});

test('every row of it says whether it holds and what shows it', async () => {
  const page = await readFile(join(rootDir, 'docs/security.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line));
  expect(rows.length).toBeGreaterThan(75);
  for (const row of rows) expect(row.split(' | ').at(-1)).toMatch(/^(`[\w/-]+` › |this page|no test)/);
});
