import { countInLists, type Count, type Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Visibility } from '../lib/visibility.ts';
import { currentLists, holdBoard, moveBetween, type Held } from './counts.ts';
import { freeSlug, leaveSlug } from './slug.ts';

/** What an owner may change of a board; what is left out stays as it is. */
export interface BoardForm {
  title?: string | undefined;
  description?: string | undefined;
  visibility?: Visibility | undefined;
  imageVisibility?: Visibility | null | undefined;
  /** The slug of an own board that it is to lie in; null for none. */
  parent?: string | null | undefined;
  /** An image that stands on it; null for the first. */
  cover?: number | null | undefined;
}

/** Changes an own board. With another title it gets another address, and the old one leads there for a while. */
export async function editBoard(db: Db, ownerId: number, id: number, form: BoardForm, now = Date.now()) {
  await db.transaction(async (trx) => {
    // Two changes of one member's boards come one after the other: neither takes an address, or a parent, from the other.
    await trx('accounts').where({ id: ownerId }).forUpdate().first('id');
    const board = await holdOwned(trx, ownerId, id);
    const before = await currentLists(trx, board);
    const slug = form.title === undefined ? board.slug : await freeSlug(trx, ownerId, form.title, id);
    const columns = {
      slug,
      title: form.title,
      description: form.description,
      visibility: form.visibility,
      image_visibility: form.imageVisibility,
      parent_id: await parentOf(trx, board, form.parent),
      cover_id: await coverOf(trx, board, form.cover),
    };
    await trx('boards')
      .where({ id })
      .update(Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)));
    if (slug !== board.slug) await leaveSlug(trx, ownerId, id, board.slug, slug, now);
    await count(trx, id, before, { ...board, visibility: form.visibility ?? board.visibility });
  });
}

/** An own board, held; in the bin it is not there. */
async function holdOwned(trx: Db, ownerId: number, id: number): Promise<Held> {
  const board = await holdBoard(trx, id);
  if (Number(board.owner_id) !== ownerId || board.deleted_at !== null) throw notFound();
  return board;
}

async function count(trx: Db, id: number, before: readonly string[], after: Held) {
  await countInLists(trx, moveBetween(id, before, await currentLists(trx, after)));
}

/** One level deep: a board lies in one that lies in none, and holds no boards itself. */
async function parentOf(trx: Db, board: Held, slug: string | null | undefined): Promise<number | null | undefined> {
  if (slug === undefined || slug === null) return slug;
  const refuse = (key: 'field.board' | 'board.parent_itself' | 'board.parent_deep' | 'board.parent_full') =>
    new Refusal(422, 'invalid', key, { field: 'parent' });
  const parent = await trx('boards')
    .where({ owner_id: board.owner_id, slug, deleted_at: null })
    .first('id', 'parent_id');
  if (!parent) throw refuse('field.board');
  if (Number(parent.id) === Number(board.id)) throw refuse('board.parent_itself');
  if (parent.parent_id !== null) throw refuse('board.parent_deep');
  if (await trx('boards').where({ parent_id: board.id, deleted_at: null }).first('id'))
    throw refuse('board.parent_full');
  return Number(parent.id);
}

async function coverOf(trx: Db, board: Held, imageId: number | null | undefined): Promise<number | null | undefined> {
  if (imageId === undefined || imageId === null) return imageId;
  const there = await trx('board_images').where({ board_id: board.id, image_id: imageId }).first('image_id');
  if (!there) throw new Refusal(422, 'unknown', 'board.cover_unknown', { field: 'cover' });
  return imageId;
}

/**
 * Deletes an own board, or takes it back; its images stay where else they are, and boards in it move out. Doing either
 * twice is doing it once.
 */
export async function setDeleted(db: Db, ownerId: number, id: number, deleted: boolean, now = Date.now()) {
  await db.transaction(async (trx) => {
    await trx('accounts').where({ id: ownerId }).forUpdate().first('id');
    const inside: number[] = await trx('boards').where({ parent_id: id }).pluck('id');
    for (const one of [...inside, id].map(Number).sort((a, b) => a - b)) await holdBoard(trx, one);
    const board = await holdBoard(trx, id);
    if (Number(board.owner_id) !== ownerId) throw notFound();
    if ((board.deleted_at !== null) === deleted) return;
    const before = await currentLists(trx, board);
    const deleted_at = deleted ? now : null;
    await trx('boards').where({ parent_id: id }).update({ parent_id: null });
    await trx('boards').where({ id }).update({ deleted_at, parent_id: null });
    await count(trx, id, before, { ...board, deleted_at });
  });
}

/** The number of an own board that was deleted and can be taken back. */
export async function findDeleted(db: Db, ownerId: number, slug: string): Promise<number> {
  const row = await db('boards').where({ owner_id: ownerId, slug }).whereNotNull('deleted_at').first('id');
  if (!row) throw notFound();
  return Number(row.id);
}

/** Takes all boards of a member out of everyone's sight with their account, or gives them back. Answers what that changes in lists. */
export async function setBoardsDisabled(trx: Db, ownerId: number, disabled: boolean): Promise<Count[]> {
  const changed = { owner_id: ownerId, owner_disabled: !disabled };
  const ids: number[] = await trx('boards').where(changed).orderBy('id').pluck('id');
  const counts: Count[] = [];
  for (const id of ids) {
    const board = await holdBoard(trx, Number(id));
    const before = await currentLists(trx, board);
    counts.push(...moveBetween(Number(id), before, await currentLists(trx, { ...board, owner_disabled: disabled })));
  }
  await trx('boards').where({ owner_id: ownerId }).update({ owner_disabled: disabled });
  return counts;
}
