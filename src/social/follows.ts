import { query, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { forgetAct, recordAct } from './actions.ts';
import { tell, untell } from './tell.ts';

export interface Following {
  following: boolean;
  /** How many follow that person now. */
  followers: number;
}

/** Nobody reads what more people do; and each of them is looked through for the dashboard. */
const MOST = 5000;

const begin = query<{ id: number }>(`
  INSERT INTO follows (follower_id, account_id, created_at) VALUES (?, ?, ?)
  ON CONFLICT (follower_id, account_id) DO NOTHING RETURNING id`);
const end = query<{ id: number }>('DELETE FROM follows WHERE follower_id = ? AND account_id = ? RETURNING id');
const addFollower = query<never>('UPDATE accounts SET followers = followers + ? WHERE id = ?');
const addFollowing = query<{ following: number }>(
  'UPDATE accounts SET following = following + ? WHERE id = ? RETURNING following',
);

/** Lets a member follow another, or follow them no more; doing either twice is doing it once. */
export async function setFollowing(
  db: Db,
  followerId: number,
  personId: number,
  following: boolean,
  now = Date.now(),
): Promise<Following> {
  if (followerId === personId) throw new Refusal(422, 'yourself', 'follows.yourself', { field: 'action' });
  return db.transaction(async (trx) => {
    const changed = following
      ? await begin.first(trx, [followerId, personId, now])
      : await end.first(trx, [followerId, personId]);
    if (changed) {
      await count(trx, followerId, personId, following ? 1 : -1);
      const act = { accountId: followerId, verb: 'followed', personId } as const;
      await (following ? recordAct(trx, act, now) : forgetAct(trx, act));
      const notice = { accountId: personId, actorId: followerId, kind: 'followed' } as const;
      await (following ? tell(trx, notice, now) : untell(trx, notice));
    }
    const { followers } = await trx('accounts').where({ id: personId }).first('followers');
    return { following, followers: Number(followers) };
  });
}

/** In the order of their numbers: two who follow each other at once must not wait for one another. */
async function count(trx: Db, followerId: number, personId: number, n: 1 | -1) {
  const person = () => addFollower.all(trx, [n, personId]);
  const follower = async () => {
    const row = await addFollowing.first(trx, [n, followerId]);
    if (n > 0 && Number(row?.following) > MOST)
      throw new Refusal(422, 'too_many', 'follows.too_many', { field: 'action', params: { max: MOST } });
  };
  for (const step of followerId < personId ? [follower, person] : [person, follower]) await step();
}
