import { query, type Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { holdSeen, type Reader } from '../images/index.ts';
import { forgetAct, recordAct } from './actions.ts';
import { setMentions } from './mentions.ts';
import { tellNamed, tellOfComment } from './tell.ts';

type Someone = Reader & { id: number };

/** How long a comment can be changed by whoever wrote it. */
export const EDIT_MINUTES = 15;
const EDIT_MS = EDIT_MINUTES * 60 * 1000;

/** A comment as those who act on it need it. */
export interface CommentRow {
  id: number;
  imageId: number;
  /** Null for a member who is gone. */
  accountId: number | null;
  body: string;
  createdAt: number;
}

const insert = query<{ id: number }>(
  'INSERT INTO comments (image_id, account_id, body, created_at) VALUES (?, ?, ?, ?) RETURNING id',
);
const countBy = query<never>('UPDATE images SET comments = comments + ? WHERE id = ?');

/** Writes a comment below an image that its writer may see; answers its number. */
export async function addComment(db: Db, reader: Someone, imageId: number, body: string, now = Date.now()) {
  return db.transaction(async (trx) => {
    const image = await holdSeen(trx, reader, imageId);
    const made = await insert.first(trx, [imageId, reader.id, body, now]);
    if (!made) throw new Error('a comment has no number');
    const id = Number(made.id);
    await countBy.all(trx, [1, imageId]);
    const people = await setMentions(trx, id, body);
    await tellOfComment(trx, { image, actorId: reader.id, commentId: id }, people, now);
    await recordAct(trx, { accountId: reader.id, verb: 'commented', imageId }, now);
    return id;
  });
}

/** The comment of that number below that image; a Refusal 404 when there is none. */
export async function findComment(db: Db, imageId: number, id: number): Promise<CommentRow> {
  const row = await db('comments').where({ id, image_id: imageId }).first('account_id', 'body', 'created_at');
  if (!row) throw notFound();
  const accountId = row.account_id === null ? null : Number(row.account_id);
  return { id, imageId, accountId, body: row.body, createdAt: Number(row.created_at) };
}

/** Whether its words can still be changed. */
export const isFresh = ({ createdAt }: Pick<CommentRow, 'createdAt'>, now = Date.now()): boolean =>
  now - createdAt < EDIT_MS;

/** Whether a reader may take a comment away: their own, those below their own images, and as a moderator any that they see. */
export const mayRemove = ({ role }: Reader, image: { mine: boolean }, own: boolean): boolean =>
  own || image.mine || role === 'moderator' || role === 'admin';

/** Changes what one wrote a moment ago. */
export async function editComment(db: Db, reader: Someone, comment: CommentRow, body: string, now = Date.now()) {
  if (!isFresh(comment, now))
    throw new Refusal(422, 'too_late', 'comments.too_late', { field: 'body', params: { count: EDIT_MINUTES } });
  await db.transaction(async (trx) => {
    const image = await holdSeen(trx, reader, comment.imageId);
    const own = { id: comment.id, account_id: reader.id };
    if (!(await trx('comments').where(own).update({ body, edited_at: now }))) throw notFound();
    const people = await setMentions(trx, comment.id, body);
    await tellNamed(trx, { image, actorId: reader.id, commentId: comment.id }, people, now);
  });
}

/**
 * Takes a comment away. Whoever wrote it takes it back without a trace; what the image's owner or a moderator removes stays
 * in a record for moderators. What is gone already stays gone.
 */
export async function removeComment(db: Db, reader: Someone, { id, imageId }: CommentRow, now = Date.now()) {
  await db.transaction(async (trx) => {
    await holdSeen(trx, reader, imageId);
    const row = await trx('comments').where({ id, image_id: imageId }).first();
    if (!row) return;
    if (Number(row.account_id) !== reader.id) await record(trx, row, reader.id, now);
    await trx('comments').where({ id }).delete();
    await countBy.all(trx, [-1, imageId]);
    const rest = { account_id: row.account_id, image_id: imageId };
    if (row.account_id === null || (await trx('comments').where(rest).first('id'))) return;
    await forgetAct(trx, { accountId: Number(row.account_id), verb: 'commented', imageId });
  });
}

interface Removed {
  id: number;
  image_id: number;
  account_id: number | null;
  body: string;
  created_at: number;
}

const record = (trx: Db, { id, image_id, account_id, body, created_at }: Removed, by: number, now: number) =>
  trx('removed_comments').insert({
    comment_id: id,
    image_id,
    account_id,
    body,
    created_at,
    removed_by: by,
    removed_at: now,
  });
