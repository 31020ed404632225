import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../../src/errors.ts';
import { diskStorage } from '../../src/storage/disk.ts';
import { BEGINNINGS, createPlaces, moveUnder, newKey, type Member, type Storage } from '../../src/storage/index.ts';
import { ringStorage } from '../../src/storage/ring/index.ts';
import { createRing } from '../../src/storage/ring/points.ts';
import { kept, readAll, written } from './contract.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ring-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const away = async () => {
  throw new Refusal(503, 'store_away', 'storage.away', { retryAfter: 30 });
};

/** Nothing can be had of it, as when its server is not there. */
const gone = (storage: Storage): Storage => ({
  ...storage,
  keep: away,
  read: away,
  local: away,
  size: away,
  list: away,
  remove: away,
});

function member(name: string, more: Partial<Member> = {}): Member {
  const dir = join(folder, name);
  return { name, leaving: false, storage: diskStorage({ dir, temporaryDir: join(dir, '.temporary') }), ...more };
}

const members = (...names: string[]) => names.map((name) => member(name));

/** A key that belongs to the store of this name. */
function keyFor(name: string, among: readonly Member[]): string {
  const places = createPlaces(among);
  for (;;) {
    const key = newKey();
    if (places.order(key)[0]?.name === name) return key;
  }
}

const KEYS = Array.from({ length: 20_000 }, () => newKey());

describe('where keys belong', () => {
  const shares = (ring: ReturnType<typeof createRing>, keys: readonly string[] = KEYS) => {
    const count = new Map<string, number>();
    for (const key of keys) count.set(ring(key)[0] ?? '', (count.get(ring(key)[0] ?? '') ?? 0) + 1);
    return count;
  };

  test.each([
    ['folders', ['file:/disk1', 'file:/disk2', 'file:/disk3', 'file:/disk4']],
    ['buckets', ['a', 'b', 'c', 'd'].map((name) => `s3+https://s3.example.org/${name}`)],
    ['of both kinds', ['file:DATA_DIR/media', 'file:/srv/b', 's3+http://store:8080/pictures', 's3+http://other/p']],
  ])('four stores get shares within 10 %% of even: %s', (_, names) => {
    const found = shares(createRing(names));
    for (const name of names) expect(Math.abs((found.get(name) ?? 0) / (KEYS.length / 4) - 1)).toBeLessThan(0.1);
  });

  test('a fifth store takes a fifth, evenly of all others, and nothing moves between those', () => {
    const four = ['one', 'two', 'three', 'four'];
    const [before, after] = [createRing(four), createRing([...four, 'five'])];
    const moved = KEYS.filter((key) => before(key)[0] !== after(key)[0]);
    expect(moved.every((key) => after(key)[0] === 'five')).toBe(true);
    expect(Math.abs(moved.length / (KEYS.length / 5) - 1)).toBeLessThan(0.1);
    for (const count of shares(before, moved).values())
      expect(Math.abs(count / (moved.length / 4) - 1)).toBeLessThan(0.25);
  });

  test('the order in which STORAGE names them does not count', () => {
    const [one, other] = [createRing(['a', 'b', 'c']), createRing(['c', 'a', 'b'])];
    expect(KEYS.every((key) => one(key).join() === other(key).join())).toBe(true);
  });

  test('what lies in one folder, as the tiers of an image do, is spread all the same', () => {
    const first = newKey();
    const beside = Array.from({ length: 400 }, () => newKey(first));
    expect(shares(createRing(['a', 'b', 'c', 'd']), beside).size).toBe(4);
  });

  test('every store is named once for a key', () => {
    const ring = createRing(['a', 'b', 'c']);
    expect(KEYS.slice(0, 100).every((key) => new Set(ring(key)).size === 3 && ring(key).length === 3)).toBe(true);
  });
});

