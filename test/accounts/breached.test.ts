import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBreached } from '../../src/accounts/breached-passwords.ts';
import { checkPassword } from '../../src/accounts/passwords.ts';
import { rootDir } from '../../src/lib/root.ts';

const list = readFileSync(join(rootDir, 'passwords', 'breached.bin'));

test('the list of breached passwords that comes with the site has more than 100,000, sorted, each once', () => {
  expect(list.length % 5).toBe(0);
  expect(list.length / 5).toBeGreaterThan(100_000);
  let last = -1;
  for (let at = 0; at < list.length; at += 5) {
    const hash = list.readUIntBE(at, 5);
    if (hash <= last) throw new Error(`out of order at ${at}`);
    last = hash;
  }
});

/** Found by no rule of ours, only by the list. */
const BREACHED = `sarganthale989 zaphnathpaaneah hevalump pualitalinda 34tohana ak47ownz se7ly4qy hlhyfvkr sami8363 ezzabella2
  kingmong84 previewsneak ao3bzzk6 ZaphnathPaaneah PREVIEWSNEAK`;

test.each(BREACHED.split(/\s+/))('“%s” was breached, and is refused', (password) => {
  expect(isBreached(password)).toBe(true);
  expect(() => checkPassword(password, password, [])).toThrow(/tried first/);
});

test.each(['a heap of blue things', 'nine quiet herons', 'kTz9vQ2xLm', '🦜🦜bower🦜🐦🐦', '704918265530172'])(
  '“%s” was not',
  (password) => expect(isBreached(password)).toBe(false),
);

test('hardly ever is one taken for breached that was not', () => {
  const hits = Array.from({ length: 50_000 }, (_, n) => isBreached(`no such password ${n}`)).filter(Boolean);
  expect(hits.length).toBeLessThan(3);
});
