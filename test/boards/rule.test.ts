import { placedOf } from '../../src/images/hold.ts';
import * as fc from 'fast-check';
import {
  allBoards,
  boardsOf,
  createBoard,
  editBoard,
  moveOnBoard,
  putOnBoard,
  readBoards,
  setDeleted,
  takeOffBoard,
  type Move,
} from '../../src/boards/index.ts';
import type { Db } from '../../src/db/index.ts';
import { Refusal } from '../../src/errors.ts';
import { boardShelf, readShelf, type ImagePage } from '../../src/feed/index.ts';
import { editImage, maySee, purgeBin, setBinned, type Reader } from '../../src/images/index.ts';
import { VISIBILITIES, type Visibility } from '../../src/lib/visibility.ts';
import { setOutOfSight } from '../../src/moderation/sight.ts';
import { eachDatabase } from '../support/databases.ts';
import { plantMember } from '../support/plant.ts';
import { nowhere, save } from '../support/saved-rows.ts';

type Act =
  | { do: 'save'; who: number; visibility: Visibility; showName: boolean }
  | { do: 'edit'; which: number; visibility: Visibility; showName: boolean }
  | { do: 'bin' | 'restore'; which: number }
  | { do: 'purge' }
  | { do: 'disable'; who: number; disabled: boolean }
  | { do: 'put' | 'take'; who: number; board: number; which: number }
  | { do: 'step'; who: number; board: number; which: number; step: 'top' | 'up' | 'down' | 'bottom' }
  | { do: 'side'; who: number; board: number; which: number; other: number; side: 'above' | 'below' }
  | { do: 'board'; board: number; visibility: Visibility }
  | { do: 'delete'; board: number; deleted: boolean };

const visibility = fc.constantFrom(...VISIBILITIES);
const [which, who, worker, board] = [fc.nat(30), fc.nat(2), fc.constantFrom(0, 0, 1, 1, 2), fc.nat(2)];
const is = <T extends string>(...names: T[]) => fc.constantFrom(...names);
const seldom = fc.constantFrom(true, false, false, false);
const at = { who: worker, board, which };
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: is('save'), who, visibility, showName: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: is('edit'), which, visibility, showName: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: is('bin', 'restore', 'restore'), which }) },
  { weight: 1, arbitrary: fc.record({ do: is('purge') }) },
  { weight: 2, arbitrary: fc.record({ do: is('disable'), who, disabled: seldom }) },
  { weight: 12, arbitrary: fc.record({ do: is('put'), ...at }) },
  { weight: 1, arbitrary: fc.record({ do: is('take'), ...at }) },
  { weight: 12, arbitrary: fc.record({ do: is('step'), ...at, step: is('top', 'up', 'down', 'bottom') }) },
  { weight: 12, arbitrary: fc.record({ do: is('side'), ...at, other: which, side: is('above', 'below') }) },
  { weight: 1, arbitrary: fc.record({ do: is('board'), board, visibility }) },
  { weight: 2, arbitrary: fc.record({ do: is('delete'), board, deleted: seldom }) },
);

interface Spot {
  image: number;
  addedBy: number;
}

/** What a board is, kept by hand: who works on it, and what stands there, first thing first. */
interface Model {
  id: number;
  owner: number;
  people: number[];
  spots: Spot[];
}

