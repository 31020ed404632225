import { dialectOf, type Db } from '../../src/db/index.ts';
import { findNear } from '../../src/images/admit/recognise.ts';
import { quarters } from '../../src/lib/likeness.ts';
import { eachDatabase } from '../support/databases.ts';
import { plantImages, plantMember } from '../support/plant.ts';

const HASH = '9c3a51e7d2084bf6';

/** The hash with so many bits turned, spread over it by a stride that meets each bit once. */
function turned(bits: number, stride: number): string {
  let value = BigInt(`0x${HASH}`);
  for (let n = 0; n < bits; n++) value ^= 1n << BigInt((7 + n * stride) % 64);
  return value.toString(16).padStart(16, '0');
}

/** Plants an image for each hash; answers their numbers. */
async function plant(db: Db, ownerId: number, hashes: readonly string[], binnedAt: number | null = null) {
  const ids = await plantImages(
    db,
    hashes.map(() => ({ ownerId, binnedAt })),
  );
  for (const [n, image_id] of ids.entries()) {
    const phash = hashes[n] ?? '';
    await db('images').where({ id: image_id }).update({ phash });
    await db('likeness').insert(
      quarters(phash).map((bits, quarter) => ({ image_id, owner_id: ownerId, quarter, bits })),
    );
  }
  return ids;
}

eachDatabase((open) => {
  let db: Db;
  let ann: number;
  let bob: number;
  beforeAll(async () => {
    db = await open();
    [ann, bob] = [await plantMember(db, 'ann'), await plantMember(db, 'bob')];
  });

  test('a member finds all their pictures whose hashes are up to 7 bits away, nearest first', async () => {
    const strides = [1, 3, 11, 17, 21, 29];
    const hashes = strides.flatMap((stride) => [7, 3, 0, 5].map((bits) => turned(bits, stride)));
    const far = await plant(db, ann, [turned(13, 3), turned(32, 1)]);
    const near = await plant(db, ann, hashes);
    const found = await findNear(db, ann, HASH);
    expect(new Set(found)).toEqual(new Set(near));
    expect(found.some((id) => far.includes(id))).toBe(false);
    const order = found.map((id) => [7, 3, 0, 5][near.indexOf(id) % 4]);
    expect(order).toEqual([...order].sort((a = 0, b = 0) => a - b));
  });

  test('by looking into the index at so many places, and never through all hashes', async () => {
    if (dialectOf(db) !== 'sqlite') return;
    const asked: { sql: string; bindings: unknown[] }[] = [];
    const note = (query: { sql: string; bindings: unknown[] }) => asked.push(query);
    db.on('query', note);
    await findNear(db, ann, HASH);
    db.removeListener('query', note);
    const [{ sql, bindings } = { sql: '', bindings: [] }] = asked;
    const plan: { detail: string }[] = await db.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings as string[]);
    const steps = plan.map(({ detail }) => detail);
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
    expect(
      steps.filter((step) => /SEARCH l USING .*INDEX .*owner_id=\? AND quarter=\? AND bits=\?/.test(step)),
    ).toHaveLength(4);
  });

  test('not those of others, not those in the bin, and none for a blank picture', async () => {
    await plant(db, bob, [HASH], 1);
    expect(await findNear(db, bob, HASH)).toEqual([]);
    await plant(db, bob, ['0000000000000000']);
    expect(await findNear(db, bob, '0000000000000001')).toEqual([]);
  });
});
