import { query, type Db } from '../../db/index.ts';
import { notFound } from '../../errors.ts';
import type { Action, Value } from './actions.ts';
import { UNDO_MS } from './begin.ts';

/** How far something that is done to many images has come. */
export interface Progress {
  id: number;
  action: Action;
  value: Value;
  state: 'doing' | 'done' | 'undoing' | 'undone';
  total: number;
  /** Dealt with so far: of all, or while it is taken back of those that were changed. */
  done: number;
  changed: number;
  /** They were so already. */
  same: number;
  /** They could not be changed so. */
  refused: number;
  /** Taken back; and those that were changed again since, and stay. */
  undone: number;
  kept: number;
  /** Chosen, but not theirs or not there. */
  others: number;
  /** Until when it can be taken back. */
  undoUntil: number;
}

interface Row {
  action: Action;
  value: string;
  created_at: number;
  undone_at: number | null;
  others: number;
  state: string | null;
  n: number;
}

const found = query<Row>(`
  SELECT m.action, m.value, m.created_at, m.undone_at, m.others, i.state, count(i.image_id) AS n
  FROM many m LEFT JOIN many_images i ON i.many_id = m.id WHERE m.id = ? AND m.account_id = ?
  GROUP BY m.id, m.action, m.value, m.created_at, m.undone_at, m.others, i.state`);

/** How it stands; a Refusal 404 where it is not theirs. */
export async function findMany(db: Db, ownerId: number, id: number): Promise<Progress> {
  const rows = await found.all(db, [id, ownerId]);
  const [first] = rows;
  if (!first) throw notFound();
  const of = (...states: string[]) =>
    rows.filter(({ state }) => state !== null && states.includes(state)).reduce((sum, { n }) => sum + Number(n), 0);
  const total = rows.reduce((sum, { n }) => sum + Number(n), 0);
  const undoing = first.undone_at !== null;
  const left = of(undoing ? 'changed' : 'todo');
  const changed = of('changed', 'undone', 'kept');
  return {
    id,
    action: first.action,
    value: JSON.parse(first.value) as Value,
    state: undoing ? (left > 0 ? 'undoing' : 'undone') : left > 0 ? 'doing' : 'done',
    total,
    done: (undoing ? changed : total) - left,
    changed,
    same: of('same'),
    refused: of('refused'),
    undone: of('undone'),
    kept: of('kept'),
    others: Number(first.others),
    undoUntil: Number(first.created_at) + UNDO_MS,
  };
}
