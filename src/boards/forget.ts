import { countInLists, type Db } from '../db/index.ts';
import { boardPlace, placeLists } from '../images/index.ts';
import {
  boardLists,
  currentLists,
  holdBoard,
  holdIfThere,
  listsOf,
  moveBetween,
  peopleOf,
  type Held,
} from './counts.ts';
import { unfollowAll } from './follow.ts';

/** Removes for good the boards that were deleted longer than `trashMs` ago; answers how many. */
export async function purgeBoards(db: Db, trashMs: number, now = Date.now()): Promise<number> {
  const due: number[] = await db('boards')
    .where('deleted_at', '<', now - trashMs)
    .orderBy('id')
    .limit(500)
    .pluck('id');
  for (const id of due) await purge(db, Number(id), ({ deleted_at }) => deleted_at !== null);
  return due.length;
}

/** Removes a board with what stands on it, and every count of it, if it is there and to go as it stands now. */
async function purge(db: Db, id: number, wanted: (board: Held) => boolean) {
  await db.transaction(async (trx) => {
    const board = await holdIfThere(trx, id);
    if (!board || !wanted(board)) return;
    const counts = moveBetween(id, await currentLists(trx, board), []);
    const place = boardPlace(id);
    const owners: number[] = await trx('board_images').where({ board_id: id }).distinct().pluck('owner_id');
    const lists = [
      placeLists.members(place),
      placeLists.everyone(place),
      ...owners.map((owner) => placeLists.own(place, owner)),
    ];
    await trx('boards').where({ id }).delete();
    await countInLists(trx, counts);
    await trx('list_counts').whereIn('list', lists).delete();
  });
}

/** Removes somebody's boards with what stands on them, and their name from what they did on others'. */
export async function forget(db: Db, accountId: number): Promise<void> {
  await unfollowAll(db, accountId);
  const works: number[] = await db('board_members')
    .where({ account_id: accountId })
    .orderBy('board_id')
    .pluck('board_id');
  for (const id of works) await db.transaction((trx) => leave(trx, Number(id), accountId));
  await db('board_images').where({ added_by: accountId }).update({ added_by: null });
  const own: number[] = await db('boards').where({ owner_id: accountId }).orderBy('id').pluck('id');
  for (const id of own) await purge(db, Number(id), () => true);
  const { own: beside, ofOwner, ofToMembers, ofToAll } = boardLists;
  const lists = [beside, ofOwner, ofToMembers, ofToAll].map((name) => name(accountId));
  await db('list_counts').whereIn('list', lists).delete();
}

/** Takes somebody from those who work on a board, or were invited to; what they put there stays. */
export async function leave(trx: Db, boardId: number, accountId: number): Promise<boolean> {
  const board = await holdBoard(trx, boardId);
  const before = listsOf(board, await peopleOf(trx, boardId));
  const gone = await trx('board_members').where({ board_id: boardId, account_id: accountId }).delete();
  await countInLists(trx, moveBetween(boardId, before, listsOf(board, await peopleOf(trx, boardId))));
  return gone > 0;
}
