import type { Count, Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import type { Visibility } from '../lib/visibility.ts';

/** What decides which lists a board stands in. */
export interface Kept {
  id: number;
  owner_id: number;
  visibility: Visibility;
  deleted_at: number | null;
  owner_disabled: boolean | number;
}

/** Lists of boards in the order of their numbers, counted in `list_counts`. */
export const boardLists = {
  members: 'boards:members',
  everyone: 'boards:everyone',
  /** What somebody finds beside what all members do: private ones of theirs, and those they work on. */
  own: (accountId: number) => `boards:own:${accountId}`,
  ofOwner: (ownerId: number) => `boards:of:${ownerId}:own`,
  ofToMembers: (ownerId: number) => `boards:of:${ownerId}:members`,
  ofToAll: (ownerId: number) => `boards:of:${ownerId}:everyone`,
} as const;

/** Every list that a board stands in; `people` work on it beside its owner. */
export function listsOf(
  { owner_id, visibility, deleted_at, owner_disabled }: Kept,
  people: readonly number[],
): string[] {
  if (deleted_at !== null) return [];
  const owner = Number(owner_id);
  const { members, everyone, own, ofOwner, ofToMembers, ofToAll } = boardLists;
  if (owner_disabled) return [ofOwner(owner)];
  if (visibility === 'private') return [ofOwner(owner), ...[owner, ...people].map(own)];
  const shared = [ofOwner(owner), members, ofToMembers(owner)];
  return visibility === 'public' ? [...shared, everyone, ofToAll(owner)] : shared;
}

/** What a change of a board changes in lists: `before` and `after` are those that it stood and stands in. */
export const moveBetween = (at: number, before: readonly string[], after: readonly string[]): Count[] => [
  ...after.filter((list) => !before.includes(list)).map((list) => ({ list, at, n: 1 })),
  ...before.filter((list) => !after.includes(list)).map((list) => ({ list, at, n: -1 })),
];

/** Who works on a board beside its owner. */
export async function peopleOf(db: Db, boardId: number): Promise<number[]> {
  const ids: number[] = await db('board_members')
    .where({ board_id: boardId })
    .whereNotNull('accepted_at')
    .pluck('account_id');
  return ids.map(Number);
}

export interface Held extends Kept {
  parent_id: number | null;
  slug: string;
  title: string;
}

const HELD = ['id', 'owner_id', 'visibility', 'deleted_at', 'owner_disabled', 'parent_id', 'slug', 'title'] as const;

/** A board, held until the transaction ends: whoever orders it, or changes what stands on it, goes one after the other. */
export async function holdBoard(trx: Db, id: number): Promise<Held> {
  const board = await holdIfThere(trx, id);
  if (!board) throw notFound();
  return board;
}

export const holdIfThere = (trx: Db, id: number): Promise<Held | undefined> =>
  trx('boards')
    .where({ id })
    .forUpdate()
    .first(...HELD);

/** The lists that a held board stands in at the moment. */
export const currentLists = async (trx: Db, board: Kept): Promise<string[]> =>
  listsOf(board, await peopleOf(trx, Number(board.id)));
