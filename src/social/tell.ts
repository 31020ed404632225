import { named, type Db } from '../db/index.ts';
import { maySee, type holdSeen } from '../images/index.ts';
import { mailLater, type MailWay } from './notice-mails.ts';
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

const insert = named<{ mail: MailWay | null }>(`
  INSERT INTO notices (account_id, actor_id, kind, image_id, comment_id, copy_id, created_at, mail)
  SELECT ${big('account')}, ${big('actor')}, CAST(@kind AS text), ${big('image')}, ${big('comment')}, ${big('copy')}, ${big('now')},
    (SELECT s.how FROM notice_settings s WHERE s.account_id = @account AND s.kind = @kind AND s.how IN ('now', 'daily'))
  WHERE NOT EXISTS (SELECT 1 FROM notices n WHERE n.account_id = @account AND n.actor_id = @actor
      AND (n.comment_id = ${big('comment')} OR (n.kind IN (@kind, @instead) AND n.created_at > @since
        AND coalesce(n.image_id, 0) = coalesce(${big('image')}, 0))))
    AND NOT EXISTS (SELECT 1 FROM notice_settings s WHERE s.account_id = @account AND s.kind = @kind AND s.how = 'never')
    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE (b.blocker_id = @account AND b.account_id = @actor)
      OR (b.blocker_id = @actor AND b.account_id = @account))
  RETURNING mail`);

/**
 * Tells somebody what another did, in the transaction that does it: the same within sixty seconds once, nothing they do not
 * want to be told, and never what they did themselves.
 */
export async function tell(trx: Db, notice: Notice, now = Date.now()) {
  const { accountId, actorId, kind, imageId = null, commentId = null, copyId = null } = notice;
  if (accountId === actorId) return;
  const what = { account: accountId, actor: actorId, kind, image: imageId, comment: commentId, copy: copyId };
  const instead = kind === 'commented' ? 'mentioned' : kind;
  const told = await insert.first(trx, { ...what, instead, now, since: now - ONCE_MS });
  if (told?.mail) await mailLater(trx, accountId, told.mail, now);
}

const takeBack = named<never>(`
  DELETE FROM notices WHERE account_id = @account AND actor_id = @actor AND kind = @kind
    AND coalesce(image_id, 0) = @image AND read_at IS NULL`);

/** What was taken back before it was read is not told. */
export const untell = (trx: Db, { accountId, actorId, kind, imageId = 0 }: Notice) =>
  takeBack.all(trx, { account: accountId, actor: actorId, kind, image: imageId });

/** A comment, the image it stands below, and who wrote it. */
interface Said {
  image: Held;
  actorId: number;
  commentId: number;
}

/**
 * Tells of a new comment: those who are named in it and may see the image, and the image's owner. An owner who is named is told
 * that alone; who does not want to be told of names is told of the comment.
 */
export async function tellOfComment(trx: Db, said: Said, people: readonly number[], now: number) {
  const told = people.map((accountId) => ({ accountId, kind: 'mentioned' as NoticeKind }));
  told.push({ accountId: said.image.ownerId, kind: 'commented' });
  await tellAll(trx, said, told, now);
}

/** Tells those who are named in a comment that was changed; who is named there no longer was not. */
export async function tellNamed(trx: Db, said: Said, people: readonly number[], now: number) {
  await trx('notices')
    .where({ comment_id: said.commentId, kind: 'mentioned', read_at: null })
    .whereNotIn('account_id', people)
    .delete();
  const told = people.map((accountId) => ({ accountId, kind: 'mentioned' as const }));
  await tellAll(trx, said, told, now);
}

/** In one order everywhere: the mails of two people who are told of two comments at once must not wait crosswise. */
async function tellAll(
  trx: Db,
  { image, ...by }: Said,
  told: readonly Pick<Notice, 'accountId' | 'kind'>[],
  now: number,
) {
  const sorted = [...told].sort((a, b) => a.accountId - b.accountId);
  for (const one of sorted)
    if (maySee({ id: one.accountId }, image)) await tell(trx, { ...one, ...by, imageId: image.id }, now);
}
