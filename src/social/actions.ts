import { query, type Db } from '../db/index.ts';

export type Verb = 'saved' | 'liked' | 'followed' | 'commented';

/** What somebody did, and to which image or person. */
export interface Act {
  accountId: number;
  verb: Verb;
  imageId?: number;
  personId?: number;
}

const ONCE_MS = 60_000;

const SAME = `account_id = ? AND verb = ? AND coalesce(image_id, 0) = ? AND coalesce(person_id, 0) = ?`;
const insert = query<never>(`
  INSERT INTO actions (account_id, verb, image_id, person_id, minute, created_at)
  SELECT CAST(? AS bigint), CAST(? AS text), CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint)
  WHERE NOT EXISTS (SELECT 1 FROM actions WHERE ${SAME} AND created_at > ?) ON CONFLICT DO NOTHING`);
const remove = query<never>(`DELETE FROM actions WHERE ${SAME}`);

/** Notes what was done, in the transaction that does it: the same within sixty seconds is one act. */
export async function recordAct(trx: Db, { accountId, verb, imageId, personId }: Act, now = Date.now()) {
  const row = [accountId, verb, imageId ?? null, personId ?? null, Math.floor(now / ONCE_MS), now];
  await insert.all(trx, [...row, accountId, verb, imageId ?? 0, personId ?? 0, now - ONCE_MS]);
}

/** What was taken back was not done. */
export const forgetAct = (trx: Db, { accountId, verb, imageId, personId }: Act) =>
  remove.all(trx, [accountId, verb, imageId ?? 0, personId ?? 0]);