describe('several stores as one', () => {
  test('what is new goes where it belongs', async () => {
    const all = members('a', 'b', 'c');
    const storage = ringStorage(all);
    const key = await kept(storage, 'x', keyFor('b', all));
    expect(await Promise.all(all.map((one) => one.storage.size(key)))).toEqual([null, 1, null]);
    expect(await storage.pathOf(key)).toBe(join(folder, 'b', key));
  });

  test('while a store is away, what is new goes to the next one, and is found there also when it is back', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = keyFor('a', [a, b]);
    await kept(ringStorage([{ ...a, storage: gone(a.storage) }, b]), 'x', key);
    expect(await b.storage.size(key)).toBe(1);
    expect(await readAll(ringStorage([a, b]), key)).toBe('x');
  });

  test('a store that is away is not asked again and again for what is new', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    let asked = 0;
    const keep = () => (asked++, away());
    const storage = ringStorage([{ ...a, storage: { ...gone(a.storage), keep } }, b]);
    for (let n = 0; n < 5; n++) await kept(storage, 'x', keyFor('a', [a, b]));
    expect(asked).toBe(1);
  });

  test('a full store is passed over as well; when all are, that is said', async () => {
    const full = async () => {
      throw new Refusal(507, 'disk_full', 'storage.disk_full');
    };
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = keyFor('a', [a, b]);
    const aFull = { ...a, storage: { ...a.storage, keep: full } };
    await kept(ringStorage([aFull, b]), 'x', key);
    expect(await b.storage.size(key)).toBe(1);
    const none = ringStorage([aFull, { ...b, storage: { ...b.storage, keep: full } }]);
    await expect(none.keep(newKey(), await written(none, 'x'))).rejects.toMatchObject({ status: 507 });
  });

  test('what is nowhere is missing only where all stores could be asked', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = keyFor('a', [a, b]);
    const storage = ringStorage([a, { ...b, storage: gone(b.storage) }]);
    await expect(storage.read(key)).rejects.toMatchObject({ status: 503, retryAfter: 30 });
    await expect(storage.size(key)).rejects.toMatchObject({ status: 503 });
    await kept(a.storage, 'here', key);
    expect(await readAll(storage, key)).toBe('here');
  });

  test('what is removed goes from every store that has it; one that is away makes that fail, after the others', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = await kept(a.storage, 'x');
    await kept(b.storage, 'x', key);
    await expect(ringStorage([a, { ...b, storage: gone(b.storage) }]).remove(key)).rejects.toMatchObject({
      status: 503,
    });
    expect(await a.storage.size(key)).toBeNull();
    await ringStorage([a, b]).remove(key);
    expect(await b.storage.size(key)).toBeNull();
  });

  test('a store that leaves is read and gets nothing', async () => {
    const [a, old] = [member('a'), member('old', { leaving: true })];
    const storage = ringStorage([a, old]);
    const before = await kept(old.storage, 'before');
    expect(await readAll(storage, before)).toBe('before');
    for (let n = 0; n < 20; n++) expect(await a.storage.size(await kept(storage, 'x'))).toBe(1);
  });

  test('what is moved while it is looked for is found', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = keyFor('a', [a, b]);
    await kept(b.storage, 'x', key);
    const slow: Storage = {
      ...b.storage,
      async read(...of) {
        await moveUnder([a, b], createPlaces([a, b]), key.slice(0, 2));
        return b.storage.read(...of);
      },
    };
    expect(await readAll(ringStorage([a, { ...b, storage: slow }]), key)).toBe('x');
  });
});

describe('moving what is not in its place', () => {
  const moveAll = async (all: readonly Member[], places = createPlaces(all)) => {
    const total = { files: 0, bytes: 0, conflicts: [] as string[] };
    for (const beginning of BEGINNINGS) {
      const { files, bytes, conflicts } = await moveUnder(all, places, beginning);
      total.files += files;
      total.bytes += bytes;
      total.conflicts.push(...conflicts);
    }
    return total;
  };

  test('a fifth store gets what belongs to it, and everything is found before, after, and by whoever has not heard of it', async () => {
    const four = members('a', 'b', 'c', 'd');
    const storage = ringStorage(four);
    const keys = await Promise.all(Array.from({ length: 200 }, (_, n) => kept(storage, `number ${n}`)));
    const five = [...four, member('e')];
    const wider = ringStorage(five);
    const all = async () => Promise.all(keys.map((key) => readAll(wider, key)));
    const expected = keys.map((_, n) => `number ${n}`);
    expect(await all()).toEqual(expected);
    const belong = keys.filter((key) => createPlaces(five).order(key)[0]?.name === 'e');
    const moved = await moveAll(five);
    expect(moved).toMatchObject({ files: belong.length, conflicts: [] });
    expect(await all()).toEqual(expected);
    expect(await moveAll(five)).toMatchObject({ files: 0, bytes: 0 });
    expect((await Promise.all(belong.map((key) => five[4]?.storage.size(key)))).every((size) => size !== null)).toBe(
      true,
    );
  });

  test('it goes on after it was ended between copy and removal: nothing is lost or there twice', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = keyFor('a', [a, b]);
    await kept(b.storage, 'x', key);
    const dies: Storage = { ...b.storage, remove: async () => Promise.reject(new Error('killed')) };
    await expect(moveAll([a, { ...b, storage: dies }])).rejects.toThrow('killed');
    expect(await readAll(ringStorage([a, b]), key)).toBe('x');
    expect(await moveAll([a, b])).toMatchObject({ files: 1 });
    expect([await a.storage.size(key), await b.storage.size(key)]).toEqual([1, null]);
  });

  test('what is removed while it is being copied stays removed', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = keyFor('a', [a, b]);
    await kept(b.storage, 'x', key);
    const slow: Storage = {
      ...a.storage,
      async keep(...of) {
        await ringStorage([a, b]).remove(key);
        await a.storage.keep(...of);
      },
    };
    const racing = [{ ...a, storage: slow }, b];
    expect(await moveAll(racing)).toMatchObject({ files: 0 });
    expect([await a.storage.size(key), await b.storage.size(key)]).toEqual([null, null]);
  });

  test('other bytes where it belongs are named, and both are left as they are', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = keyFor('a', [a, b]);
    await kept(a.storage, 'other', key);
    await kept(b.storage, 'x', key);
    expect(await moveAll([a, b])).toEqual({ files: 0, bytes: 0, conflicts: [key] });
    expect([await a.storage.size(key), await b.storage.size(key)]).toEqual([5, 1]);
  });

  test('a store that is away ends it with that sentence, and nothing is lost', async () => {
    const [a, b] = members('a', 'b') as [Member, Member];
    const key = await kept(b.storage, 'x', keyFor('a', [a, b]));
    await expect(moveAll([{ ...a, storage: gone(a.storage) }, b])).rejects.toMatchObject({ status: 503 });
    expect(await b.storage.size(key)).toBe(1);
  });
});
