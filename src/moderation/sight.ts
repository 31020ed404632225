import { setBoardsDisabled } from '../boards/index.ts';
import { countInLists, type Db } from '../db/index.ts';
import { setOwnerDisabled } from '../images/index.ts';

/** Takes what a member saved and made out of everyone's sight, or gives it back: their images and their boards. */
export async function setOutOfSight(trx: Db, accountId: number, away: boolean) {
  const ofImages = await setOwnerDisabled(trx, accountId, away);
  await countInLists(trx, [...ofImages, ...(await setBoardsDisabled(trx, accountId, away))]);
}
