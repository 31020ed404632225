import { filingForm, wholeBoardJson } from '../api/boards.ts';
import { imagePath } from '../api/images.ts';
import { readForm } from '../api/read.ts';
import {
  createBoard,
  findBoard,
  findBoardById,
  findByTitle,
  findOwnBoard,
  putOnBoard,
  takeOffBoard,
} from '../boards/index.ts';
import { Refusal } from '../errors.ts';
import { seeOther } from './answer.ts';
import type { SeenVisit } from './doors.ts';
import type { MemberVisit } from './visit.ts';

/** POST /images/ID/boards: puts an image on a board, or takes it off; a board of a name that is not there yet is made. */
export async function file(visit: SeenVisit) {
  const { db, reader, member, image } = visit;
  const { action = 'add', board: named, title } = readForm(filingForm, visit.form);
  const id = named ? await boardNamed(visit, named) : await boardTitled(visit, title);
  if (action === 'add') await putOnBoard(db, member.id, id, image.id);
  else await takeOffBoard(db, member.id, id, image.id);
  const board = await findBoardById(db, reader, id);
  visit.say('done', action === 'add' ? 'board.said_on' : 'board.said_off', { title: board.title });
  return seeOther(imagePath(image), { status: 200, body: { board: wholeBoardJson(board), on: action === 'add' } });
}

/** `slug` of an own one, or `username/slug` of one that they work on. */
async function boardNamed({ db, reader, member }: MemberVisit, named: string): Promise<number> {
  const [username = '', slug] = named.split('/');
  if (slug === undefined) return (await findOwnBoard(db, member.id, named)).id;
  const board = await findBoard(db, reader, username, slug).catch((error: unknown) => {
    throw error instanceof Refusal ? unknown() : error;
  });
  if (!board.works) throw unknown();
  return board.id;
}

const unknown = () => new Refusal(422, 'unknown', 'field.board', { field: 'board' });

async function boardTitled({ db, member }: MemberVisit, title: string): Promise<number> {
  if (!title) throw new Refusal(422, 'invalid', 'board.which', { field: 'board' });
  const there = await findByTitle(db, member.id, title);
  return there ?? createBoard(db, member.id, { title, description: '', visibility: member.visibility });
}
