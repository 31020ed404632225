import { query, type Db } from '../db/index.ts';

/** Follows a board, or no longer; doing either twice is doing it once. Answers how many follow it. */
export async function followBoard(db: Db, followerId: number, boardId: number, follow: boolean, now = Date.now()) {
  return db.transaction(async (trx) => {
    const row = { follower_id: followerId, board_id: boardId };
    const changed = follow
      ? (
          await trx('board_follows')
            .insert({ ...row, created_at: now })
            .onConflict(['follower_id', 'board_id'])
            .ignore()
            .returning('board_id')
        ).length
      : await trx('board_follows').where(row).delete();
    if (changed > 0)
      await trx('boards')
        .where({ id: boardId })
        .increment('followers', follow ? 1 : -1);
    const board = await trx('boards').where({ id: boardId }).first('followers');
    return { following: follow, followers: Number(board?.followers ?? 0) };
  });
}

const AT_ONCE = 500;
const unfollow = query<{ board_id: number }>(`
  DELETE FROM board_follows WHERE follower_id = ?
    AND board_id IN (SELECT board_id FROM board_follows WHERE follower_id = ? LIMIT ${AT_ONCE}) RETURNING board_id`);

/** Takes back all that somebody follows, in small steps, with the counts that the boards have of it. */
export async function unfollowAll(db: Db, accountId: number) {
  for (let left = true; left;)
    left = await db.transaction(async (trx) => {
      const ids = (await unfollow.all(trx, [accountId, accountId])).map(({ board_id }) => Number(board_id));
      for (const id of ids.sort((a, b) => a - b)) await trx('boards').where({ id }).decrement('followers', 1);
      return ids.length > 0;
    });
}
