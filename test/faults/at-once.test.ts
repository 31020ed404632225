import type { Dialect } from '../../src/db/index.ts';
import { makeTiers, purgeBin, type Step } from '../../src/images/index.ts';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';
import { Ledger } from './ledger.ts';
import { SIZE } from './saver.ts';

/** What is done when the job of the tiers comes to a point, before it goes on. */
let meanwhile: Partial<Record<Step, () => Promise<unknown> | void>>;
let site: TestSite;
let ledger: Ledger;
let ann: Member;
let bytes: Buffer;

const open = (dialect: Dialect) => async () => {
  meanwhile = {};
  // The jobs are done here, by hand.
  site = await startTestSite({ ROLE: 'web' }, dialect, undefined, {
    step: async (name) => void (await meanwhile[name]?.()),
  });
  ledger = new Ledger(site.dataDir, site.site.config.databaseUrl);
  ann = await site.member();
  bytes = await picture({ ...SIZE, seed: 500 });
};

async function close() {
  await ledger.close();
  await site.end();
}

async function save(form: Record<string, unknown> = {}) {
  const answer = await ann.post('/images/create', { title: 'one', ...form }, { json: true, file: { bytes } });
  return (answer.body as { image: { id: number } }).image.id;
}

const work = (id: number) => makeTiers(site.site.db, site.site, id);

/** Resolves once somebody in our database waits for a row that another transaction holds. */
const somebodyWaits = () =>
  until('somebody waits', async () => {
    const { rows } = (await site.site.db.raw(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )) as { rows: object[] };
    return rows.length > 0;
  });

describe.each<Dialect>(['sqlite', 'postgres'])('while tiers are made, on %s,', (dialect) => {
  beforeEach(open(dialect), 60_000);
  afterEach(close);

  test('another worker makes them too: each tier is there once, and no bytes are forgotten', async () => {
    const id = await save();
    let arrived = 0;
    let go = () => {};
    const both = new Promise<void>((resolve) => (go = resolve));
    meanwhile.tiers_stored = () => (++arrived === 2 ? go() : both);
    await Promise.all([work(id), work(id)]);
    expect(await ledger.faults()).toEqual([]);
    expect(await ledger.strays()).toEqual([]);
  });

  test('the image gets the same bytes anew: its tiers are none of those that were let go', async () => {
    const id = await save();
    meanwhile.tiers_stored = () => {
      meanwhile = {};
      return save({ duplicate: 'replace', replace: String(id) });
    };
    await work(id);
    expect(await ledger.faults()).toEqual([]);
    await work(id);
    expect(await ledger.saved('one')).toMatchObject([{ id, state: 'ready' }]);
    expect(await ledger.faults()).toEqual([]);
    expect(await ledger.strays()).toEqual([]);
  });

  test('the image is removed for good: its last bytes go with it', async () => {
    const id = await save();
    await site.site.db('images').where({ id }).update({ binned_at: 1 });
    let purging: Promise<unknown> = Promise.resolve();
    meanwhile.tiers_committing = () => {
      purging = purgeBin(site.site.db, site.site.storage, 0);
      return dialect === 'postgres' ? somebodyWaits() : undefined;
    };
    await work(id);
    await purging;
    expect(await ledger.saved('one')).toEqual([]);
    expect(await ledger.faults()).toEqual([]);
    expect(await ledger.strays()).toEqual([]);
  });
});
