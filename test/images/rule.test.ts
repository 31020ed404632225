import * as fc from 'fast-check';
import type { Db } from '../../src/db/index.ts';
import { Refusal } from '../../src/errors.ts';
import { listNames, listsOf } from '../../src/images/counts.ts';
import { placedOf } from '../../src/images/hold.ts';
import { editImage, findImage, maySee, purgeBin, setBinned, type Reader } from '../../src/images/index.ts';
import { reachOf } from '../../src/images/visible.ts';
import { VISIBILITIES, type Visibility } from '../../src/lib/visibility.ts';
import { setLiked } from '../../src/social/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { plantMember } from '../support/plant.ts';
import { nowhere, save } from '../support/saved-rows.ts';

/** What one may not see one cannot like. */
const hidden = (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
};

type Act =
  | { do: 'save'; owner: number; visibility: Visibility; showName: boolean }
  | { do: 'edit'; which: number; visibility: Visibility; showName: boolean }
  | { do: 'bin' | 'restore'; which: number }
  | { do: 'like'; which: number; liker: number; on: boolean }
  | { do: 'purge' };

const visibility = fc.constantFrom(...VISIBILITIES);
const which = fc.nat(9);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('save' as const), owner: fc.nat(1), visibility, showName: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), which, visibility, showName: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('bin' as const, 'restore' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('like' as const), which, liker: fc.nat(1), on: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('purge' as const) }) },
);

eachDatabase((open, dialect) => {
  let db: Db;
  let owners: [number, number];

  beforeAll(async () => {
    db = await open();
    owners = [await plantMember(db, 'ann'), await plantMember(db, 'bob')];
  });

  async function perform(step: Act) {
    if (step.do === 'save') return void (await save(db, owners[step.owner] ?? 0, step.visibility, step.showName));
    if (step.do === 'purge') return void (await purgeBin(db, nowhere, 0));
    const images = await db('images').orderBy('id').select('id', 'owner_id', 'binned_at');
    const image = images[step.which % (images.length || 1)];
    if (!image) return;
    const [owner, id] = [Number(image.owner_id), Number(image.id)];
    if (step.do === 'like')
      return void (await setLiked(db, { id: owners[step.liker] ?? 0 }, id, step.on).catch(hidden));
    if (step.do !== 'edit') return setBinned(db, owner, id, step.do === 'bin', 1);
    const { visibility, showName } = step;
    const edited = editImage(db, owner, id, { visibility, showName });
    await (image.binned_at === null ? edited : edited.catch(() => {}));
  }

  const all = async () => (await db('images').select()).map((row) => ({ ...placedOf(row), reach: Number(row.reach) }));

  /** What `list_counts` should hold, counted one by one. */
  async function countedByHand() {
    const counts: Record<string, number> = {};
    const count = (list: string, at: number) => {
      for (const [shift, bucket] of [
        [8, Math.floor(at / 256)],
        [16, Math.floor(at / 65_536)],
        [62, 0],
      ]) {
        const key = `${list} ${shift} ${bucket}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
    };
    const images = new Map((await all()).map((image) => [image.id, image]));
    for (const image of images.values()) for (const list of listsOf(image)) count(list, image.id);
    for (const { id, account_id, image_id } of await db('likes')) {
      const image = images.get(Number(image_id));
      if (image && maySee({ id: Number(account_id) }, image)) count(listNames.liked(Number(account_id)), Number(id));
    }
    return counts;
  }

  test('the kept counts are what one would count, whatever was saved, liked, changed, binned, taken back and purged', async () => {
    const run = async (acts: Act[]) => {
      for (const step of acts) await perform(step);
      const rows = await db('list_counts').where('n', '<>', 0);
      const kept = Object.fromEntries(
        rows.map((row) => [`${row.list} ${row.shift} ${Number(row.bucket)}`, Number(row.n)]),
      );
      expect(kept).toEqual(await countedByHand());
    };
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 15 }), run), {
      numRuns: dialect === 'sqlite' ? 25 : 15,
    });
  });

  test('the rule as a predicate and the rule in SQL let the same people see the same images', async () => {
    for (const visibility of VISIBILITIES)
      for (const owner of owners)
        for (const [binned, disabled] of [
          [false, false],
          [true, false],
          [false, true],
          [true, true],
        ]) {
          const id = await save(db, owner, visibility, true);
          await db('images')
            .where({ id })
            .update({ binned_at: binned ? 1 : null, owner_disabled: disabled });
        }
    const readers: Reader[] = [
      { id: null },
      ...owners.map((id) => ({ id, role: 'member' as const })),
      { id: 999, role: 'moderator' },
      { id: 998, role: 'admin' },
    ];
    for (const image of await all()) {
      expect(image.reach).toBe(reachOf(image));
      for (const reader of readers) {
        const found = await findImage(db, reader, image.id).then(
          () => true,
          () => false,
        );
        expect([reader, image, found]).toEqual([reader, image, maySee(reader, image)]);
      }
    }
  });
});
