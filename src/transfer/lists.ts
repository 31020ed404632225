import type { Knex } from 'knex';
import type { Db } from '../db/index.ts';
import { iso } from './image-json.ts';

const AT_ONCE = 500;

type Row = Readonly<Record<string, string | number | null>>;

/** The rows of a query, read in steps by a column that goes up: however many there are, few are held at once. */
async function* inSteps<Json extends object>(
  rows: () => Knex.QueryBuilder,
  key: string,
  print: (row: Row) => Json,
): AsyncGenerator<Json> {
  // Behind a join the column is asked for by its table, and comes back without it.
  const plain = key.slice(key.indexOf('.') + 1);
  for (let after = 0; ;) {
    const found: Row[] = await rows().where(key, '>', after).orderBy(key).limit(AT_ONCE);
    for (const row of found) yield print(row);
    const last = found.at(-1);
    if (!last || found.length < AT_ONCE) return;
    after = Number(last[plain]);
  }
}

type Named = [name: string, rows: AsyncIterable<object>];

/** Boards, what stands on them, and the log. */
export const kept = (db: Db, account: number): Named[] => [
  [
    'boards',
    inSteps(
      () => db('boards').where({ owner_id: account }),
      'id',
      ({ id, parent_id, slug, title, description, visibility, position, cover_id, created_at }) => ({
        id: Number(id),
        parent: parent_id,
        slug,
        title,
        description,
        visibility,
        position,
        cover: cover_id,
        created_at: iso(created_at),
      }),
    ),
  ],
  ['board_images', onBoards(db, account)],
  [
    'log',
    inSteps(
      () => db('audit_log').where({ account_id: account }),
      'id',
      ({ act, subject, address, detail, created_at }) => ({
        act,
        subject,
        address,
        detail: JSON.parse(String(detail)) as object,
        created_at: iso(created_at),
      }),
    ),
  ],
];

async function* onBoards(db: Db, account: number) {
  const boards: number[] = await db('boards').where({ owner_id: account }).orderBy('id').pluck('id');
  for (const board of boards)
    yield* inSteps(
      () => db('board_images').where({ board_id: board }),
      'image_id',
      ({ image_id, position, created_at }) => ({
        board: Number(board),
        image: Number(image_id),
        position,
        created_at: iso(created_at),
      }),
    );
}

/** What somebody said and liked, and how they want to be told of others. */
export const together = (db: Db, account: number): Named[] => [
  [
    'comments',
    inSteps(
      () => db('comments').where({ account_id: account }),
      'id',
      ({ id, image_id, body, created_at, edited_at }) => ({
        id: Number(id),
        image: Number(image_id),
        body,
        created_at: iso(created_at),
        edited_at: iso(edited_at),
      }),
    ),
  ],
  [
    'likes',
    inSteps(
      () => db('likes').where({ account_id: account }),
      'image_id',
      ({ image_id, created_at }) => ({ image: Number(image_id), created_at: iso(created_at) }),
    ),
  ],
  ['notice_settings', noticeSettings(db, account)],
];

async function* noticeSettings(db: Db, account: number) {
  yield* await db('notice_settings').where({ account_id: account }).orderBy('kind').select('kind', 'how');
}

/** Whom somebody follows and who follows them, as far as those are here; which boards; and whom they block. */
export const followed = (db: Db, account: number): Named[] => [
  ['following', people(db, 'follows', 'follower_id', 'account_id', account)],
  ['followers', people(db, 'follows', 'account_id', 'follower_id', account)],
  ['blocked', people(db, 'blocks', 'blocker_id', 'account_id', account)],
  [
    'followed_boards',
    inSteps(
      () =>
        db('board_follows as f')
          .join('boards as b', 'b.id', 'f.board_id')
          .join('accounts as a', 'a.id', 'b.owner_id')
          .where({ 'f.follower_id': account, 'a.disabled_at': null })
          .select('f.board_id', 'b.slug', 'a.username', 'f.created_at'),
      'f.board_id',
      ({ slug, username, created_at }) => ({ username, slug, created_at: iso(created_at) }),
    ),
  ],
];

const people = (db: Db, table: string, mine: string, other: string, account: number) =>
  inSteps(
    () =>
      db(`${table} as f`)
        .join('accounts as a', 'a.id', `f.${other}`)
        .where({ [`f.${mine}`]: account, 'a.disabled_at': null })
        .select(`f.${other}`, 'a.username', 'f.created_at'),
    `f.${other}`,
    ({ username, created_at }) => ({ username, created_at: iso(created_at) }),
  );
