import { query, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { VISIBLE, visibleValues, type Reader } from '../images/index.ts';
import { readCursor, writeCursor } from '../lib/cursor.ts';

/** A comment that was taken away, as moderators see it. */
export interface RemovedComment {
  id: number;
  /** The image it stood below; null where the moderator may not see it, or it is gone. */
  image: { id: number; slug: string; title: string } | null;
  /** Null for a member who is gone, and where their name is off. */
  username: string | null;
  body: string;
  createdAt: number;
  /** Null where the image's owner did it whose name is off, and for a member who is gone. */
  removedBy: string | null;
  removedAt: number;
}

interface Row {
  comment_id: number;
  image_id: number;
  slug: string | null;
  title: string | null;
  username: string | null;
  remover: string | null;
  body: string;
  created_at: number;
  removed_at: number;
}

const SIZE = 16;

// Whose image it is stays unsaid where their name is off, to moderators as to everybody.
const newest = query<Row>(`
  SELECT r.comment_id, r.image_id, i.slug, i.title, r.body, r.created_at, r.removed_at,
    CASE WHEN o.show_name OR o.id IS NULL OR r.account_id <> o.owner_id THEN a.username END AS username,
    CASE WHEN o.show_name OR o.id IS NULL OR r.removed_by <> o.owner_id THEN b.username END AS remover
  FROM removed_comments r
  LEFT JOIN images o ON o.id = r.image_id
  LEFT JOIN images i ON i.id = r.image_id AND ${VISIBLE}
  LEFT JOIN accounts a ON a.id = r.account_id
  LEFT JOIN accounts b ON b.id = r.removed_by
  WHERE r.removed_at < ? OR (r.removed_at = ? AND r.comment_id < ?)
  ORDER BY r.removed_at DESC, r.comment_id DESC LIMIT ?`);

const TOP = Number.MAX_SAFE_INTEGER;

/** The comments that owners and moderators took away, last removed first. */
export async function readRemoved(db: Db, reader: Reader, after: string | null) {
  const [at, id] = after === null ? [TOP, TOP] : (readCursor(after, 2) ?? []);
  if (at === undefined || id === undefined) throw new Refusal(422, 'invalid', 'error.cursor', { field: 'after' });
  const rows = await newest.all(db, [...visibleValues(reader), at, at, id, SIZE + 1]);
  const comments = rows.slice(0, SIZE).map(asRemoved);
  const last = comments.at(-1);
  return { comments, next: rows.length > SIZE && last ? writeCursor([last.removedAt, last.id]) : null };
}

const asRemoved = ({ comment_id, image_id, slug, title, username, remover, ...row }: Row): RemovedComment => ({
  id: Number(comment_id),
  image: slug === null ? null : { id: Number(image_id), slug, title: title ?? '' },
  username,
  body: row.body,
  createdAt: Number(row.created_at),
  removedBy: remover,
  removedAt: Number(row.removed_at),
});
