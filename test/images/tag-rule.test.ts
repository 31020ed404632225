import { placedOf } from '../../src/images/hold.ts';
import * as fc from 'fast-check';
import type { Db } from '../../src/db/index.ts';
import { readShelf, tagShelf } from '../../src/feed/index.ts';
import {
  changeOwnTag,
  editImage,
  findTag,
  finishRetagging,
  foldTag,
  makeAlias,
  maySee,
  purgeBin,
  readOwnTags,
  readTagList,
  setBinned,
  type Reader,
} from '../../src/images/index.ts';
import { Refusal } from '../../src/errors.ts';
import { VISIBILITIES, type Visibility } from '../../src/lib/visibility.ts';
import { setOutOfSight } from '../../src/moderation/sight.ts';
import { eachDatabase } from '../support/databases.ts';
import { plantMember } from '../support/plant.ts';
import { nowhere, save } from '../support/saved-rows.ts';

const NAMES = ['Owl', 'owl', 'night sky', '🐦', 'blue', '東京'];

type Act =
  | { do: 'save'; who: number; visibility: Visibility; named: boolean; tags: string[] }
  | { do: 'edit'; which: number; visibility: Visibility; tags: string[] | null }
  | { do: 'bin' | 'restore'; which: number }
  | { do: 'purge' }
  | { do: 'disable'; who: number; disabled: boolean }
  | { do: 'change'; who: number; tag: string; to: string | null }
  | { do: 'alias'; tag: string; to: string };

const visibility = fc.constantFrom(...VISIBILITIES);
const [which, who, tag] = [fc.nat(20), fc.nat(2), fc.constantFrom(...NAMES)];
const tags = fc.uniqueArray(tag, { maxLength: 3, selector: foldTag });
const is = <T extends string>(...names: T[]) => fc.constantFrom(...names);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: is('save'), who, visibility, named: fc.boolean(), tags }) },
  { weight: 5, arbitrary: fc.record({ do: is('edit'), which, visibility, tags: fc.option(tags) }) },
  { weight: 3, arbitrary: fc.record({ do: is('bin', 'restore', 'restore'), which }) },
  { weight: 1, arbitrary: fc.record({ do: is('purge') }) },
  { weight: 2, arbitrary: fc.record({ do: is('disable'), who, disabled: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: is('change'), who, tag, to: fc.option(tag) }) },
  { weight: 1, arbitrary: fc.record({ do: is('alias'), tag, to: tag }) },
);

