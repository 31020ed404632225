import { foldName } from '../accounts/index.ts';
import { jsonRows, namedPart, readRows, type Part, type Values } from '../db/index.ts';
import type { Reader } from '../images/index.ts';
import { asBoard, type Board, type BoardRow } from './board.ts';
import { readerId, selectBoards, type Readers } from './select.ts';

/** Boards that stand beside something else, such as a member's images, at the most. */
const BESIDE = 6;

/** What was found, as that reader may know it. */
type Beside = (reader: Reader) => Board[];

const NAMES = [
  'id',
  'owner_id',
  'username',
  'slug',
  'title',
  'description',
  'visibility',
  'image_visibility',
  'followers',
  'created_at',
  'images',
  'cover',
] as const satisfies readonly (keyof BoardRow)[];

/** `sources` find numbers of boards, each in an index of its own; none is read further than it can be needed. */
function boardsIn<Args extends readonly unknown[]>(
  who: Readers,
  by: string,
  sources: readonly string[],
  values: (...args: Args) => Values,
): Part<Args, Beside> {
  const some = sources.map((source) => `SELECT * FROM (SELECT b.id ${source} ORDER BY ${by} LIMIT ${BESIDE}) part`);
  const { sqlite, postgres } = selectBoards(
    who,
    `WHERE b.id IN (${some.join(' UNION ALL ')}) ORDER BY ${by} LIMIT ${BESIDE}`,
  );
  const columns = NAMES.map((name) => `p.${name}`).join(', ');
  return namedPart<Args, Beside>({
    text: {
      sqlite: jsonRows(columns, `(${sqlite}) p`).sqlite,
      postgres: jsonRows(columns, `(${postgres}) p`).postgres,
    },
    values,
    read: (found) => (reader) => readRows<unknown[]>(found).map((tuple) => asBoard(reader, rowOf(tuple))),
  });
}

const rowOf = (tuple: unknown[]) => Object.fromEntries(NAMES.map((name, n) => [name, tuple[n]])) as unknown as BoardRow;

const OWNER = '(SELECT a.id FROM accounts a WHERE a.username_key = @name AND a.disabled_at IS NULL)';
const OF_OWNER = `FROM boards b WHERE b.owner_id = ${OWNER} AND`;

const named = (reader: Reader, username: string) => ({ reader: readerId(reader), name: foldName(username) });

/** The newest boards of the member of that name: all of one's own, of others what they share. */
export const newestOf: Record<Readers, Part<[reader: Reader, username: string], Beside>> = {
  members: boardsIn(
    'members',
    'b.id DESC',
    [
      `${OF_OWNER} b.reach >= 1`,
      `${OF_OWNER} b.owner_id = @reader AND b.visibility = 'private' AND b.deleted_at IS NULL`,
    ],
    named,
  ),
  visitors: boardsIn('visitors', 'b.id DESC', [`${OF_OWNER} b.reach = 2`], named),
};

/** The boards that a member works on, their own or others', those first that were used last. */
export const lastUsedBy: Part<[memberId: number], Beside> = boardsIn(
  'members',
  'b.used_at DESC, b.id DESC',
  [
    'FROM boards b WHERE b.owner_id = @reader AND b.deleted_at IS NULL',
    `FROM board_members m JOIN boards b ON b.id = m.board_id
      WHERE m.account_id = @reader AND m.accepted_at IS NOT NULL AND b.deleted_at IS NULL AND NOT b.owner_disabled`,
  ],
  (reader) => ({ reader }),
);
