import {
  bySize,
  named,
  namedPage,
  pageNumber,
  rowPlace,
  totalOf,
  type Db,
  type NamedQuery,
  type Values,
  type Wanted,
} from '../db/index.ts';
import { Refusal } from '../errors.ts';
import {
  asSeenBy,
  boardPlace,
  placeLists,
  selectImages,
  tagPlace,
  type ImageRow,
  type Reader,
} from '../images/index.ts';
import { readCursor, writeCursor } from '../lib/cursor.ts';
import type { ImagePage } from './pages.ts';

/**
 * Images that stand somewhere in an order of that place, such as on a board: what everyone there finds, and for a member also
 * what is theirs alone. Each is read from an index of its own and both are merged, so that nothing is passed over.
 */
export interface Shelf {
  /** What `list_counts` calls it, as `board:7`. */
  place: string;
  id: number;
  size: number;
  members: Turning;
  visitors: Turning;
}

/** So many rows after a key, and so many from a number on. */
interface Turning {
  after(most: number): NamedQuery<ShelfRow>;
  from(most: number): NamedQuery<ShelfRow>;
}

type ShelfRow = { total: number; image: null } | (ImageRow & { total: null; at: number; image_id: number });

interface Source {
  table: 'board_images' | 'image_tags';
  /** The column that names the place, and the one that orders it. */
  place: string;
  at: string;
}

const BEFORE = 'coalesce((SELECT CAST(@row AS bigint) - before FROM place), 0)';

const turning = (source: Source, members: boolean): Turning => ({
  after: rowsOf(source, members, { key: '(@at, @id)', skip: '', before: '' }),
  from: rowsOf(source, members, {
    key: '((SELECT top FROM place), 0)',
    skip: BEFORE,
    before: rowPlace(members ? '@shared, @own' : '@shared', 'CAST(@row AS bigint)'),
  }),
});

interface Turn {
  key: string;
  skip: string;
  before: string;
}

const rowsOf = (source: Source, members: boolean, turn: Turn) => bySize((most) => queryOf(source, members, turn, most));

function queryOf(
  { table, place, at }: Source,
  members: boolean,
  { key, skip, before }: Turn,
  most: number,
): NamedQuery<ShelfRow> {
  const some = (where: string) => `
    SELECT * FROM (SELECT s.${at} AS at, s.image_id FROM ${table} s
    WHERE s.${place} = @place AND ${where} AND (s.${at}, s.image_id) < ${key}
    ORDER BY s.${at} DESC, s.image_id DESC LIMIT ${skip ? `${most} + ${skip}` : most}) part`;
  // Written out, not given as values, so that they match the partial indexes.
  const found = members
    ? `${some('s.shown >= 1')} UNION ALL ${some('s.shown = 0 AND s.owner_id = @reader')}`
    : some('s.shown = 2');
  const page = selectImages(
    `JOIN (SELECT * FROM (${found}) found ORDER BY at DESC, image_id DESC LIMIT ${most} ${skip && `OFFSET ${skip}`}) p ON p.image_id = i.id
    WHERE ${members ? '(i.reach >= 1 OR (i.owner_id = @reader AND i.binned_at IS NULL))' : 'i.reach = 2'}`,
    'p.at, p.image_id,',
  );
  // The length comes as a row of its own: repeating it in each, or sorting them again, costs as much as finding them.
  const whole = (text: string) => `${before}
    SELECT ${totalOf(members ? '@shared, @own' : '@shared')} AS total,
      CAST(NULL AS double precision) AS at, CAST(NULL AS bigint) AS image_id, CAST(NULL AS text) AS image
    UNION ALL SELECT NULL, p.at, p.image_id, p.image FROM (${text}) p`;
  return named<ShelfRow>({ sqlite: whole(page.sqlite), postgres: whole(page.postgres) });
}

const rowsAt = (source: Source) => ({ members: turning(source, true), visitors: turning(source, false) });
const boardRows = rowsAt({ table: 'board_images', place: 'board_id', at: 'position' });
const tagRows = rowsAt({ table: 'image_tags', place: 'tag_id', at: 'image_id' });

/** The images of a board, in the order that its people gave them. */
export const boardShelf = (boardId: number, size = 16): Shelf => ({
  place: boardPlace(boardId),
  id: boardId,
  size,
  ...boardRows,
});

/** The images of a tag, newest first. */
export const tagShelf = (tagId: number, size = 16): Shelf => ({ place: tagPlace(tagId), id: tagId, size, ...tagRows });

/** A page of a shelf in one query, with its length in every row. It costs the same on every page. */
export async function readShelf(db: Db, reader: Reader, shelf: Shelf, wanted: Wanted): Promise<ImagePage> {
  const { after, from } = reader.id === null ? shelf.visitors : shelf.members;
  const most = shelf.size + 1;
  const asked = { place: shelf.id, ...listsOf(shelf, reader) };
  if (wanted.after !== null)
    return asPage(reader, shelf, namedPage(wanted), await after(most).all(db, { ...asked, ...keyOf(wanted.after) }));
  const page = pageNumber(wanted.page);
  const rows =
    page === 1
      ? await after(most).all(db, { ...asked, at: Number.MAX_SAFE_INTEGER, id: 0 })
      : await from(most).all(db, { ...asked, row: (page - 1) * shelf.size });
  return asPage(reader, shelf, page, rows);
}

const listsOf = ({ place }: Shelf, { id }: Reader): Values =>
  id === null
    ? { shared: placeLists.everyone(place) }
    : { shared: placeLists.members(place), own: placeLists.own(place, id), reader: id };

/** Positions are multiples of 2^-20 between -2^31 and 2^31: with this they are whole and positive, as a cursor's parts are. */
const [SCALE, ZERO] = [2 ** 20, 2 ** 52];

function keyOf(after: string): Values {
  const [at, id] = readCursor(after, 2) ?? [];
  if (at === undefined || id === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  return { at: (at - ZERO) / SCALE, id };
}

function asPage(reader: Reader, { size }: Shelf, page: number | null, rows: ShelfRow[]): ImagePage {
  const total = Number(rows.find(({ image }) => image === null)?.total ?? 0);
  const found = rows.flatMap((row) => (row.image === null ? [] : [row]));
  // Neither database promises the order of what it joins, however it keeps to it.
  found.sort((a, b) => b.at - a.at || Number(b.image_id) - Number(a.image_id));
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  const next = found.length > size && last ? writeCursor([last.at * SCALE + ZERO, Number(last.image_id)]) : null;
  const images = shown.map((row) => asSeenBy(reader, row));
  return { images, next, page, total, pages: Math.max(1, Math.ceil(total / size)) };
}
