import type { Count, Db } from '../db/index.ts';
import { chunks } from '../lib/chunks.ts';
import type { Change, Placed } from './counts.ts';
import { reachOf } from './visible.ts';

/** Who finds an image where it was put: 2 everyone, 1 members, 0 its owner alone, -1 nobody, since it lies in the bin. */
export type Shown = 2 | 1 | 0 | -1;

/** `underName`: it stands under its owner's name there, as on a board of theirs; with the name off it is hidden from others. */
export function shownAt(image: Placed, underName: boolean): Shown {
  if (image.binned) return -1;
  return underName && !image.showName ? 0 : reachOf(image);
}

/** The counted lists of a place such as `board:7`: a member's view is `members` and what is theirs alone. */
export const placeLists = {
  everyone: (place: string) => `${place}:everyone`,
  members: (place: string) => `${place}:members`,
  own: (place: string, ownerId: number) => `${place}:own:${ownerId}`,
};

/** The lists in which an image that is shown so stands there. */
export function listsAt(place: string, ownerId: number, shown: Shown): string[] {
  if (shown === -1) return [];
  if (shown === 0) return [placeLists.own(place, ownerId)];
  return shown === 1 ? [placeLists.members(place)] : [placeLists.everyone(place), placeLists.members(place)];
}

/** A place in the lists of where it is. */
export interface Standing {
  place: string;
  at: number;
  ownerId: number;
  shown: Shown;
}

/** What counts where something stands (1), or no longer does (-1). */
export const countAt = ({ place, at, ownerId, shown }: Standing, n: 1 | -1): Count[] =>
  listsAt(place, ownerId, shown).map((list) => ({ list, at, n }));

export const boardPlace = (boardId: number) => `board:${boardId}`;

interface Row {
  board_id: number;
  image_id: number;
  position: number;
  under_name: boolean | number;
}

const AT_ONCE = 500;

/**
 * Keeps where images stand on boards in step with what becomes of them. The rows are the boards' own; who finds an image
 * there is written here, where it changes, so that no change of an image can forget it. The boards are held from here on:
 * whoever moves images on one meanwhile waits, and finds them as they are then.
 */
export async function restand(trx: Db, changes: readonly Change[]): Promise<Count[]> {
  const counts: Count[] = [];
  const changed = new Map<number, Change>();
  for (const change of changes) if (change[0] && shownDiffers(change[0], change[1])) changed.set(change[0].id, change);
  const ids = [...changed.keys()].sort((a, b) => a - b);
  await holdBoards(trx, ids);
  for (const some of chunks(ids, AT_ONCE)) {
    const rows: Row[] = await trx('board_images')
      .whereIn('image_id', some)
      .select('board_id', 'image_id', 'position', 'under_name');
    const moved = new Moved();
    for (const row of rows) {
      const [before, after] = changed.get(Number(row.image_id)) ?? [];
      if (before) counts.push(...moved.add(row, before, after ?? null));
    }
    await moved.write(trx);
  }
  return counts;
}

/** Whether anybody finds it elsewhere than before; under whose name it stands is looked at place by place. */
const shownDiffers = (before: Placed, after: Placed | null) =>
  after === null || [true, false].some((underName) => shownAt(before, underName) !== shownAt(after, underName));

/** Images by what they have become on boards: as many writes as there are ways to stand there. */
class Moved {
  readonly #ways = new Map<string, { shown: Shown; under_name: boolean; images: number[] }>();

  add(row: Row, before: Placed, after: Placed | null): Count[] {
    const underName = Boolean(row.under_name);
    const at = { place: boardPlace(Number(row.board_id)), at: Number(row.position), ownerId: before.ownerId };
    const left = countAt({ ...at, shown: shownAt(before, underName) }, -1);
    if (!after) return left;
    const shown = shownAt(after, underName);
    const key = `${shown} ${underName}`;
    const way = this.#ways.get(key) ?? { shown, under_name: underName, images: [] };
    this.#ways.set(key, way);
    way.images.push(before.id);
    return [...left, ...countAt({ ...at, shown }, 1)];
  }

  async write(trx: Db) {
    for (const { shown, under_name, images } of this.#ways.values())
      await trx('board_images').whereIn('image_id', images).where({ under_name }).update({ shown });
  }
}

/** Holds the boards that the images stand on, in one order everywhere. */
async function holdBoards(trx: Db, imageIds: readonly number[]) {
  const boards = new Set<number>();
  for (const some of chunks(imageIds, AT_ONCE)) {
    const found: number[] = await trx('board_images').whereIn('image_id', some).distinct().pluck('board_id');
    for (const id of found) boards.add(Number(id));
  }
  const sorted = [...boards].sort((a, b) => a - b);
  for (const some of chunks(sorted, AT_ONCE))
    await trx('boards').whereIn('id', some).orderBy('id').forUpdate().select('id');
}
