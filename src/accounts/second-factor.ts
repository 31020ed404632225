import { query, type Db } from '../db/index.ts';

const find = query<{ there: number }>(`
  SELECT 1 AS there FROM second_factors WHERE account_id = ? AND confirmed_at IS NOT NULL
  UNION ALL SELECT 1 FROM passkeys WHERE account_id = ? LIMIT 1`);

/** Whether somebody has a second factor of any kind: an app, or a passkey, which is two in one. */
export const hasSecondFactor = async (db: Db, accountId: number): Promise<boolean> =>
  Boolean(await find.first(db, [accountId, accountId]));