eachDatabase((open) => {
  let db: Db;
  let people: number[];
  /** The folded tags of every image, and which name leads to which, kept by hand. */
  let model: Map<number, Set<string>>;
  let aliases: Map<string, string>;

  beforeEach(async () => {
    db = await open();
    people = [await plantMember(db, 'ann'), await plantMember(db, 'bob'), await plantMember(db, 'cat')];
    model = new Map();
    aliases = new Map();
  });

  const leads = (name: string) => aliases.get(foldTag(name)) ?? foldTag(name);
  const allImages = async () => (await db('images').orderBy('id').select()).map(placedOf);

  const swap = (set: Set<string>, from: string, to: string | null) => {
    if (set.delete(from) && to !== null) set.add(to);
  };

  async function perform(act: Act) {
    const images = await allImages();
    const image = 'which' in act ? images[act.which % Math.max(1, images.length)] : undefined;
    const person = 'who' in act ? (people[act.who] ?? 0) : 0;
    if (act.do === 'save') {
      const id = await save(db, person, act.visibility, act.named, act.tags);
      model.set(id, new Set(act.tags.map(leads)));
    } else if (act.do === 'edit' && image && !image.binned) {
      await editImage(db, image.ownerId, image.id, { visibility: act.visibility, tags: act.tags ?? undefined });
      if (act.tags) model.set(image.id, new Set(act.tags.map(leads)));
    } else if ((act.do === 'bin' || act.do === 'restore') && image) {
      await setBinned(db, image.ownerId, image.id, act.do === 'bin');
    } else if (act.do === 'purge') {
      await purgeBin(db, nowhere, 0);
      const left = new Set((await allImages()).map(({ id }) => id));
      for (const id of model.keys()) if (!left.has(id)) model.delete(id);
    } else if (act.do === 'disable') {
      await db.transaction((trx) => setOutOfSight(trx, person, act.disabled));
    } else if (act.do === 'change') {
      const from = foldTag(act.tag);
      const to = act.to === null ? null : leads(act.to);
      if ((await changeOwnTag(db, person, act.tag, act.to)) === null || to === from) return;
      for (const { id, ownerId } of images) if (ownerId === person) swap(model.get(id) ?? new Set(), from, to);
    } else if (act.do === 'alias') await alias(act.tag, act.to);
  }

  async function alias(name: string, tag: string) {
    const [key, to] = [foldTag(name), leads(tag)];
    const old = await db('tags').where({ name_key: key }).first('id');
    const done = await makeAlias(db, name, tag).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal) return false;
        throw error;
      },
    );
    expect([name, tag, done]).toEqual([name, tag, key !== foldTag(tag) && key !== to]);
    if (!done) return;
    if (old) await finishRetagging(db, { owner: null, from: Number(old.id), to: tag });
    for (const [other, target] of aliases) if (target === key) aliases.set(other, to);
    aliases.set(key, to);
    for (const set of model.values()) swap(set, key, to);
  }

  async function check() {
    const images = await allImages();
    const readers: Reader[] = [{ id: null }, ...people.map((id) => ({ id }))];
    const keys = [...new Set(NAMES.map(foldTag))];
    for (const reader of readers) {
      const by = (key: string) =>
        images.filter((image) => maySee(reader, image) && model.get(image.id)?.has(key)).map(({ id }) => id);
      for (const name of keys) {
        const found = await findTag(db, reader, name);
        const ids = by(leads(name)).reverse();
        expect([reader, name, found?.images ?? 0]).toEqual([reader, name, ids.length]);
        if (!found) continue;
        const shelf = tagShelf(found.id, 2);
        const seen: number[] = [];
        let after: string | null = null;
        do {
          const page = await readShelf(db, reader, shelf, { page: null, after });
          seen.push(...page.images.map(({ id }) => id));
          expect(page.total).toBe(ids.length);
          after = page.next;
        } while (after);
        expect(seen).toEqual(ids);
        const second = await readShelf(db, reader, shelf, { page: '2', after: null });
        expect(second.images.map(({ id }) => id)).toEqual(ids.slice(2, 4));
      }
      const others: Reader = reader.id === null ? reader : { id: -1 };
      const shared = keys.filter((key) =>
        images.some((image) => maySee(others, image) && model.get(image.id)?.has(key)),
      );
      const { tags } = await readTagList(db, reader, { after: null });
      expect(tags.map(({ name, images: n }) => [foldTag(name), n])).toEqual(
        shared.sort(byCodePoints).map((key) => [key, by(key).length]),
      );
      if (reader.id === null) continue;
      const own = (key: string) =>
        images.filter(({ id, ownerId, binned }) => ownerId === reader.id && !binned && model.get(id)?.has(key)).length;
      const mine = await readOwnTags(db, reader.id, { after: null });
      expect(mine.tags.map(({ name, images: n }) => [foldTag(name), n])).toEqual(
        keys
          .filter((key) => own(key) > 0)
          .sort(byCodePoints)
          .map((key) => [key, own(key)]),
      );
    }
  }

  test('whatever happens to images, everybody finds by a tag what they may see, and it is counted so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 35, size: 'max' }), async (acts) => {
        await db('images').delete();
        await db('tags').delete();
        await db('list_counts').delete();
        model.clear();
        aliases.clear();
        for (const id of people) await db.transaction((trx) => setOutOfSight(trx, id, false));
        for (const one of acts) await perform(one);
        await check();
      }),
      { numRuns: 4 },
    );
  });

  test('two who change the same tags at once wait for each other, and the counts are right', async () => {
    const [ann = 0, bob = 0] = people;
    const all = ['owl', 'blue', 'night sky'];
    for (const id of [ann, bob, ann, bob]) model.set(await save(db, id, 'public', true, all), new Set(all));
    const images = await allImages();
    await Promise.all(
      images.flatMap(({ id, ownerId }) => [
        editImage(db, ownerId, id, { tags: ['blue', 'owl'] }),
        editImage(db, ownerId, id, { visibility: 'members' }),
      ]),
    );
    for (const set of model.values()) set.delete('night sky');
    await check();
    await Promise.all([
      changeOwnTag(db, ann, 'owl', '東京'),
      changeOwnTag(db, bob, 'blue', '東京'),
      changeOwnTag(db, bob, 'owl', 'blue'),
      ...images.map(({ id, ownerId }) => editImage(db, ownerId, id, { visibility: 'public' })),
    ]);
    const held = await db('image_tags as it')
      .join('tags as t', 't.id', 'it.tag_id')
      .select('it.image_id', 't.name_key');
    model = new Map(images.map(({ id }) => [id, new Set<string>()]));
    for (const { image_id, name_key } of held) model.get(Number(image_id))?.add(name_key);
    expect([...(model.get(images[0]?.id ?? 0) ?? [])].sort()).toEqual(['blue', '東京']);
    await check();
  });
});

const byCodePoints = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
