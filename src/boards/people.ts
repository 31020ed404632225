import { foldName } from '../accounts/index.ts';
import { countInLists, query, type Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { currentLists, holdBoard, moveBetween, type Held } from './counts.ts';

/** So many work on one board at the most, those included who have not answered yet. */
export const MOST_PEOPLE = 50;

/** Somebody who works on a board beside its owner, or was asked to. */
export interface Collaborator {
  username: string;
  accepted: boolean;
}

const everyone = query<{ username: string; accepted_at: number | null }>(`
  SELECT a.username, m.accepted_at FROM board_members m JOIN accounts a ON a.id = m.account_id
  WHERE m.board_id = ? AND a.disabled_at IS NULL ORDER BY m.invited_at, a.id`);

/** All who work on a board or were asked to, for its owner. */
export const collaboratorsOf = async (db: Db, boardId: number): Promise<Collaborator[]> =>
  (await everyone.all(db, [boardId])).map(({ username, accepted_at }) => ({
    username,
    accepted: accepted_at !== null,
  }));

async function holdOwn(trx: Db, ownerId: number, boardId: number): Promise<Held> {
  const board = await holdBoard(trx, boardId);
  if (Number(board.owner_id) !== ownerId || board.deleted_at !== null || board.owner_disabled) throw notFound();
  return board;
}

/**
 * Asks somebody to work on an own board; twice is once. Nobody works on it before they have said yes.
 * @throws Refusal 422 on `username`: unknown (or one of both has blocked the other, which is not told), oneself, too many
 */
export async function inviteToBoard(db: Db, ownerId: number, boardId: number, username: string, now = Date.now()) {
  await db.transaction(async (trx) => {
    await holdOwn(trx, ownerId, boardId);
    const person = await trx('accounts')
      .where({ username_key: foldName(username), disabled_at: null })
      .first('id');
    const id = Number(person?.id ?? 0);
    if (id === ownerId) throw wrong('board.people.self');
    if (!person || (await isBlocked(trx, ownerId, id))) throw wrong('board.people.unknown');
    const there: number[] = (await trx('board_members').where({ board_id: boardId }).pluck('account_id')).map(Number);
    if (there.includes(id)) return;
    if (there.length >= MOST_PEOPLE) throw wrong('board.people.many');
    await trx('board_members').insert({ board_id: boardId, account_id: id, invited_at: now });
  });
}

const wrong = (key: 'board.people.self' | 'board.people.unknown' | 'board.people.many') =>
  new Refusal(422, 'invalid', key, { field: 'username', params: { max: MOST_PEOPLE } });

const isBlocked = async (trx: Db, one: number, other: number): Promise<boolean> =>
  Boolean(
    await trx('blocks')
      .where({ blocker_id: one, account_id: other })
      .orWhere({ blocker_id: other, account_id: one })
      .first('blocker_id'),
  );

/** What stands in the way of nobody else: a change of who works on a held board, with the lists that it stands in. */
async function changed(trx: Db, board: Held, change: () => Promise<number>): Promise<boolean> {
  const before = await currentLists(trx, board);
  if ((await change()) === 0) return false;
  await countInLists(trx, moveBetween(Number(board.id), before, await currentLists(trx, board)));
  return true;
}

/** Says yes to an invitation, or no; a Refusal 404 where there is none. Yes twice is once. */
export async function answerInvitation(db: Db, accountId: number, boardId: number, yes: boolean, now = Date.now()) {
  await db.transaction(async (trx) => {
    const board = await holdBoard(trx, boardId);
    const mine = { board_id: boardId, account_id: accountId };
    const row = await trx('board_members').where(mine).first('accepted_at');
    if (!row || board.deleted_at !== null) throw notFound();
    if (yes && row.accepted_at !== null) return;
    await changed(trx, board, () =>
      yes ? trx('board_members').where(mine).update({ accepted_at: now }) : trx('board_members').where(mine).delete(),
    );
  });
}

/** Takes somebody off an own board; what they put there stays until somebody takes it off. Twice is once. */
export async function removeFromBoard(db: Db, ownerId: number, boardId: number, username: string) {
  await db.transaction(async (trx) => {
    const board = await holdOwn(trx, ownerId, boardId);
    const person = trx('accounts')
      .where({ username_key: foldName(username) })
      .select('id');
    await changed(trx, board, () =>
      trx('board_members').where({ board_id: boardId }).whereIn('account_id', person).delete(),
    );
  });
}

/** An invitation that waits for an answer. */
export interface Invitation {
  username: string;
  slug: string;
  title: string;
}

/** More than so many wait on no page. */
const MOST_SHOWN = 50;

const waiting = query<Invitation>(`
  SELECT o.username, b.slug, b.title FROM board_members m JOIN boards b ON b.id = m.board_id JOIN accounts o ON o.id = b.owner_id
  WHERE m.account_id = ? AND m.accepted_at IS NULL AND b.deleted_at IS NULL AND NOT b.owner_disabled
    AND NOT EXISTS (SELECT 1 FROM blocks k WHERE (k.blocker_id = m.account_id AND k.account_id = b.owner_id)
      OR (k.blocker_id = b.owner_id AND k.account_id = m.account_id))
  ORDER BY m.invited_at DESC, b.id DESC LIMIT ${MOST_SHOWN}`);

/** To which boards somebody was asked and has not answered, newest first. */
export const invitationsOf = (db: Db, accountId: number): Promise<Invitation[]> => waiting.all(db, [accountId]);