eachDatabase((open, dialect) => {
  let db: Db;
  let people: number[];
  let boards: Model[];
  let images: Map<number, Awaited<ReturnType<typeof allImages>>[number]>;

  beforeAll(async () => {
    db = await open();
    people = [await plantMember(db, 'ann'), await plantMember(db, 'bob'), await plantMember(db, 'cat')];
    const [ann = 0, bob = 0] = people;
    boards = [];
    for (const [owner, visibility, works] of [
      [ann, 'members', [bob]],
      [bob, 'public', []],
      [ann, 'private', [bob]],
    ] as const) {
      const id = await createBoard(db, owner, { title: 'Board', description: '', visibility });
      for (const account_id of works)
        await db('board_members').insert({ board_id: id, account_id, invited_at: 1, accepted_at: 1 });
      boards.push({ id, owner, people: [owner, ...works], spots: [] });
    }
    // The people came by hand: so does their share of the counts.
    for (const bucket of [8, 16, 62])
      await db('list_counts').insert({ list: `boards:own:${bob}`, shift: bucket, bucket: 0, n: 1 });
  });

  const allImages = async () => (await db('images').orderBy('id').select()).map(placedOf);

  /** The rule, in words of its own. */
  function finds(reader: Reader, { owner }: Model, { image: id, addedBy }: Spot): boolean {
    const image = images.get(id);
    if (!image || !maySee(reader, image)) return false;
    const underName = image.ownerId === owner || image.ownerId === addedBy;
    return image.showName || !underName || image.ownerId === reader.id;
  }

  const seenBy = (reader: Reader, model: Model) =>
    model.spots.filter((spot) => finds(reader, model, spot)).map(({ image }) => image);

  async function tried(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  async function perform(step: Act) {
    const list = [...images.values()];
    const which = 'which' in step ? step.which : 0;
    const image = 'which' in step ? list[which % (list.length || 1)] : undefined;
    const person = 'who' in step ? (people[step.who] ?? 0) : 0;
    const model = 'board' in step ? boards[step.board] : undefined;
    if (step.do === 'save') await save(db, person, step.visibility, step.showName);
    else if (step.do === 'purge') await purgeBin(db, nowhere, 0);
    else if (step.do === 'disable') await db.transaction((trx) => setOutOfSight(trx, person, step.disabled));
    else if (step.do === 'edit' && image)
      await tried(editImage(db, image.ownerId, image.id, { visibility: step.visibility, showName: step.showName }));
    else if ((step.do === 'bin' || step.do === 'restore') && image)
      await setBinned(db, image.ownerId, image.id, step.do === 'bin', 1);
    else if (step.do === 'board' && model)
      await tried(editBoard(db, model.owner, model.id, { visibility: step.visibility }));
    else if (step.do === 'delete' && model) await setDeleted(db, model.owner, model.id, step.deleted, 1);
    else if (image && model) await arrange(step, person, model, step.do === 'put' ? image.id : onBoard(model, which));
  }

  /** Mostly one that stands there, now and then any. */
  const onBoard = ({ spots }: Model, which: number): number =>
    spots[which % (spots.length + 2)]?.image ?? [...images.keys()][which % images.size] ?? 0;

  async function arrange(step: Act, person: number, model: Model, image: number) {
    const row = await db('boards').where({ id: model.id }).first();
    const works = model.people.includes(person) && row.deleted_at === null && !row.owner_disabled;
    const spot = model.spots.find((one) => one.image === image);
    const seen = seenBy({ id: person }, model);
    if (step.do === 'put') {
      const own = images.get(image);
      const may = works && own && maySee({ id: person }, own);
      const named = own?.showName || own?.ownerId === person || model.owner === person;
      const done = await tried(putOnBoard(db, person, model.id, image));
      expect([step, done]).toEqual([step, Boolean(may && named)]);
      if (done && !spot) model.spots.unshift({ image, addedBy: person });
    } else if (step.do === 'take') {
      const done = await tried(takeOffBoard(db, person, model.id, image));
      expect([step, done]).toEqual([step, works && seen.includes(image)]);
      if (done) model.spots = model.spots.filter((one) => one !== spot);
    } else if (step.do === 'step' || step.do === 'side') {
      const other = step.do === 'side' ? onBoard(model, step.other) : 0;
      const move: Move = step.do === 'side' ? { side: step.side, other } : { step: step.step };
      const done = await tried(moveOnBoard(db, person, model.id, image, move));
      const stays = step.do === 'side' && other !== image && !seen.includes(other);
      expect([step, done]).toEqual([step, works && seen.includes(image) && !stays]);
      if (done && spot) moveByHand(model, spot, move, seen);
    }
  }

  /** The same move on the list that is kept by hand. */
  function moveByHand(model: Model, spot: Spot, move: Move, seen: readonly number[]) {
    const at = seen.indexOf(spot.image);
    const rest = model.spots.filter((one) => one !== spot);
    const put = (index: number) => (model.spots = [...rest.slice(0, index), spot, ...rest.slice(index)]);
    const indexOf = (image: number | undefined) => rest.findIndex((one) => one.image === image);
    if ('other' in move) {
      if (move.other !== spot.image) put(indexOf(move.other) + (move.side === 'below' ? 1 : 0));
    } else if (at > 0 && move.step === 'top') put(0);
    else if (at > 0 && move.step === 'up') put(indexOf(seen[at - 1]));
    else if (at < seen.length - 1 && move.step === 'bottom') put(rest.length);
    else if (at < seen.length - 1 && move.step === 'down') put(indexOf(seen[at + 1]) + 1);
  }

  async function checkShelves() {
    const readers: Reader[] = [{ id: null }, ...people.map((id) => ({ id })), { id: 999 }];
    for (const model of boards)
      for (const reader of readers) {
        const wanted = seenBy(reader, model);
        const shelf = boardShelf(model.id, 3);
        const [pages, after]: number[][] = [[], []];
        let next: string | null = null;
        for (let page = 1; page <= Math.ceil(wanted.length / 3) + 1; page += 1) {
          const found = await readShelf(db, reader, shelf, { page: String(page), after: null });
          expect([model.id, reader, page, found.total]).toEqual([model.id, reader, page, wanted.length]);
          pages?.push(...found.images.map(({ id }) => id));
          if (page > 1 && next === null) continue;
          const on: ImagePage = page === 1 ? found : await readShelf(db, reader, shelf, { page: null, after: next });
          after?.push(...on.images.map(({ id }) => id));
          next = on.next;
        }
        expect([model.id, reader, pages, after]).toEqual([model.id, reader, wanted, wanted]);
      }
  }

  async function checkLists() {
    const rows = await db('boards').orderBy('id', 'desc');
    const readers: Reader[] = [{ id: null }, ...people.map((id) => ({ id })), { id: 999 }];
    for (const reader of readers) {
      const sees = (row: (typeof rows)[number]) => {
        const works = boards.find(({ id }) => id === Number(row.id))?.people.includes(reader.id ?? 0);
        if (row.deleted_at !== null || row.owner_disabled) return false;
        return works || row.visibility === 'public' || (row.visibility === 'members' && reader.id !== null);
      };
      const found = await readBoards(db, reader, allBoards(reader), { page: '1', after: null });
      const wanted = rows.filter(sees).map(({ id }) => Number(id));
      expect([reader, found.boards.map(({ id }) => id), found.total]).toEqual([reader, wanted, wanted.length]);
      for (const one of found.boards) {
        const model = boards.find(({ id }) => id === one.id);
        const seen = model ? seenBy(reader, model) : [];
        expect([one.id, reader, one.images, seen.includes(one.cover?.id ?? 0)]).toEqual([
          one.id,
          reader,
          seen.length,
          seen.length > 0,
        ]);
      }
      for (const owner of people) {
        const page = await readBoards(db, reader, boardsOf(reader, owner), { page: '1', after: null });
        expect(page.total).toBe(page.boards.length);
      }
    }
  }

  test('whatever was saved, changed, put, moved and disabled: everybody finds on boards what they may, in order, and counts say so', async () => {
    const run = async (acts: Act[]) => {
      for (const step of acts) {
        images = new Map((await allImages()).map((image) => [image.id, image]));
        await perform(step);
      }
      images = new Map((await allImages()).map((image) => [image.id, image]));
      for (const model of boards) model.spots = model.spots.filter(({ image }) => images.has(image));
      await checkShelves();
      await checkLists();
    };
    images = new Map();
    const numRuns = dialect === 'sqlite' ? 15 : 8;
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 30, maxLength: 60 }), run), {
      numRuns,
      endOnFailure: true,
    });
  });
});
