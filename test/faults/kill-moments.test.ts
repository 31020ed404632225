import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childrenOf, isAlive, until } from '../support/imaging.ts';
import { freePort, spawnSite } from '../support/process.ts';
import { Ledger } from './ledger.ts';
import { Saver, type Sent } from './saver.ts';

/** From 0 to 1, the same for the same seed. */
const chance = (seed: number): number => {
  const sine = Math.sin(seed) * 10_000;
  return sine - Math.floor(sine);
};

const SAVES = 15;
/** A machine that is busy with other things gets as far as it comes. */
const PATIENCE_MS = 25_000;

test(`a site that is killed at a random moment of each of up to ${SAVES} saves keeps what it answered, and its children go with it`, async () => {
  const saver = await Saver.open();
  const { ledger } = saver;
  const first = await saver.form('first', 200);
  const began = performance.now();
  await first.send();
  await until('the first save', () => ledger.settled());
  const lasts = performance.now() - began;
  const all: Sent[] = [];
  const moments: number[] = [];
  for (let n = 1; n <= SAVES && (n <= 3 || performance.now() - began < PATIENCE_MS); n++) {
    const sent = await saver.form(`random ${n}`, 200 + n);
    const answer = sent.send();
    moments.push(Math.round(chance(n) * lasts * 1.2));
    await pause(moments.at(-1));
    const children = await childrenOf(saver.site.pid);
    await saver.site.kill();
    expect({ moments, faults: await ledger.faults() }).toEqual({ moments, faults: [] });
    if ((await answer) === 201) expect(await ledger.saved(sent.title)).toHaveLength(1);
    for (const child of children) await until('the end of the children', async () => !(await isAlive(child)));
    all.push(sent);
    await saver.startAgain();
  }
  for (const sent of all) await saver.expectWhole(sent, (await ledger.saved(sent.title)).length === 1);
  await saver.expectTidy();
  await saver.close();
});

const TRIES = 8;

test(`a first start that is killed at one of ${TRIES} moments is completed by the next start`, async () => {
  const began = performance.now();
  await firstStart();
  const lasts = performance.now() - began;
  // Two at a time, each later than the one before, so that every part of a start is met.
  const moments = Array.from({ length: TRIES }, (_, n) => ((n + chance(n)) / TRIES) * lasts);
  for (let n = 0; n < TRIES; n += 2) await Promise.all(moments.slice(n, n + 2).map(firstStart));
});

/** Starts a site for the first time, kills it after so many milliseconds, and starts it again. */
async function firstStart(moment?: number) {
  const folder = await mkdtemp(join(tmpdir(), 'bowerbird-first-'));
  const port = await freePort();
  if (moment !== undefined) {
    const killed = spawnSite(folder, port);
    await pause(moment);
    killed.child.kill('SIGKILL');
    await killed.gone;
  }
  const { child, started, gone } = spawnSite(folder, port);
  await started;
  child.kill('SIGKILL');
  await gone;
  await expectComplete(folder);
  await rm(folder, { recursive: true, force: true });
}

async function expectComplete(folder: string) {
  const certificates = ['ca-key.pem', 'ca.pem', 'leaf-key.pem', 'leaf.pem'];
  expect((await readdir(join(folder, 'certs'))).sort()).toEqual(certificates);
  for (const name of certificates)
    expect(await readFile(join(folder, 'certs', name), 'utf8')).toMatch(/^-----BEGIN .*-----END [A-Z ]+-----\s*$/s);
  const data = join(folder, 'data');
  expect(await readFile(join(data, 'secret'), 'utf8')).toMatch(/^[\w-]{43}\n$/);
  expect((await stat(join(data, 'secret'))).mode & 0o777).toBe(0o600);
  expect((await readdir(data)).filter((name) => name.startsWith('secret.'))).toEqual([]);
  const ledger = new Ledger(data);
  expect(await ledger.faults()).toEqual([]);
  await ledger.close();
}
