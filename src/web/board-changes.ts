import { foldName } from '../accounts/index.ts';
import { arrangeForm, boardEditForm, boardJson, boardPath, followForm, wholeBoardJson } from '../api/boards.ts';
import { readForm, readSent } from '../api/read.ts';
import {
  deletedBoards,
  editBoard,
  findBoard,
  findBoardById,
  findDeleted,
  followBoard,
  moveOnBoard,
  parentChoices,
  putOnBoard,
  setDeleted,
  takeOffBoard,
} from '../boards/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { boardShelf, readShelf } from '../feed/index.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther } from './answer.ts';
import type { BoardVisit } from './board-doors.ts';
import { boardShown } from './boards.ts';
import { card } from './cards.ts';
import { errorsOf, typed } from './fields.ts';
import { listJson, pager } from './lists.ts';
import { textIn } from './params.ts';
import type { MemberVisit } from './visit.ts';

const EDITABLE = ['title', 'description', 'visibility', 'image_visibility', 'parent'] as const;

export async function editPage(visit: BoardVisit) {
  const { title, description, visibility, imageVisibility, parent } = visit.board;
  const form = { title, description, visibility, image_visibility: imageVisibility ?? '', parent: parent?.slug ?? '' };
  return showEdit(visit, form, null);
}

async function showEdit({ db, board }: BoardVisit, form: Record<string, string>, refusal: Refusal | null) {
  const parents = await parentChoices(db, board.ownerId, board.id);
  const locals = { board: boardShown(board), form, parents, errors: errorsOf(refusal) };
  return page('boards/edit', locals, { title: say('board.edit') });
}

export const editAgain = (visit: BoardVisit, refusal: Refusal) =>
  showEdit(visit, Object.fromEntries(EDITABLE.map((name) => [name, typed(visit.form, name)])), refusal);

export async function edit(visit: BoardVisit) {
  const { db, reader, member, board } = visit;
  const { image_visibility, ...same } = readSent(boardEditForm, visit.form);
  await editBoard(db, member.id, board.id, { ...same, imageVisibility: image_visibility });
  const changed = await findBoardById(db, reader, board.id);
  visit.say('done', 'said.edited');
  return seeOther(boardPath(changed), { status: 200, body: { board: wholeBoardJson(changed) } });
}

/** Into the bin of boards: undone there. */
export async function remove(visit: BoardVisit) {
  await setDeleted(visit.db, visit.member.id, visit.board.id, true);
  visit.say('done', 'board.deleted', { count: Math.round(visit.site.config.trashMs / 86_400_000) });
  return seeOther('/boards/bin', { status: 200, body: { deleted: true } });
}

export async function bin({ db, reader, member, site }: MemberVisit) {
  const boards = await deletedBoards(db, { ...reader, id: member.id });
  const locals = boards.map(({ deletedAt, ...board }) => ({
    title: board.title,
    restoreHref: `${boardPath(board)}/restore`,
    goneAt: deletedAt + site.config.trashMs,
  }));
  const json = () => ({ boards: boards.map(boardJson), next: null, page: 1, pages: 1 });
  return page('boards/bin', { boards: locals }, { title: say('boards.bin'), json });
}

export async function restore(visit: MemberVisit) {
  const { db, reader, member } = visit;
  if (foldName(textIn(visit, 'username')) !== foldName(member.username)) throw notFound();
  const id = await findDeleted(db, member.id, textIn(visit, 'slug'));
  await setDeleted(db, member.id, id, false);
  const board = await findBoardById(db, reader, id);
  visit.say('done', 'said.restored');
  return seeOther(boardPath(board), { status: 200, body: { board: wholeBoardJson(board) } });
}

/** Where a board is ordered by hand: small tiles, with a button for each step and a script for dragging. */
export async function arrangePage(visit: BoardVisit) {
  const { db, reader, board, query } = visit;
  const path = `${boardPath(board)}/arrange`;
  const wanted = { page: query.get('page'), after: query.get('after') };
  const found = await readShelf(db, reader, boardShelf(board.id, 60), wanted);
  const locals = {
    board: boardShown(board),
    images: found.images.map(card),
    pager: pager(path, found),
    here: visit.here,
  };
  return page('boards/arrange', locals, { title: say('board.arrange'), json: () => listJson(path, found) });
}

/** POST …/images: an image is put there, taken off, moved, or made the cover. */
export async function arrange(visit: BoardVisit) {
  const { db, reader, member, board } = visit;
  const { action, image, other } = readForm(arrangeForm, visit.form);
  if (image === undefined) throw new Refusal(422, 'invalid', 'board.image_missing', { field: 'image' });
  if (action === 'add') await putOnBoard(db, member.id, board.id, image);
  else if (action === 'remove') await takeOffBoard(db, member.id, board.id, image);
  else if (action === 'cover') await setCover(visit, image);
  else if (action === 'above' || action === 'below') {
    if (other === undefined) throw new Refusal(422, 'invalid', 'board.image_missing', { field: 'other' });
    await moveOnBoard(db, member.id, board.id, image, { side: action, other });
  } else await moveOnBoard(db, member.id, board.id, image, { step: action });
  const changed = await findBoardById(db, reader, board.id);
  const back = typed(visit.form, 'page');
  const at = action === 'remove' ? '' : `#image-${image}`;
  const to = `${boardPath(board)}/arrange${/^[1-9]\d{0,9}$/.test(back) ? `?page=${back}` : ''}${at}`;
  return seeOther(to, { status: 200, body: { board: wholeBoardJson(changed) } });
}

/** Only the owner says what stands for the board. */
async function setCover({ db, member, board }: BoardVisit, image: number) {
  if (!board.mine) throw notFound();
  await editBoard(db, member.id, board.id, { cover: image });
}

export async function follow(visit: MemberVisit) {
  const { db, reader, member } = visit;
  const { action } = readForm(followForm, visit.form);
  const board = await findBoard(db, reader, textIn(visit, 'username'), textIn(visit, 'slug'));
  const body = await followBoard(db, member.id, board.id, action === 'follow');
  return seeOther(boardPath(board), { status: 200, body });
}
