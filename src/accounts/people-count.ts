import { countInLists, type Db } from '../db/index.ts';

/** The list of everybody who has an account and is not disabled. */
export const PEOPLE = 'people';

/** Somebody joins the people that others can find (1), or is no longer among them (-1); inside the transaction that does it. */
export const countPerson = (trx: Db, accountId: number, n: 1 | -1) =>
  countInLists(trx, [{ list: PEOPLE, at: accountId, n }]);
