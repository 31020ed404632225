import { named, type Db } from '../db/index.ts';
import { maySee, type holdSeen } from '../images/index.ts';
import type { NoticeKind } from './notice-settings.ts';

type Held = Awaited<ReturnType<typeof holdSeen>>;

/** What somebody is told: who did it, of which kind, and to what. */
export interface Notice {
  accountId: number;
  actorId: number;
  kind: NoticeKind;
  imageId?: number;
  commentId?: number;
  copyId?: number;
}

const ONCE_MS = 60_000;

const big = (name: string) => `CAST(@${name} AS bigint)`;

const insert = named<never>(`
  INSERT INTO notices (account_id, actor_id, kind, image_id, comment_id, copy_id, created_at)
  SELECT ${big('account')}, ${big('actor')}, CAST(@kind AS text), ${big('image')}, ${big('comment')}, ${big('copy')}, ${big('now')}
  WHERE NOT EXISTS (SELECT 1 FROM notices n WHERE n.account_id = @account AND n.actor_id = @actor AND n.kind = @kind
      AND (n.comment_id = ${big('comment')} OR (n.created_at > @since AND coalesce(n.image_id, 0) = coalesce(${big('image')}, 0))))
    AND NOT EXISTS (SELECT 1 FROM notice_settings s WHERE s.account_id = @account AND s.kind = @kind AND s.how = 'never')
    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE (b.blocker_id = @account AND b.account_id = @actor)
      OR (b.blocker_id = @actor AND b.account_id = @account))`);

/**
 * Tells somebody what another did, in the transaction that does it: the same within sixty seconds once, nothing they do not
 * want to be told, and never what they did themselves.
 */
export async function tell(trx: Db, notice: Notice, now = Date.now()) {
  const { accountId, actorId, kind, imageId = null, commentId = null, copyId = null } = notice;
  if (accountId === actorId) return;
  const what = { account: accountId, actor: actorId, kind, image: imageId, comment: commentId, copy: copyId };
  await insert.all(trx, { ...what, now, since: now - ONCE_MS });
}

const takeBack = named<never>(`
  DELETE FROM notices WHERE account_id = @account AND actor_id = @actor AND kind = @kind
    AND coalesce(image_id, 0) = @image AND read_at IS NULL`);

/** What was taken back before it was read is not told. */
export const untell = (trx: Db, { accountId, actorId, kind, imageId = 0 }: Notice) =>
  takeBack.all(trx, { account: accountId, actor: actorId, kind, image: imageId });

/** Tells of a comment: those who are named in it and may see the image, and else the image's owner. */
export async function tellOfComment(
  trx: Db,
  { image, actorId, commentId }: { image: Held; actorId: number; commentId: number },
  people: readonly number[],
  now: number,
) {
  const comment = { actorId, imageId: image.id, commentId };
  await tellNamed(trx, { image, actorId, commentId }, people, now);
  if (!people.includes(image.ownerId))
    await tell(trx, { ...comment, accountId: image.ownerId, kind: 'commented' }, now);
}

/** Tells those who are named in a comment; who is named there no longer was not. */
export async function tellNamed(
  trx: Db,
  { image, actorId, commentId }: { image: Held; actorId: number; commentId: number },
  people: readonly number[],
  now: number,
) {
  await trx('notices')
    .where({ comment_id: commentId, kind: 'mentioned', read_at: null })
    .whereNotIn('account_id', people)
    .delete();
  for (const accountId of people)
    if (maySee({ id: accountId }, image))
      await tell(trx, { accountId, actorId, imageId: image.id, commentId, kind: 'mentioned' }, now);
}
