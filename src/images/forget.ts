import type { Db } from '../db/index.ts';
import type { Storage } from '../storage/index.ts';
import { listNames } from './counts.ts';
import { dropDrafts } from './drafts.ts';
import { removePhoto } from './photos.ts';
import { purge } from './purge.ts';

const AT_ONCE = 500;

/** Removes all that somebody has saved here, rows and bytes, in small steps: whoever begins anew goes on where it ended. */
export async function forget(db: Db, storage: Storage, accountId: number): Promise<void> {
  await removePhoto(db, { storage }, accountId);
  await inSteps(
    () => db('drafts').where({ account_id: accountId }).limit(AT_ONCE).pluck('id'),
    (ids: string[]) => dropDrafts(db, storage, ids),
  );
  await db('once_keys').where({ account_id: accountId }).delete();
  await inSteps(
    () => db('images').where({ owner_id: accountId }).orderBy('id').limit(AT_ONCE).pluck('id'),
    async (ids: number[]) => {
      for (const id of ids) await purge(db, storage, Number(id), () => true);
    },
  );
  // What they alone found on boards of others has their number at the end.
  await db('list_counts').whereIn('list', ownLists(accountId)).orWhereLike('list', `%:own:${accountId}`).delete();
}

async function inSteps<Id>(next: () => PromiseLike<Id[]>, remove: (ids: Id[]) => Promise<void>) {
  for (let ids = await next(); ids.length > 0; ids = await next()) await remove(ids);
}

const ownLists = (id: number) => {
  const { own, private: hidden, bin, shownToMembers, shownToAll, liked } = listNames;
  return [own, hidden, bin, shownToMembers, shownToAll, liked].map((name) => name(id));
};
