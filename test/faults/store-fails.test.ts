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

/** How long the store may take for a file: long for this machine, short for a test. */
const KEEP_MS = 1500;

beforeAll(async () => {
  site = await startTestSite({}, 'sqlite', undefined, {
    jobs: { pollMs: 50, backoff: { attempts: 12, firstMs: 100, maxMs: 500 } },
    storage: { keepMs: KEEP_MS, around: (storage) => ({ ...storage, keep: (...of) => keepIn(storage, ...of) }) },
  });
  ann = await site.member('ann');
  ledger = new Ledger(site.dataDir, site.site.config.databaseUrl);
});
afterEach(() => {
  keepIn = asItIs;
});
afterAll(() => ledger.close());

const asItIs = (storage: Storage, key: string, file: string) => storage.keep(key, file);
let keepIn = asItIs;

/** Lets the store fail at these files, counted from now on, as a disk does that is worn out or was taken away. */
function failAt(which: (file: number) => boolean, code: string) {
  let files = 0;
  keepIn = async (storage, key, file) => {
    if (which(++files)) throw Object.assign(new Error(`${code}: as tests want it`), { code });
    await storage.keep(key, file);
  };
}

/** Lets the store say nothing of a file, until it is let go; answers what lets it go. */
function hangAt(file: number): { begun(): boolean; letGo(): void } {
  let files = 0;
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  keepIn = async (storage, ...of) => {
    if (++files === file) await gone;
    await storage.keep(...of);
  };
  return { begun: () => files >= file, letGo };
}

const send = async (title: string, bytes: Buffer) =>
  (await ann.post('/images/create', { title, once: title }, { json: true, file: { bytes } })).status;

describe('a store that fails', () => {
  test.each([
    [1, 'EIO', 500],
    [2, 'EIO', 500],
    [1, 'EACCES', 500],
    // The system may make a disk read-only: it passes, and somebody can do something about it.
    [2, 'EROFS', 503],
  ])('at file %d of a save, with %s: nothing was saved, and nothing is left of it', async (which, code, status) => {
    const bytes = await picture({ ...SIZE, seed: 600 + which });
    failAt((file) => file === which, code);
    expect(await send('fails', bytes)).toBe(status);
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
  });
});

describe('a store that does not answer', () => {
  const post = async (title: string, seed: number) =>
    ann.post('/images/create', { title }, { json: true, file: { bytes: await picture({ ...SIZE, seed }) } });

  test.each([1, 2])(
    'for file %d of a save: that is said, and nothing is left when it comes after all',
    async (file) => {
      const before = await contentsOf(site);
      const { letGo } = hangAt(file);
      const { status, headers, body } = await post('hangs', 620 + file);
      expect({ status, after: headers['retry-after'], body }).toMatchObject({
        status: 503,
        after: '60',
        body: {
          error: {
            code: 'slow_store',
            field: 'image',
            message: expect.stringMatching(/^The place where .* Nothing was saved/),
          },
        },
      });
      expect(await ledger.temporary()).toEqual([]);
      letGo();
      await until('the end of what was late', async () => (await ledger.leftAfterSweep()).length === 0);
      expect(await contentsOf(site)).toEqual(before);
    },
  );

  test('for the other sizes: what was answered stays whole, and they are made when it answers again', async () => {
    const { letGo } = hangAt(3);
    expect((await post('waits', 630)).status).toBe(201);
    await until('its tiers', () => ledger.settled(), 30_000);
    letGo();
    expect(await ledger.saved('waits')).toMatchObject([{ state: 'ready' }]);
    await until('the end of what was late', async () => (await ledger.leftAfterSweep()).length === 0);
    expect(await ledger.faults()).toEqual([]);
  });

  test('and never will: the site stops all the same, and what it had begun is for the sweep', async () => {
    const { begun } = hangAt(1);
    const answer = post('never', 640).then(
      ({ status }) => status,
      () => 'cut',
    );
    await until('the store', begun);
    await site.end();
    expect(await answer).toBe('cut');
  });
});
