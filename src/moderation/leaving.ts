import { audit, countPerson, dropDeletion, endOtherSessions, scheduleDeletion, dayOf } from '../accounts/index.ts';
import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { sendLater } from '../mail/index.ts';
import { setOutOfSight } from './sight.ts';

/** From where somebody asks, and the site they ask. */
interface Circumstances {
  address: string;
  /** BASE_URL: links in mails begin with it. */
  site: string;
}

/**
 * A member wants to be gone: from the commit on they are signed out everywhere, and their profile and images are nobody's
 * to see. Answers when all of it is removed for good; until then they may take it back.
 * @throws Refusal 422 for the only one who runs a site of several people
 */
export async function askDeletion(db: Db, accountId: number, where: Circumstances, now = Date.now()): Promise<number> {
  return db.transaction(async (trx) => {
    // First of all, and as an update: whoever saves an image waits here, and whoever makes its tiers passes by.
    const left = await trx('accounts').where({ id: accountId, disabled_at: null }).update({ disabled_at: now });
    const account = await trx('accounts').where({ id: accountId }).first('username', 'email', 'role', 'language');
    if (account.role === 'admin') await refuseOnlyAdmin(trx, accountId);
    const due = await scheduleDeletion(trx, accountId, now);
    await setOutOfSight(trx, accountId, true);
    if (left) await countPerson(trx, accountId, -1);
    await endOtherSessions(trx, accountId, null);
    await audit(trx, { accountId, act: 'deletion_asked', address: where.address }, now);
    const { username, email, language } = account;
    const params = { username, date: dayOf(due, language), link: `${where.site}/account/login` };
    await sendLater(trx, { to: email, kind: 'deletion_asked', params, language });
    return due;
  });
}

async function refuseOnlyAdmin(trx: Db, accountId: number) {
  const others = trx('accounts').whereNot({ id: accountId }).whereNull('disabled_at');
  if (!(await others.clone().first('id')) || (await others.where({ role: 'admin' }).first('id'))) return;
  throw new Refusal(422, 'only_admin', 'leaving.only_admin', { field: 'form' });
}

/** Takes a deletion back: all is as it was. False when it has begun, or was never asked for. */
export async function cancelDeletion(db: Db, accountId: number, address: string, now = Date.now()): Promise<boolean> {
  return db.transaction(async (trx) => {
    if (!(await dropDeletion(trx, accountId, { byOwner: true }))) return false;
    await trx('accounts').where({ id: accountId }).update({ disabled_at: null });
    await setOutOfSight(trx, accountId, false);
    await countPerson(trx, accountId, 1);
    await audit(trx, { accountId, act: 'deletion_cancelled', address }, now);
    return true;
  });
}
