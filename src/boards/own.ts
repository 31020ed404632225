import type { Db } from '../db/index.ts';
import type { Reader } from '../images/index.ts';
import { asBoard, type Board, type BoardRow } from './board.ts';
import { forEach, selectBoards } from './select.ts';

const deleted = forEach<BoardRow & { deleted_at: number }>((who) =>
  selectBoards(who, 'WHERE b.owner_id = @reader AND b.deleted_at IS NOT NULL ORDER BY b.deleted_at DESC LIMIT 100', {
    more: () => ', b.deleted_at',
  }),
);

/** The boards that somebody deleted a while ago and can take back, the last one first. */
export async function deletedBoards(
  db: Db,
  reader: Reader & { id: number },
): Promise<(Board & { deletedAt: number })[]> {
  const rows = await deleted.members.all(db, { reader: reader.id });
  return rows.map((row) => ({ ...asBoard(reader, row), deletedAt: Number(row.deleted_at) }));
}

/** Own boards in which another own one could lie: those that lie in none. */
export async function parentChoices(
  db: Db,
  ownerId: number,
  boardId: number,
): Promise<{ slug: string; title: string }[]> {
  return db('boards')
    .where({ owner_id: ownerId, parent_id: null, deleted_at: null })
    .whereNot({ id: boardId })
    .orderBy('title')
    .orderBy('id')
    .select('slug', 'title');
}
