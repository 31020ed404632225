import { placeOf, query, type Db } from '../db/index.ts';
import { asSeenBy, selectImages, visibleTo, type Image, type Reader } from '../images/index.ts';
import { writeCursor } from '../lib/cursor.ts';
import type { NoticeKind } from './notice-settings.ts';

/** What somebody is told, as far as they may see what it is about. */
export interface Told {
  id: number;
  kind: NoticeKind;
  /** Who did it; null where they see "Anonymous". */
  username: string | null;
  photo: string | null;
  image: Image | null;
  commentId: number | null;
  /** What the comment says. */
  body: string | null;
  read: boolean;
  createdAt: number;
}

interface Row {
  id: number;
  kind: NoticeKind;
  username: string | null;
  photo: string | null;
  image: string | null;
  comment_id: number | null;
  body: string | null;
  read_at: number | null;
  created_at: number;
}

const tables = (notices: string) => `${notices} n JOIN accounts u ON u.id = n.actor_id AND u.disabled_at IS NULL
  LEFT JOIN images i ON i.id = n.image_id LEFT JOIN images k ON k.id = n.copy_id`;

/** Which notices are for the member whom they were written for, at the moment they are read. */
const isFor = (member: string) => `n.account_id = ${member}
  AND (n.image_id IS NULL OR ${visibleTo('i', '1', member)}) AND (n.copy_id IS NULL OR ${visibleTo('k', '1', member)})
  AND NOT EXISTS (SELECT 1 FROM blocks b WHERE (b.blocker_id = n.account_id AND b.account_id = n.actor_id)
    OR (b.blocker_id = n.actor_id AND b.account_id = n.account_id))`;

/** Nobody needs to know how many more they are. */
export const MOST_UNREAD = 100;

/** Nor are more than these looked at: of an image in the bin there may be thousands, and every request would pass them. */
const LOOKED_AT = 5 * MOST_UNREAD;
const WAITING = `(SELECT m.* FROM notices m WHERE m.account_id = a.id AND m.read_at IS NULL LIMIT ${LOOKED_AT})`;

/** How many notices a member `a` has not read, at most so many: part of the one query that every request begins with. */
export const UNREAD = `(SELECT count(*) FROM (SELECT 1 FROM ${tables(WAITING)}
  WHERE ${isFor('a.id')} LIMIT ${MOST_UNREAD}) unread)`;

/** Whose name stands there: not that of an image's owner where it is off, nor of who keeps a copy without it. */
const NAMED = '(i.id IS NULL OR i.show_name OR i.owner_id <> n.actor_id) AND (k.id IS NULL OR k.show_name)';

export const NOTICES_SIZE = 40;

const text = (dialect: 'sqlite' | 'postgres', rest: string) => `
  SELECT n.id, n.kind, n.comment_id, n.read_at, n.created_at, c.body,
    CASE WHEN ${NAMED} THEN u.username END AS username, CASE WHEN ${NAMED} THEN s.public_key END AS photo,
    (${selectImages('WHERE i.id = n.image_id')[dialect]}) AS image
  FROM ${tables('notices')} LEFT JOIN comments c ON c.id = n.comment_id
  LEFT JOIN photos s ON s.account_id = u.id AND s.size = 'small'
  WHERE ${isFor('?')} AND ${rest} ORDER BY n.id DESC LIMIT ?`;

const selecting = (rest: string) => query<Row>({ sqlite: text('sqlite', rest), postgres: text('postgres', rest) });

const select = selecting('n.id < ?');
const toMail = selecting('n.mail = ? AND n.read_at IS NULL');

/** What a member is told, newest first. */
export async function readNotices(db: Db, reader: Reader & { id: number }, after: string | null) {
  const top = after === null ? Number.MAX_SAFE_INTEGER : placeOf(after);
  const rows = await select.all(db, [reader.id, reader.id, reader.id, top, NOTICES_SIZE + 1]);
  const notices = rows.slice(0, NOTICES_SIZE).map((row) => asTold(reader, row));
  const last = notices.at(-1);
  return { notices, next: rows.length > NOTICES_SIZE && last ? writeCursor([last.id]) : null };
}

const asTold = (reader: Reader, { comment_id, created_at, read_at, image, id, ...row }: Row): Told => ({
  ...row,
  id: Number(id),
  image: image === null ? null : asSeenBy(reader, { image }),
  commentId: comment_id === null ? null : Number(comment_id),
  read: read_at !== null,
  createdAt: Number(created_at),
});

/** More than this stand in no mail. */
const MOST_MAILED = 200;

/** What a member is to be told of by such a mail, and has not read yet. */
export async function readToMail(db: Db, accountId: number, way: string): Promise<Told[]> {
  const rows = await toMail.all(db, [accountId, accountId, accountId, way, MOST_MAILED]);
  return rows.map((row) => asTold({ id: accountId }, row));
}

/** Takes all as read up to one; what came after that was not on the page. */
export const markRead = (db: Db, accountId: number, upto: number, now = Date.now()): Promise<number> =>
  db('notices').where({ account_id: accountId, read_at: null }).where('id', '<=', upto).update({ read_at: now });

const DAY = 24 * 60 * 60 * 1000;
const KEPT_DAYS = 180;
const AT_ONCE = 5000;

const dropOld = query<{ id: number }>(
  `DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE created_at < ? LIMIT ${AT_ONCE}) RETURNING id`,
);

/** Notices of half a year ago are news to nobody. */
export async function sweepNotices(db: Db, now = Date.now()) {
  while ((await dropOld.all(db, [now - KEPT_DAYS * DAY])).length === AT_ONCE);
}
