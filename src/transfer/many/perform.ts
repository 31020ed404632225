import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import type { NopinRule } from '../../images/index.ts';
import { act, unact, type Doing, type Held, type Value } from './actions.ts';
import { goOn } from './begin.ts';

/** A job is short, so that others get their turn and a site that stops need not wait for it. */
const AT_ONCE = 50;
const LONG_MS = 2000;

interface Many extends Doing {
  id: number;
  ownerId: number;
  undoing: boolean;
}

/**
 * Does a part of it, image by image, each in a transaction of its own that also writes down that it was done: after a crash
 * none is done twice and none left out. What is left is the next job's.
 */
export async function changeMany(db: Db, id: number, nopin: NopinRule): Promise<void> {
  const many = await find(db, id, nopin);
  if (!many) return;
  const left = many.undoing ? 'changed' : 'todo';
  const ids: number[] = await db('many_images')
    .where({ many_id: id, state: left })
    .orderBy('image_id')
    .limit(AT_ONCE)
    .pluck('image_id');
  const until = performance.now() + LONG_MS;
  for (const imageId of ids.map(Number)) {
    await one(db, many, imageId, left);
    if (performance.now() > until) break;
  }
  const more = await db('many_images').where({ many_id: id, state: left }).first('image_id');
  if (more) await goOn(db, id);
}

async function find(db: Db, id: number, nopin: NopinRule): Promise<Many | null> {
  const row = await db('many').where({ id }).first();
  return (
    row && {
      id,
      ownerId: Number(row.account_id),
      action: row.action,
      value: JSON.parse(row.value) as Value,
      nopin,
      undoing: row.undone_at !== null,
    }
  );
}

async function one(db: Db, many: Many, imageId: number, left: 'todo' | 'changed') {
  const mine = { many_id: many.id, image_id: imageId };
  try {
    await db.transaction(async (trx) => {
      const image = await hold(trx, many.ownerId, imageId);
      // Whoever came first has done it: a page that could not wait, or the job.
      const row = await trx('many_images')
        .where({ ...mine, state: left })
        .forUpdate()
        .first('before');
      if (!row) return;
      const outcome = image ? await outcomeOf(trx, many, image, row.before) : { state: many.undoing ? 'kept' : 'same' };
      await trx('many_images').where(mine).update(outcome);
    });
  } catch (error) {
    // What the rule forbids for this image is said in the end; anything else is for the next try.
    if (!(error instanceof Refusal) || error.status >= 500) throw error;
    await db('many_images')
      .where({ ...mine, state: left })
      .update({ state: many.undoing ? 'kept' : 'refused' });
  }
}

async function outcomeOf(trx: Db, many: Many, image: Held, was: string | null) {
  if (many.undoing) return { state: (await unact(trx, image, many, JSON.parse(was ?? '{}'))) ? 'undone' : 'kept' };
  const before = await act(trx, image, many);
  return before === null ? { state: 'same' } : { state: 'changed', before: JSON.stringify(before) };
}

async function hold(trx: Db, ownerId: number, id: number): Promise<Held | null> {
  const row = await trx('images').where({ id, owner_id: ownerId }).forUpdate().first();
  return row
    ? {
        id: Number(row.id),
        ownerId,
        visibility: row.visibility,
        showName: Boolean(row.show_name),
        binned: row.binned_at !== null,
      }
    : null;
}
