import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { becomeMember, Visitor } from '../support/site.ts';
import { canMount, cutDisk, type CutDisk } from './cut-disk.ts';
import { Ledger } from './ledger.ts';
import { startMortal, type Mortal } from './mortal.ts';

const CUTS = 5;
const PEOPLE = 2;

let home: string;
let disk: CutDisk;
let site: Mortal;
/** The titles that were answered with success, and the SHA-256 of what was sent under them. */
let answered: Map<string, string>;
let over: AbortController;

async function open(env: Record<string, string> = {}) {
  home = await mkdtemp(join(tmpdir(), 'bowerbird-power-'));
  const dataDir = join(home, 'data');
  await mkdir(dataDir);
  disk = await cutDisk(home);
  site = await startMortal(dataDir, env, disk.around);
  answered = new Map();
  over = new AbortController();
}

async function close() {
  over.abort();
  await site.kill();
  await rm(home, { recursive: true, force: true });
}

/** Somebody who saves one picture after the other, until it is over. */
async function saveOn(n: number) {
  const person = new Visitor(site.address);
  await becomeMember(person, `person${n}`);
  for (let m = 0; !over.signal.aborted; m++) {
    const title = `${n}, ${m}`;
    const bytes = await picture({ width: 700, height: 600, seed: 1000 * n + m });
    const { status } = await person.post('/images/create', { title }, { json: true, file: { bytes } });
    if (status === 201) answered.set(title, createHash('sha256').update(bytes).digest('hex'));
  }
}

const people = (many: number) =>
  Promise.all(Array.from({ length: many }, (_, n) => saveOn(n + 1))).catch((error: unknown) => {
    if (!over.signal.aborted) throw error;
  });

/** Cuts the power; answers what was found, and the titles of those that had been answered and are not there whole. */
async function cut() {
  const known = [...answered];
  const ledger = new Ledger(await disk.cut(site.pid));
  try {
    const faults = await ledger.faults();
    const lost: string[] = [];
    for (const [title, sha256] of known) {
      const [image] = await ledger.saved(title);
      if (image?.original !== sha256) lost.push(title);
    }
    return { faults, lost, left: await ledger.leftAfterSweep() };
  } finally {
    await ledger.close();
  }
}

const more = (than: number) => until('more that was answered', () => answered.size > than, 20_000);
const mountable = canMount(mkdtempSync(join(tmpdir(), 'bowerbird-mount-')));

// `npm run faults`, as root: it mounts disks of its own, in name spaces of its own.
(mountable ? describe : describe.skip)('a power cut while people save', () => {
  afterEach(close);

  test(`at ${CUTS} moments: what was answered is whole, nothing is broken, and what is left is nobody's and swept`, async () => {
    await open();
    const saving = people(PEOPLE);
    for (let n = 0; n < CUTS; n++) {
      await more(answered.size);
      // Somewhere in the next save.
      await pause((n * 29) % 120);
      expect(await cut()).toEqual({ faults: [], lost: [], left: [] });
    }
    over.abort();
    await saving;
  });

  // That this is a power cut at all, and which of our care it takes.
  test.each<[string, Record<string, string>, (found: Awaited<ReturnType<typeof cut>>) => boolean]>([
    [
      'a database that does not sync each commit loses what was answered',
      { SYNCHRONOUS: 'NORMAL' },
      ({ lost }) => lost.length > 0,
    ],
    [
      'a store that does not sync its files has rows without bytes',
      { STORE: 'careless' },
      ({ faults }) => faults.length > 0,
    ],
  ])(
    '%s',
    async (_, careless, isWorse) => {
      await open({ ROLE: 'web', ...careless });
      const saving = people(1);
      let worse = false;
      for (let n = 0; n < 10 && !worse; n++) {
        await more(answered.size);
        worse = isWorse(await cut());
      }
      expect(worse).toBe(true);
      over.abort();
      await saving;
    },
    180_000,
  );
});
