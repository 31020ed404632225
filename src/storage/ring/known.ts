import type { Db } from '../../db/index.ts';
import { WrongSetting } from '../../lib/settings.ts';
import type { StoreSetting } from '../../lib/store-settings.ts';

/** Of the stores, what is asked of a setting. */
export type Named = Pick<StoreSetting, 'name' | 'leaving'>;

/**
 * Writes down which stores there are, so that one that is left out by mistake is missed.
 * @throws WrongSetting where a store has gone from STORAGE that may still hold images
 */
export async function settleStores(db: Db, stores: readonly Named[], now = Date.now()): Promise<void> {
  const names = stores.map(({ name }) => name);
  const [missing] = await db('stores').whereNull('emptied_at').whereNotIn('name', names).orderBy('name').pluck('name');
  if (missing) throw new WrongSetting('storage.missing', { name: String(missing) });
  for (const { name, leaving } of stores) {
    const known = db('stores').insert({ name, since: now, emptied_at: null }).onConflict('name');
    await (leaving ? known.ignore() : known.merge({ emptied_at: null }));
  }
}

/** Says that nothing is left in a store that leaves: from now on STORAGE may do without it. */
export async function markEmptied(db: Db, name: string, now = Date.now()): Promise<void> {
  await db('stores').insert({ name, since: now, emptied_at: now }).onConflict('name').merge({ emptied_at: now });
}

/** Gives a store up for lost, or for one that has another address now; false where nobody knows it. */
export const forgetStore = async (db: Db, name: string): Promise<boolean> =>
  (await db('stores').where({ name }).delete()) === 1;
