import { STEPS, type Step } from '../../src/images/index.ts';
import { freshDatabase } from '../support/databases.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { Saver, SIZE } from './saver.ts';

/** The points of a save and of the job after it, and whether the image is there when the site was killed at it. */
const POINTS: readonly (readonly [Step, boolean])[] = [
  ['received', false],
  ['inspected', false],
  ['expected', false],
  ['original_stored', false],
  ['stored', false],
  ['committing', false],
  ['committed', true],
  ['rendering', true],
  ['tiers_expected', true],
  ['tiers_stored', true],
  ['tiers_committing', true],
  ['tiers_committed', true],
];
test('every step of a save and of the job after it is among the points', () => {
  const elsewhere = /^(again|export)_/;
  expect(POINTS.map(([point]) => point)).toEqual(STEPS.filter((step) => !elsewhere.test(step)));
});

const placeOf = (point: Step) => POINTS.findIndex(([name]) => name === point);

let origin: Origin;
let saver: Saver;

beforeAll(async () => {
  const pages = POINTS.map(async ([point]) => [
    `/${point}.jpg`,
    await picture({ ...SIZE, seed: 900 + placeOf(point) }),
  ]);
  origin = await startOrigin(Object.fromEntries(await Promise.all(pages)) as Record<string, Buffer>);
});
afterAll(() => origin.close());

async function dieAt(point: Step, thereAfterwards: boolean) {
  // Every third save is of an address, the others are uploads.
  const address = placeOf(point) % 3 === 1 ? `${origin.url}/${point}.jpg` : '';
  const sent = await saver.form(`killed when ${point}`, 100 + placeOf(point), address);
  await saver.site.arm(point);
  const answer = await sent.send();
  await saver.site.dead;
  // As it was left, before anything has run again.
  expect(await saver.ledger.faults()).toEqual([]);
  expect(await saver.ledger.saved(sent.title)).toHaveLength(thereAfterwards ? 1 : 0);
  // The worker may be quicker than the answer; up to the commit there can be none.
  if (placeOf(point) <= placeOf('committed')) expect(answer).toBe('cut');
  await saver.startAgain();
  await saver.expectWhole(sent, thereAfterwards);
  await saver.expectTidy();
}

describe('a site on SQLite that is killed', () => {
  beforeAll(async () => void (saver = await Saver.open({ FETCH_ALLOW: origin.allow })));
  afterAll(() => saver.close());

  test.each(POINTS)('at "%s" of a save goes on with nothing broken and nothing lost', dieAt);

  test.each<[Step, boolean]>([
    ['committing', false],
    ['committed', true],
  ])('at "%s" of a save that replaces an image has the old picture or the new, and the bytes of one', replaceAt);
});

async function replaceAt(point: Step, isNew: boolean) {
  const title = `replaced when ${point}`;
  const old = await saver.form(title, 150 + placeOf(point));
  await old.send();
  await until('its tiers', () => saver.ledger.settled());
  const [was] = await saver.ledger.saved(title);
  const sent = await saver.form(title, 170 + placeOf(point), '', {
    duplicate: 'replace',
    replace: was?.id,
    once: point,
  });
  await saver.site.arm(point);
  await sent.send();
  await saver.site.dead;
  expect(await saver.ledger.faults()).toEqual([]);
  const before = await saver.ledger.saved(title);
  expect(before).toMatchObject([{ id: was?.id }]);
  expect(before[0]?.original !== was?.original).toBe(isNew);
  await saver.startAgain();
  await saver.expectWhole(sent, true);
  const [is] = await saver.ledger.saved(title);
  expect({ id: is?.id, isNew: is?.original !== was?.original }).toEqual({ id: was?.id, isNew: true });
  await saver.expectTidy();
}

describe('a site on PostgreSQL that is killed', () => {
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await freshDatabase('postgres');
    drop = () => database.drop();
    saver = await Saver.open({ FETCH_ALLOW: origin.allow, DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await saver.close();
    await drop();
  });

  test.each<[Step, boolean]>([
    ['stored', false],
    ['committed', true],
    ['tiers_stored', true],
  ])('at "%s" of a save goes on with nothing broken and nothing lost', dieAt);
});
