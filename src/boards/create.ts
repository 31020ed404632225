import { ALL, countInLists, type Count, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import type { Visibility } from '../lib/visibility.ts';
import { boardLists, listsOf, moveBetween } from './counts.ts';
import { freeSlug, leaveSlug } from './slug.ts';

/** What a member says of a new board, checked. */
export interface NewBoard {
  title: string;
  description: string;
  visibility: Visibility;
}

/** Boards that one member may have. */
export const MAX_BOARDS = 2000;

/** Makes a board; answers its number. */
export const createBoard = (db: Db, ownerId: number, board: NewBoard, now = Date.now()): Promise<number> =>
  db.transaction(async (trx) => {
    const { id, counts } = await insertBoard(trx, ownerId, board, now);
    await countInLists(trx, counts);
    return id;
  });

/** Writes a new board; in which lists it counts is written by the caller. */
export async function insertBoard(
  trx: Db,
  ownerId: number,
  board: NewBoard,
  now: number,
): Promise<{ id: number; counts: Count[] }> {
  // Whoever leaves or is disabled at this moment waits, or is seen.
  const owner = await trx('accounts').where({ id: ownerId }).forShare().first('disabled_at');
  await refuseTooMany(trx, ownerId);
  const kept = { owner_id: ownerId, visibility: board.visibility, owner_disabled: owner?.disabled_at !== null };
  const id = await insertUnderFreeSlug(trx, { ...kept, ...board, created_at: now, used_at: now }, now);
  return { id, counts: moveBetween(id, [], listsOf({ ...kept, id, deleted_at: null }, [])) };
}

interface Made {
  owner_id: number;
  owner_disabled: boolean;
  created_at: number;
  used_at: number;
}

/** Another one of that name may come in at the same moment: then the next address is tried. */
async function insertUnderFreeSlug(trx: Db, row: NewBoard & Made, now: number) {
  for (;;) {
    const slug = await freeSlug(trx, row.owner_id, row.title);
    const [made] = await trx('boards')
      .insert({ ...row, slug })
      .onConflict(['owner_id', 'slug'])
      .ignore()
      .returning('id');
    if (!made) continue;
    await leaveSlug(trx, row.owner_id, Number(made.id), slug, slug, now);
    return Number(made.id);
  }
}

async function refuseTooMany(trx: Db, ownerId: number) {
  const whole = { list: boardLists.ofOwner(ownerId), shift: ALL, bucket: 0 };
  const kept = await trx('list_counts').where(whole).first('n');
  if (Number(kept?.n ?? 0) >= MAX_BOARDS)
    throw new Refusal(422, 'too_many', 'board.too_many', { field: 'title', params: { max: MAX_BOARDS } });
}
