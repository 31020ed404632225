import { countInLists, type Count, type Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { boardPlace, countAt, holdSeen, shownAt, type Placed } from '../images/index.ts';
import { holdBoard, type Held } from './counts.ts';
import { beside, bottomOf, countMove, findPlaced, topOf, type Row } from './position.ts';

/** Holds a board for somebody who works on it; to everyone else it is not there. */
async function holdOwn(trx: Db, boardId: number, accountId: number): Promise<Held> {
  const board = await holdBoard(trx, boardId);
  if (board.deleted_at !== null || board.owner_disabled) throw notFound();
  if (Number(board.owner_id) === accountId) return board;
  const works = await trx('board_members')
    .where({ board_id: boardId, account_id: accountId })
    .whereNotNull('accepted_at')
    .first('board_id');
  if (!works) throw notFound();
  return board;
}

/** Puts an image on top of a board, by somebody who works on it and sees the image; twice is once. */
export async function putOnBoard(db: Db, accountId: number, boardId: number, imageId: number, now = Date.now()) {
  await db.transaction(async (trx) => {
    // The image first, as everywhere: whoever changes it meanwhile waits, and counts it here as well.
    const image = await holdSeen(trx, { id: accountId }, imageId);
    await countInLists(trx, await placeOnBoard(trx, boardId, image, accountId, now));
  });
}

/** Writes the place of an image that is held. Answers what that changes in lists. */
export async function placeOnBoard(
  trx: Db,
  boardId: number,
  image: Placed,
  accountId: number,
  now = Date.now(),
): Promise<Count[]> {
  const board = await holdOwn(trx, boardId, accountId);
  const owner = Number(board.owner_id);
  refuseAnonymous(image, accountId, owner);
  const underName = image.ownerId === owner || image.ownerId === accountId;
  const shown = shownAt(image, underName);
  const position = await topOf(trx, boardId);
  const [put] = await trx('board_images')
    .insert({
      board_id: boardId,
      image_id: image.id,
      position,
      owner_id: image.ownerId,
      under_name: underName,
      shown,
      added_by: accountId,
      created_at: now,
    })
    .onConflict(['board_id', 'image_id'])
    .ignore()
    .returning('image_id');
  if (!put) return [];
  await trx('boards').where({ id: boardId }).update({ used_at: now });
  return countAt({ place: boardPlace(boardId), at: position, ownerId: image.ownerId, shown }, 1);
}

/**
 * On a board of theirs an image without a name would be hidden from whoever put it there, which would tell whose it is: so
 * nobody puts others' anonymous images on others' boards.
 */
function refuseAnonymous(image: Placed, accountId: number, boardOwner: number) {
  if (image.showName || image.ownerId === accountId || boardOwner === accountId) return;
  throw new Refusal(422, 'anonymous', 'board.anonymous', { field: 'image' });
}

/** What stands on a board for the person at work; what they don't see there is not there. */
async function placedFor(trx: Db, accountId: number, boardId: number, imageId: number): Promise<Row> {
  const row = await findPlaced(trx, boardId, imageId);
  if (!row || !findsAt(accountId, row)) throw notFound();
  return row;
}

const findsAt = (accountId: number, { shown, owner_id }: Row) => shown >= 1 || (shown === 0 && owner_id === accountId);

/** Takes an image off a board; it stays where else it is. */
export async function takeOffBoard(db: Db, accountId: number, boardId: number, imageId: number) {
  await db.transaction(async (trx) => {
    await holdOwn(trx, boardId, accountId);
    const row = await placedFor(trx, accountId, boardId, imageId);
    await trx('board_images').where({ board_id: boardId, image_id: imageId }).delete();
    const standing = { place: boardPlace(boardId), at: row.position, ownerId: row.owner_id, shown: row.shown };
    await countInLists(trx, countAt(standing, -1));
  });
}

export const STEPS = ['top', 'up', 'down', 'bottom'] as const;
export const SIDES = ['above', 'below'] as const;

/** Where to: a step, or right beside another image. */
export type Move = { step: (typeof STEPS)[number] } | { side: (typeof SIDES)[number]; other: number };

/**
 * Moves an image on a board. It is said relative to what the person sees, and done on the board as it is by now: so two people
 * who order it at once both get what they asked for, the later one last.
 * @throws Refusal 404 when the image is not there any more, 409 when the one beside which it was to stand is not
 */
export async function moveOnBoard(db: Db, accountId: number, boardId: number, imageId: number, move: Move) {
  await db.transaction(async (trx) => {
    await holdOwn(trx, boardId, accountId);
    const row = await placedFor(trx, accountId, boardId, imageId);
    const counts: Count[] = [];
    const to = await target(trx, accountId, boardId, row, move, counts);
    if (to === null) return;
    // Making room may have moved it as well.
    const now = (await findPlaced(trx, boardId, imageId)) ?? row;
    await trx('board_images').where({ board_id: boardId, image_id: imageId }).update({ position: to });
    await countInLists(trx, [...counts, ...countMove(boardId, now, to)]);
  });
}

/** The position that a move leads to; null where the image stays. */
async function target(trx: Db, accountId: number, boardId: number, row: Row, move: Move, counts: Count[]) {
  if ('other' in move) {
    if (move.other === row.image_id) return null;
    const other = await findPlaced(trx, boardId, move.other);
    if (!other || !findsAt(accountId, other)) throw new Refusal(409, 'moved', 'board.moved', { field: 'other' });
    return beside(trx, boardId, other, move.side, counts);
  }
  const { step } = move;
  const over = await seenNext(trx, accountId, boardId, row, step === 'top' || step === 'up' ? 'above' : 'below');
  if (!over) return null;
  if (step === 'top') return topOf(trx, boardId);
  if (step === 'bottom') return bottomOf(trx, boardId);
  return beside(trx, boardId, over, step === 'up' ? 'above' : 'below', counts);
}

/** The next image above or below that the person sees. */
async function seenNext(trx: Db, accountId: number, boardId: number, row: Row, side: 'above' | 'below') {
  const order = side === 'above' ? 'asc' : 'desc';
  const next: Row | undefined = await trx('board_images')
    .where({ board_id: boardId })
    .where((q) => q.where('shown', '>=', 1).orWhere({ shown: 0, owner_id: accountId }))
    .whereRaw(`(position, image_id) ${side === 'above' ? '>' : '<'} (?, ?)`, [row.position, row.image_id])
    .orderBy([
      { column: 'position', order },
      { column: 'image_id', order },
    ])
    .first('image_id', 'position', 'owner_id', 'shown');
  return next ? { ...next, image_id: Number(next.image_id), position: Number(next.position) } : null;
}
