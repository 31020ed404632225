import { foldName } from '../accounts/index.ts';
import { boardForm, boardJson, boardPath, boardsPath, wholeBoardJson } from '../api/boards.ts';
import { readForm } from '../api/read.ts';
import {
  allBoards,
  boardsOf,
  createBoard,
  findBoard,
  findBoardById,
  findInvitation,
  findMovedBoard,
  readBoards,
  type BoardPage,
  type WholeBoard,
} from '../boards/index.ts';
import { Refusal } from '../errors.ts';
import { boardShelf, readShelf } from '../feed/index.ts';
import { say } from '../lib/words/index.ts';
import { movedTo, page, seeOther, type See } from './answer.ts';
import { boardCard } from './board-cards.ts';
import { SignInFirst } from './doors.ts';
import { feedsBeside } from './feed-links.ts';
import { errorsOf, typed } from './fields.ts';
import { listJson, listLocals, pager } from './lists.ts';
import { textIn } from './params.ts';
import { previewOf } from './previews.ts';
import { personOf } from './someone.ts';
import type { MemberVisit, Visit } from './visit.ts';

const wanted = ({ query }: Visit) => ({ page: query.get('page'), after: query.get('after') });

const boardsLocals = (path: string, found: BoardPage) => ({
  boards: found.boards.map(boardCard),
  pager: pager(path, found),
});

export const boardsJson = (path: string, { boards, next, page, pages }: BoardPage) => ({
  boards: boards.map(boardJson),
  next: next ? `${path}?after=${next}` : null,
  page,
  pages,
});

/** /boards: every board that the reader may see. */
export async function boards(visit: Visit) {
  const found = await readBoards(visit.db, visit.reader, allBoards(visit.reader), wanted(visit));
  const locals = { ...boardsLocals('/boards', found), heading: say('boards.heading'), of: null };
  return page('boards/index', locals, { title: say('boards.heading'), json: () => boardsJson('/boards', found) });
}

/** A member's boards: all of one's own, of others what they share. */
export async function boardsOfPerson(visit: Visit) {
  const { db, reader } = visit;
  const person = await personOf(visit);
  if (typeof person === 'string') return movedTo(boardsPath(person));
  const path = boardsPath(person.username);
  const found = await readBoards(db, reader, boardsOf(reader, person.id), wanted(visit));
  const name = person.name || person.username;
  const mine = person.id === reader.id;
  const heading = mine ? say('boards.mine') : say('boards.of', { name });
  const of = { mine, name, href: `/people/${encodeURIComponent(person.username)}` };
  const locals = { ...boardsLocals(path, found), heading, of };
  return page('boards/index', locals, { title: heading, json: () => boardsJson(path, found) });
}

/** A board: what stands on it, as far as the reader may see it. An address that it had leads to it. */
export async function show(visit: Visit) {
  const board = await findBoardOrAsk(visit);
  if ('kind' in board) return board;
  const path = boardPath(board);
  const found = await readShelf(visit.db, visit.reader, boardShelf(board.id), wanted(visit));
  const json = () => ({ board: wholeBoardJson(board), ...listJson(path, found) });
  const feeds = board.visibility === 'public' ? feedsBeside(path) : [];
  const { title, cover: image } = board;
  const description = board.description || say('feed.board.about', { title });
  const preview = previewOf(visit, { type: 'website', path, title, description, image });
  const locals = { board: boardShown(board), preview, feeds, ...listLocals(path, found) };
  return page('boards/show', locals, { title, json });
}

/** The board of the address, or where it is now. A members' board sends a visitor to the sign-in and back. */
export async function findBoardOrAsk(visit: Visit): Promise<WholeBoard | See> {
  const { db, reader, member } = visit;
  const [username, slug] = [textIn(visit, 'username'), textIn(visit, 'slug')];
  try {
    return await findBoard(db, reader, username, slug);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const moved = await movedBoard(visit, username, slug);
    if (moved) return moved;
    if (member) return findInvitation(db, reader, username, slug);
    // Asked as a member who owns nothing: whether signing in would help.
    if (!member && (await isThere(findBoard(db, { id: 0 }, username, slug)))) throw new SignInFirst();
    throw error;
  }
}

const isThere = (found: Promise<unknown>): Promise<boolean> =>
  found.then(
    () => true,
    () => false,
  );

/** Where the board of an old address is now: under another name of its own, or of its owner's. */
async function movedBoard(visit: Visit, username: string, slug: string): Promise<See | null> {
  const { db, reader } = visit;
  const moved = await findMovedBoard(db, foldName(username), slug);
  if (moved && (await isThere(findBoardById(db, reader, moved.id))))
    return movedTo(boardPath({ username, slug: moved.slug }));
  const owner = await personOf(visit).catch(() => null);
  return typeof owner === 'string' ? movedTo(boardPath({ username: owner, slug })) : null;
}

/** What the page of a board prints beside its images. */
export function boardShown(board: WholeBoard) {
  const path = boardPath(board);
  const { title, description, username, visibility, images, followers, mine, works, follows, people, parent } = board;
  const href = (name: string) => `/people/${encodeURIComponent(name)}`;
  return {
    title,
    description,
    username,
    visibility,
    images,
    followers,
    mine,
    works,
    follows,
    invited: board.invited,
    linked: false,
    href: path,
    profileHref: href(username),
    people: people.map((name) => ({ name, href: href(name) })),
    parent: parent && { title: parent.title, href: boardPath({ username, slug: parent.slug }) },
    inside: board.inside.map((one) => ({ ...one, href: boardPath({ username, slug: one.slug }) })),
    saveHref: `/images/create?board=${encodeURIComponent(board.slug)}`,
  };
}

const FIELDS = ['title', 'description', 'visibility'] as const;

export const createPage = (visit: MemberVisit) =>
  showForm({ title: visit.query.get('title') ?? '', description: '', visibility: visit.member.visibility }, null);

export const createAgain = (visit: MemberVisit, refusal: Refusal) =>
  showForm(Object.fromEntries(FIELDS.map((name) => [name, typed(visit.form, name)])), refusal);

const showForm = (form: Record<string, string>, refusal: Refusal | null) =>
  page('boards/create', { form, errors: errorsOf(refusal) }, { title: say('board.create') });

/** POST /boards. */
export async function create(visit: MemberVisit) {
  const { db, reader, member } = visit;
  const { visibility = member.visibility, ...form } = readForm(boardForm, visit.form);
  const board = await findBoardById(db, reader, await createBoard(db, member.id, { ...form, visibility }));
  visit.say('done', 'board.created');
  return seeOther(boardPath(board), { status: 201, body: { board: wholeBoardJson(board) } });
}
