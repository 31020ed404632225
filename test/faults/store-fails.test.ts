import type { Storage } from '../../src/storage/index.ts';
import { contentsOf, NOTHING } from '../support/contents.ts';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';
import { Ledger } from './ledger.ts';
import { SIZE } from './saver.ts';

let site: TestSite;
let ann: Member;
let ledger: Ledger;
let keep: Storage['keep'];

beforeAll(async () => {
  site = await startTestSite({}, 'sqlite', undefined, {
    jobs: { pollMs: 50, backoff: { attempts: 12, firstMs: 100, maxMs: 500 } },
  });
  ann = await site.member('ann');
  ledger = new Ledger(site.dataDir, site.site.config.databaseUrl);
  ({ keep } = site.site.storage);
}, 60_000);
afterEach(() => void (site.site.storage.keep = keep));
afterAll(async () => {
  await ledger.close();
  await site.end();
});

/** Lets the store fail at these files, counted from now on, as a disk does that is worn out or was taken away. */
function failAt(which: (file: number) => boolean, code: string) {
  let files = 0;
  site.site.storage.keep = async (key, file) => {
    if (which(++files)) throw Object.assign(new Error(`${code}: as tests want it`), { code });
    await keep(key, file);
  };
}

const send = async (title: string, bytes: Buffer) =>
  (await ann.post('/images/create', { title, once: title }, { json: true, file: { bytes } })).status;

describe('a store that fails', () => {
  test.each([
    [1, 'EIO'],
    [2, 'EIO'],
    [1, 'EACCES'],
    [2, 'EROFS'],
  ])('at file %d of a save, with %s: nothing was saved, and nothing is left of it', async (which, code) => {
    const bytes = await picture({ ...SIZE, seed: 600 + which });
    failAt((file) => file === which, code);
    expect(await send('fails', bytes)).toBe(500);
    expect(await contentsOf(site)).toEqual(NOTHING);
  });

  test('after the answer: what was answered stays whole, and the job makes the other sizes when the store is back', async () => {
    const bytes = await picture({ ...SIZE, seed: 610 });
    failAt((file) => file > 2 && file < 9, 'EIO');
    expect(await send('kept', bytes)).toBe(201);
    await until('its tiers', () => ledger.settled(), 30_000);
    expect(await ledger.saved('kept')).toMatchObject([{ state: 'ready' }]);
    expect(await ledger.faults()).toEqual([]);
    expect(await ledger.leftAfterSweep()).toEqual([]);
    expect(await send('kept', bytes)).toBe(200);
  }, 60_000);
});
