import { findBoard, type WholeBoard } from '../boards/index.ts';
import { notFound } from '../errors.ts';
import { SignInFirst, type Door } from './doors.ts';
import { textIn } from './params.ts';
import type { MemberVisit, Visit } from './visit.ts';

export type BoardVisit = MemberVisit & { board: WholeBoard };

async function openFor(visit: Visit, may: (board: WholeBoard) => boolean): Promise<BoardVisit> {
  if (!visit.member) throw new SignInFirst();
  const board = await findBoard(visit.db, visit.reader, textIn(visit, 'username'), textIn(visit, 'slug'));
  if (!may(board)) throw notFound();
  return { ...(visit as MemberVisit), board };
}

/** The owner of the board that the address names; to everyone else this is not there. */
export const boardOwner: Door<BoardVisit> = { name: 'owner', open: (visit) => openFor(visit, ({ mine }) => mine) };

/** Who works on the board that the address names: its owner, and whoever accepted to. */
export const curator: Door<BoardVisit> = { name: 'curator', open: (visit) => openFor(visit, ({ works }) => works) };
