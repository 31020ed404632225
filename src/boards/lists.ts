import {
  named,
  namedPage,
  pageNumber,
  placeOf,
  rowPlace,
  totalOf,
  type Db,
  type Dialect,
  type NamedQuery,
  type Values,
  type Wanted,
} from '../db/index.ts';
import type { Reader } from '../images/index.ts';
import { writeCursor } from '../lib/cursor.ts';
import { asBoard, type Board, type BoardRow } from './board.ts';
import { boardLists } from './counts.ts';
import { readerId, selectBoards, type Readers } from './select.ts';

export interface BoardPage {
  boards: Board[];
  /** `after=` of what comes next; null at the end. */
  next: string | null;
  /** Null when it was found by `after`. */
  page: number | null;
  pages: number;
  total: number;
}

type PageRow = { total: number } & (BoardRow | { id: null });

/** Boards, newest first: which ones, and what they are counted as. */
interface BoardList {
  after: NamedQuery<PageRow>;
  from: NamedQuery<PageRow>;
  values: Values;
}

/** Sources of numbers of boards `b`, each read from an index of its own; merged they are the list. */
type Sources = readonly string[];

const SKIP = 'coalesce((SELECT CAST(@row AS bigint) - before FROM place), 0)';

/** Boards of a page of a list. */
const SIZE = 16;

function turning(who: Readers, sources: Sources, lists: string) {
  const text = (dialect: Dialect, key: string, skip: string, before: string) => {
    const some = sources.map(
      (source) =>
        `SELECT * FROM (${source} AND b.id < ${key} ORDER BY b.id DESC LIMIT ${skip ? `${SIZE + 1} + ${skip}` : SIZE + 1}) part`,
    );
    const found = `SELECT * FROM (${some.join(' UNION ALL ')}) found ORDER BY id DESC LIMIT ${SIZE + 1} ${skip && `OFFSET ${skip}`}`;
    const page = selectBoards(who, `JOIN (${found}) p ON p.id = b.id`)[dialect];
    return `${before} SELECT t.total, p.* FROM (SELECT ${totalOf(lists)} AS total) t LEFT JOIN (${page}) p ON 1 = 1 ORDER BY p.id DESC`;
  };
  const both = (key: string, skip: string, before: string) =>
    named<PageRow>({ sqlite: text('sqlite', key, skip, before), postgres: text('postgres', key, skip, before) });
  return {
    after: both('@id', '', ''),
    from: both('(SELECT top FROM place)', SKIP, rowPlace(lists, 'CAST(@row AS bigint)')),
  };
}

const SELECT = 'SELECT b.id FROM boards b WHERE';
const WORKED_ON = `SELECT b.id FROM board_members m JOIN boards b ON b.id = m.board_id
  WHERE m.account_id = @reader AND m.accepted_at IS NOT NULL AND b.visibility = 'private' AND b.deleted_at IS NULL
    AND NOT b.owner_disabled`;

const all = {
  members: turning(
    'members',
    [
      `${SELECT} b.reach >= 1`,
      `${SELECT} b.owner_id = @reader AND b.visibility = 'private' AND b.deleted_at IS NULL AND NOT b.owner_disabled`,
      WORKED_ON,
    ],
    '@shared, @own',
  ),
  visitors: turning('visitors', [`${SELECT} b.reach = 2`], '@shared'),
};
const ofOwner = {
  own: turning('members', [`${SELECT} b.owner_id = @owner AND b.deleted_at IS NULL`], '@shared'),
  members: turning('members', [`${SELECT} b.owner_id = @owner AND b.reach >= 1`], '@shared'),
  visitors: turning('visitors', [`${SELECT} b.owner_id = @owner AND b.reach = 2`], '@shared'),
};

/** /boards: every board that the reader may see. */
export function allBoards(reader: Reader): BoardList {
  const own = boardLists.own(readerId(reader));
  return reader.id === null
    ? { ...all.visitors, values: { shared: boardLists.everyone } }
    : { ...all.members, values: { shared: boardLists.members, own } };
}

/** A member's boards: all of one's own, of others what they share. */
export function boardsOf(reader: Reader, owner: number): BoardList {
  const list = (shared: string) => ({ values: { owner, shared } });
  if (reader.id === owner) return { ...ofOwner.own, ...list(boardLists.ofOwner(owner)) };
  if (reader.id === null) return { ...ofOwner.visitors, ...list(boardLists.ofToAll(owner)) };
  return { ...ofOwner.members, ...list(boardLists.ofToMembers(owner)) };
}

/** A page of boards in one query, as `readPage` does it for images. */
export async function readBoards(db: Db, reader: Reader, list: BoardList, wanted: Wanted): Promise<BoardPage> {
  const asked = { ...list.values, reader: readerId(reader) };
  if (wanted.after !== null)
    return asPage(reader, namedPage(wanted), await list.after.all(db, { ...asked, id: placeOf(wanted.after) }));
  const page = pageNumber(wanted.page);
  const rows =
    page === 1
      ? await list.after.all(db, { ...asked, id: Number.MAX_SAFE_INTEGER })
      : await list.from.all(db, { ...asked, row: (page - 1) * SIZE });
  return asPage(reader, page, rows);
}

function asPage(reader: Reader, page: number | null, rows: PageRow[]): BoardPage {
  const total = Number(rows[0]?.total ?? 0);
  const found = rows.flatMap((row) => (row.id === null ? [] : [asBoard(reader, row)]));
  const boards = found.slice(0, SIZE);
  const last = boards.at(-1);
  const next = found.length > SIZE && last ? writeCursor([last.id]) : null;
  return { boards, next, page, total, pages: Math.max(1, Math.ceil(total / SIZE)) };
}
