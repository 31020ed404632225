import type { Db } from '../../db/index.ts';
import { notFound, Refusal } from '../../errors.ts';
import { chunks } from '../../lib/chunks.ts';
import { enqueue } from '../../queue/index.ts';
import type { Action, Value } from './actions.ts';

/** So many images can be chosen at once. */
export const MOST = 10_000;
/** Somebody who has this many under way waits for them. */
const UNDER_WAY = 3;
const AT_ONCE = 500;
/** What was done can be taken back for so long. */
export const UNDO_MS = 24 * 60 * 60 * 1000;

export interface Wish {
  ownerId: number;
  action: Action;
  value: Value;
  /** Numbers of images; what is not the owner's is left out and counted. */
  ids: readonly number[];
}

/**
 * Writes down what is to be done to which images; answers its number. It is done by jobs from then on: wake the worker.
 * @throws Refusal 422 where none or too many are chosen, 429 where too much of theirs is under way
 */
export async function beginMany(db: Db, { ownerId, action, value, ids }: Wish, now = Date.now()): Promise<number> {
  const chosen = [...new Set(ids)];
  if (chosen.length === 0) throw new Refusal(422, 'invalid', 'many.none', { field: 'ids' });
  if (chosen.length > MOST)
    throw new Refusal(422, 'too_many', 'many.too_many', { field: 'ids', params: { max: MOST } });
  return db.transaction(async (trx) => {
    // Of two who begin at once the second finds what the first has begun.
    await trx('accounts')
      .where({ id: ownerId })
      .update({ username: trx.ref('username') });
    if ((await underWay(trx, ownerId)) >= UNDER_WAY) throw new Refusal(429, 'under_way', 'many.under_way');
    const [row] = await trx('many')
      .insert({ account_id: ownerId, action, value: JSON.stringify(value), created_at: now })
      .returning('id');
    const id = Number(row.id);
    let found = 0;
    for (const some of chunks(chosen, AT_ONCE)) {
      const own: number[] = await trx('images').whereIn('id', some).where({ owner_id: ownerId }).pluck('id');
      found += own.length;
      for (const part of chunks(own, 100))
        await trx('many_images').insert(part.map((image_id) => ({ many_id: id, image_id, state: 'todo' })));
    }
    await trx('many')
      .where({ id })
      .update({ others: chosen.length - found });
    await goOn(trx, id);
    return id;
  });
}

async function underWay(trx: Db, ownerId: number): Promise<number> {
  const rows = await trx('many as m')
    .where({ 'm.account_id': ownerId })
    .whereExists((q) => q.from('many_images as i').whereRaw('i.many_id = m.id').where({ 'i.state': 'todo' }))
    .limit(UNDER_WAY)
    .select('m.id');
  return rows.length;
}

/** Makes sure that a job goes on with it. */
export const goOn = (db: Db, id: number) => enqueue(db, 'changeMany', { many: id }, { key: `many ${id}` });

/**
 * Begins to take back what was done; twice is once. Images that were changed again since stay as they are.
 * @throws Refusal 404 where it is not theirs, 410 when the day is over, 409 while it is still being done
 */
export async function undoMany(db: Db, ownerId: number, id: number, now = Date.now()): Promise<void> {
  await db.transaction(async (trx) => {
    const row = await trx('many').where({ id, account_id: ownerId }).forUpdate().first();
    if (!row) throw notFound();
    if (row.undone_at !== null) return;
    if (Number(row.created_at) < now - UNDO_MS) throw new Refusal(410, 'over', 'many.over');
    if (await trx('many_images').where({ many_id: id, state: 'todo' }).first('image_id'))
      throw new Refusal(409, 'under_way', 'many.not_yet');
    await trx('many').where({ id }).update({ undone_at: now });
    await goOn(trx, id);
  });
}

/** Forgets what can no longer be taken back. */
export const sweepMany = (db: Db, now = Date.now()): Promise<number> =>
  db('many')
    .where('created_at', '<', now - 2 * UNDO_MS)
    .delete();
