import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../lib/root.ts';

/** Of a hash: one good password in five million is taken for one of the list. */
const BYTES = 5;

/** Sorted, each so many bytes long; `passwords/pack.mjs` makes the file. A megabyte, read when the first password is chosen. */
let list: Buffer | undefined;

/**
 * Whether a password is among some 200,000 that were breached, in whatever case (ASVS 6.2.12). The list comes with the site, as
 * hashes that are looked up here: nothing is asked elsewhere.
 */
export function isBreached(password: string): boolean {
  list ??= readFileSync(join(rootDir, 'passwords', 'breached.bin'));
  const folded = password.normalize('NFKC').toLowerCase().trim();
  const wanted = createHash('sha256').update(folded).digest().readUIntBE(0, BYTES);
  let [from, to] = [0, list.length / BYTES];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const found = list.readUIntBE(middle * BYTES, BYTES);
    if (found === wanted) return true;
    if (found < wanted) from = middle + 1;
    else to = middle;
  }
  return false;
}
