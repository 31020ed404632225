// Packs a list of passwords, one a line, into breached.bin: `node passwords/pack.mjs LIST.txt`. See README.md.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** As in src/accounts/breached-passwords.ts. */
const BYTES = 5;
const SHORTEST = 8;

const fold = (line) => line.normalize('NFKC').toLowerCase().trim();
const lines = readFileSync(process.argv[2], 'utf8').split('\n').map(fold);
const passwords = new Set(lines.filter((text) => [...text].length >= SHORTEST && !text.includes('\ufffd')));
const hashes = [...passwords].map((text) => createHash('sha256').update(text).digest().subarray(0, BYTES));
const sorted = hashes.sort(Buffer.compare).filter((hash, at) => at === 0 || !hash.equals(hashes[at - 1]));
writeFileSync(new URL('breached.bin', import.meta.url), Buffer.concat(sorted));
process.stdout.write(`${sorted.length} passwords of ${lines.length} lines\n`);
