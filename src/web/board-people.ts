import { boardLinkForm, boardPath, collaboratorForm, invitationForm, wholeBoardJson } from '../api/boards.ts';
import { readForm } from '../api/read.ts';
import {
  answerInvitation,
  collaboratorsOf,
  dropBoardLink,
  findBoardById,
  findBoardByLink,
  findInvitation,
  inviteToBoard,
  makeBoardLink,
  removeFromBoard,
} from '../boards/index.ts';
import { Refusal } from '../errors.ts';
import { boardShelf, readShelf } from '../feed/index.ts';
import { say } from '../lib/words/index.ts';
import { page, secretPage, seeOther, type Answer } from './answer.ts';
import { baseOf } from './base.ts';
import type { BoardVisit } from './board-doors.ts';
import { boardShown } from './boards.ts';
import { errorsOf, typed } from './fields.ts';
import { listJson, listLocals } from './lists.ts';
import { textIn } from './params.ts';
import type { MemberVisit, Visit } from './visit.ts';

const peoplePath = (visit: BoardVisit) => `${boardPath(visit.board)}/people`;

/** GET …/people: who works on the board beside its owner, who was asked, and the secret link. */
export const peoplePage = (visit: BoardVisit): Promise<Answer> => show(visit, null, null);

export const peopleAgain = (visit: BoardVisit, refusal: Refusal): Promise<Answer> => show(visit, null, refusal);

async function show(visit: BoardVisit, link: string | null, refusal: Refusal | null): Promise<Answer> {
  const { db, board, form } = visit;
  const people = await collaboratorsOf(db, board.id);
  const locals = {
    board: boardShown(board),
    path: peoplePath(visit),
    people: people.map((one) => ({ ...one, href: `/people/${encodeURIComponent(one.username)}` })),
    link,
    shared: board.shared || link !== null,
    typed: refusal ? typed(form, 'username') : '',
    errors: errorsOf(refusal),
  };
  const status = refusal?.status ?? (link === null ? 200 : 201);
  const json = () => ({ people, shared: locals.shared, ...(link === null ? {} : { link }) });
  return (link === null ? page : secretPage)('boards/people', locals, { title: say('board.people'), status, json });
}

/** POST …/people: asks somebody, or takes them off. */
export async function changePeople(visit: BoardVisit): Promise<Answer> {
  const { db, member, board } = visit;
  const { action, username } = readForm(collaboratorForm, visit.form);
  if (!username || !action) throw new Refusal(422, 'invalid', 'board.people.which', { field: 'username' });
  if (action === 'invite') await inviteToBoard(db, member.id, board.id, username);
  else await removeFromBoard(db, member.id, board.id, username);
  visit.say('done', action === 'invite' ? 'board.people.asked' : 'board.people.removed', { name: username });
  return seeOther(peoplePath(visit), { status: 200, body: { people: await collaboratorsOf(db, board.id) } });
}

/** POST …/link: makes the secret link, which stands in this answer alone, or takes it back. */
export async function changeLink(visit: BoardVisit): Promise<Answer> {
  const { db, member, board } = visit;
  if (readForm(boardLinkForm, visit.form).action === 'make') {
    const key = await makeBoardLink(db, member.id, board.id);
    return show(visit, `${baseOf(visit)}/boards/link/${key}`, null);
  }
  await dropBoardLink(db, member.id, board.id);
  visit.say('done', 'board.link.dropped');
  return seeOther(peoplePath(visit), { status: 200, body: { deleted: true } });
}

/** POST …/invitation: yes, no, or no longer. */
export async function answer(visit: MemberVisit): Promise<Answer> {
  const { db, reader, member } = visit;
  const board = await findInvitation(db, reader, textIn(visit, 'username'), textIn(visit, 'slug'));
  const { action } = readForm(invitationForm, visit.form);
  if (!action) throw new Refusal(422, 'invalid', 'field.choice', { field: 'action' });
  await answerInvitation(db, member.id, board.id, action === 'accept');
  visit.say('done', action === 'accept' ? 'board.invited.yes' : 'board.invited.no', { title: board.title });
  if (action !== 'accept') return seeOther('/account/notices', { status: 200, body: { works: false } });
  const now = await findBoardById(db, reader, board.id);
  return seeOther(boardPath(now), { status: 200, body: { board: wholeBoardJson(now), works: true } });
}

/** GET /boards/link/KEY: the board for whoever has the link, with those of its images that they may see anyway. */
export async function linked(visit: Visit): Promise<Answer> {
  const { db, reader, query } = visit;
  const key = textIn(visit, 'key');
  const board = await findBoardByLink(db, reader, key);
  const wanted = { page: query.get('page'), after: query.get('after') };
  const found = await readShelf(db, reader, boardShelf(board.id), wanted);
  const path = `/boards/link/${key}`;
  const locals = {
    board: { ...boardShown(board), inside: [], parent: null, linked: true },
    ...listLocals(path, found),
  };
  const json = () => ({ board: wholeBoardJson(board), ...listJson(path, found) });
  return secretPage('boards/show', locals, { title: board.title, json });
}
