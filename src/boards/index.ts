import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';

/** The number of a member's own board; a Refusal on `board` when they have none of that name. */
export async function findOwnBoard(db: Db, ownerId: number, slug: string): Promise<number> {
  const board = await db('boards').where({ owner_id: ownerId, slug }).first('id');
  if (!board) throw new Refusal(422, 'unknown', 'field.board', { field: 'board' });
  return Number(board.id);
}

/** Puts an image at the end of a board; twice is once. */
export async function placeOnBoard(trx: Db, boardId: number, imageId: number, addedBy: number, now = Date.now()) {
  const [last] = await trx('board_images').where({ board_id: boardId }).max({ position: 'position' });
  const position = Number(last?.['position'] ?? 0) + 1;
  await trx('board_images')
    .insert({ board_id: boardId, image_id: imageId, position, added_by: addedBy, created_at: now })
    .onConflict(['board_id', 'image_id'])
    .ignore();
}

/** Removes somebody's boards with what stands on them, and their name from what they put on others'. */
export async function forget(db: Db, accountId: number): Promise<void> {
  await db('board_images').where({ added_by: accountId }).update({ added_by: null });
  await db('boards').where({ owner_id: accountId }).delete();
}
