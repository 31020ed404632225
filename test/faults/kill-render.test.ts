import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCommand } from '../../src/cli/run.ts';
import { openDb, type Db } from '../../src/db/index.ts';
import { beginRendering, findRendering, type Step } from '../../src/images/index.ts';
import { until } from '../support/imaging.ts';
import { Saver } from './saver.ts';

const POINTS: readonly Step[] = ['again_stored', 'again_committed'];
const IMAGES = 2;

let saver: Saver;
let db: Db;

beforeAll(async () => {
  saver = await Saver.open();
  db = openDb({ url: `sqlite:${join(saver.dataDir, 'bowerbird.sqlite')}` });
  for (let n = 0; n < IMAGES; n++) expect(await (await saver.form(`one ${n}`, 720 + n)).send()).toBe(201);
  await until('the tiers', () => saver.ledger.settled());
});
afterAll(async () => {
  await db.destroy();
  await saver.close();
});

/** As if they had been made by other settings: what is made again differs from what is there. */
async function makeOld() {
  const rows: { image_id: number; storage_key: string }[] = await db('files').where({ tier: 'low' });
  for (const row of rows) await saver.replaceBytes(row, 'made otherwise');
}

async function expectAllNew() {
  expect(await saver.ledger.faults()).toEqual([]);
  expect(await db('files').where({ tier: 'low', bytes: 14 })).toEqual([]);
  await saver.expectTidy();
}

test('a site that is killed while it makes sizes again goes on where it was, and leaves nothing of what it let go', async () => {
  for (const point of POINTS) {
    await makeOld();
    await saver.site.arm(point);
    const { run } = await beginRendering(db, {});
    await saver.site.dead;
    expect(await saver.ledger.faults()).toEqual([]);
    await saver.startAgain();
    await until('the end of the round', async () => (await findRendering(db))?.ended, 20_000);
    expect(await findRendering(db)).toMatchObject({ run, done: IMAGES, found: { failed: 0 } });
    await expectAllNew();
  }
});

test('where no site runs the command does it, as the settings say now, and takes up what was left by one', async () => {
  await saver.site.kill();
  await beginRendering(db, {});
  const said = { out: '', err: '' };
  const code = await runCommand(['images', 'render'], {
    env: { DATA_DIR: saver.dataDir, WORKERS: '1', TIER_FORMAT: 'webp' },
    input: Readable.from([]),
    live: false,
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
  });
  expect({ code, err: said.err }).toEqual({ code: 0, err: '' });
  expect(said.out).toBe(
    'This is under way already: 0 of 2 images.\n2 images have new sizes, 0 came out as they were.\n',
  );
  expect(await db('files').whereNot({ tier: 'original' }).distinct('type')).toEqual([{ type: 'image/webp' }]);
  await expectAllNew();
  await saver.startAgain();
});
