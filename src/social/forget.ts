import { query, type Db } from '../db/index.ts';

/** Rows in one transaction: others wait for it at most so long. */
const AT_ONCE = 500;

const takeLikes = query<{ image_id: number }>(`
  DELETE FROM likes WHERE account_id = ? AND image_id IN (SELECT image_id FROM likes WHERE account_id = ? LIMIT ${AT_ONCE})
  RETURNING image_id`);
const takeFollowing = query<{ account_id: number }>(`
  DELETE FROM follows WHERE follower_id = ?
    AND account_id IN (SELECT account_id FROM follows WHERE follower_id = ? LIMIT ${AT_ONCE}) RETURNING account_id`);
const takeFollowers = query<{ follower_id: number }>(`
  DELETE FROM follows WHERE account_id = ?
    AND follower_id IN (SELECT follower_id FROM follows WHERE account_id = ? LIMIT ${AT_ONCE}) RETURNING follower_id`);

/** What somebody did, what was done to them, and what was done to their images: all of it is told to others. */
const ABOUT = `(SELECT id FROM actions WHERE account_id = ? UNION SELECT id FROM actions WHERE person_id = ?
  UNION SELECT a.id FROM actions a JOIN images i ON i.id = a.image_id WHERE i.owner_id = ?)`;
const takeNotices = query<{ id: number }>(`
  DELETE FROM notices WHERE id IN (
    SELECT id FROM notices WHERE account_id = ? OR actor_id = ? LIMIT ${AT_ONCE}) RETURNING id`);
const takeActions = query<{ id: number }>(`
  DELETE FROM actions WHERE id IN (SELECT id FROM ${ABOUT} gone LIMIT ${AT_ONCE}) RETURNING id`);

/**
 * Takes back what somebody liked, followed and was told, with the counts that others have of it. Comments stay, and are
 * nobody's. Each step is done once, however often this is begun.
 */
export async function forget(db: Db, accountId: number): Promise<void> {
  const twice = [accountId, accountId];
  const thrice = [...twice, accountId];
  await inSteps(db, async (trx) => {
    const taken = await takeLikes.all(trx, twice);
    await lower(
      trx,
      'images',
      'likes',
      taken.map((row) => row.image_id),
    );
    return taken.length;
  });
  await inSteps(db, async (trx) => {
    const taken = await takeFollowing.all(trx, twice);
    await lower(
      trx,
      'accounts',
      'followers',
      taken.map((row) => row.account_id),
    );
    return taken.length;
  });
  await inSteps(db, async (trx) => {
    const taken = await takeFollowers.all(trx, twice);
    await lower(
      trx,
      'accounts',
      'following',
      taken.map((row) => row.follower_id),
    );
    return taken.length;
  });
  await inSteps(db, async (trx) => (await takeNotices.all(trx, twice)).length);
  await inSteps(db, async (trx) => (await takeActions.all(trx, thrice)).length);
  await leaveWords(db, accountId);
}

/** What they wrote stays as a deleted member's, also where only moderators see it. */
async function leaveWords(db: Db, accountId: number) {
  await db('notice_settings').where({ account_id: accountId }).delete();
  await db('blocks').where({ blocker_id: accountId }).orWhere({ account_id: accountId }).delete();
  await db('comments').where({ account_id: accountId }).update({ account_id: null });
  await db('removed_comments').where({ account_id: accountId }).update({ account_id: null });
  await db('removed_comments').where({ removed_by: accountId }).update({ removed_by: null });
}

async function inSteps(db: Db, step: (trx: Db) => Promise<number>) {
  while ((await db.transaction(step)) > 0);
}

/** Lowers a kept count by one for each time that a row is named; in one order everywhere. */
async function lower(trx: Db, table: 'images' | 'accounts', column: string, ids: readonly number[]) {
  const times = new Map<number, number>();
  for (const id of ids) times.set(Number(id), (times.get(Number(id)) ?? 0) + 1);
  for (const [id, n] of [...times].sort(([a], [b]) => a - b)) await trx(table).where({ id }).decrement(column, n);
}
