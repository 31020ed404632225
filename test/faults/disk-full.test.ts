import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { becomeMember, Visitor, type ImageJson } from '../support/site.ts';
import { Ledger } from './ledger.ts';
import { startMortal, type Mortal } from './mortal.ts';
import { smallDisk, type Disk } from './small-disk.ts';

let dataDir: string;
let disk: Disk;
let site: Mortal;
let ann: Visitor;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bowerbird-full-'));
  disk = smallDisk(dataDir);
  site = await startMortal(dataDir, {}, disk.around);
  ann = new Visitor(site.address);
  await becomeMember(ann, 'ann');
});
afterAll(async () => {
  await site.kill();
  await rm(dataDir, { recursive: true, force: true });
});

const send = (title: string, bytes: Buffer) => ann.post('/images/create', { title }, { json: true, file: { bytes } });

/** As if they had not been seen for an hour, so that the next page they read notes it. */
const awayForAnHour = () => site.ask(`UPDATE sessions SET seen_at = ${Date.now() - 60 * 60 * 1000}`);

/** Every image has its tiers, and no job is left. */
const settled = () =>
  until(
    'the tiers',
    async () => {
      const left = `SELECT id FROM images WHERE state = 'pending' UNION SELECT id FROM jobs WHERE kind = 'makeTiers'`;
      return (await site.ask(left)).length === 0;
    },
    15_000,
  );

/** Looks at a copy of the database: SQLite follows the way into another process' disk out again. */
async function look<T>(at: (ledger: Ledger) => Promise<T>): Promise<T> {
  const copy = await mkdtemp(join(tmpdir(), 'bowerbird-copy-'));
  for (const name of ['bowerbird.sqlite', 'bowerbird.sqlite-wal'])
    await copyFile(join(disk.folder(site.pid), name), join(copy, name));
  const ledger = new Ledger(disk.folder(site.pid), `sqlite:${join(copy, 'bowerbird.sqlite')}`);
  try {
    return await at(ledger);
  } finally {
    await ledger.close();
    await rm(copy, { recursive: true, force: true });
  }
}

async function expectReading(kept: ImageJson) {
  expect((await ann.see('/images')).status).toBe(200);
  expect((await ann.see(kept.url)).status).toBe(200);
  const bytes = await ann.get(kept.tiers['high']?.url ?? '');
  expect(bytes.status).toBe(200);
  expect(bytes.body).toHaveLength(kept.tiers['high']?.bytes ?? 0);
}

test('a full disk is 507 with a sentence, leaves nothing, and keeps nobody from reading; with room it all goes on', async () => {
  const kept = ((await send('kept', await picture({ seed: 400 }))).body as { image: ImageJson }).image;
  await settled();
  const bytes = await picture({ drawing: 'noise', width: 900, height: 700, quality: 90, seed: 401 });
  const statuses: number[] = [];
  // From no room at all to more than enough: for the upload, for High, for the database, for the other tiers.
  for (const share of [0, 0.6, 1.05, 1.4, 1.5, 1.6, 1.7, 1.8, 2.4]) {
    await awayForAnHour();
    // The log as short as it can be: it is what grows with every write.
    await site.ask('PRAGMA wal_checkpoint(TRUNCATE)');
    await disk.leave(site.pid, Math.round(share * bytes.length));
    const answer = await send('wide', bytes);
    statuses.push(answer.status);
    await expectReading(kept);
    if (answer.status === 201) break;
    expect(answer.body).toMatchObject({
      error: { code: 'disk_full', field: 'image', message: expect.stringMatching(/no room left/) },
    });
    expect(await look((ledger) => ledger.temporary())).toEqual([]);
    await disk.leave(site.pid, 'all');
    expect(await look((ledger) => ledger.saved('wide'))).toEqual([]);
    expect(await look((ledger) => ledger.leftAfterSweep())).toEqual([]);
  }
  expect(statuses.slice(0, 2)).toEqual([507, 507]);
  await disk.leave(site.pid, 'all');
  if (statuses.at(-1) !== 201) expect((await send('wide', bytes)).status).toBe(201);
  await settled();
  expect(await look((ledger) => ledger.leftAfterSweep())).toEqual([]);
  expect(await look((ledger) => ledger.faults())).toEqual([]);
});
