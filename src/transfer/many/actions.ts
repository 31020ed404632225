import { putOnBoard, takeOffBoard } from '../../boards/index.ts';
import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { editImage, foldTag, MAX_TAGS, setBinned, tagsOf, type NopinRule } from '../../images/index.ts';
import type { Visibility } from '../../lib/visibility.ts';

/** What can be done to many images at once, and what the same form calls it. */
export const ACTIONS = [
  'public',
  'members',
  'private',
  'named',
  'nameless',
  'tag',
  'untag',
  'file',
  'unfile',
  'delete',
  'restore',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What an action needs beside itself. */
export interface Value {
  tags?: readonly string[];
  board?: number;
}

/** An image that is held, and by whom. */
export interface Held {
  id: number;
  ownerId: number;
  visibility: Visibility;
  showName: boolean;
  binned: boolean;
}

/** What is to be done, and what the site makes of pictures whose pages ask not to be collected. */
export interface Doing {
  action: Action;
  value: Value;
  nopin: NopinRule;
}

/** What was there before, as undoing needs it; null where there was nothing to do. */
export type Before = { visibility?: Visibility; showName?: boolean; tags?: readonly string[] } | null;

/**
 * Does it to one own image that is held, by the same rules as one by one. A Refusal where that cannot be: it lies in the bin,
 * it may be private alone, it would have too many tags.
 */
export async function act(trx: Db, image: Held, { action, value, nopin }: Doing): Promise<Before> {
  const { id, ownerId } = image;
  if (action === 'delete' || action === 'restore') return bin(trx, image, action === 'delete');
  if (image.binned) throw new Refusal(404, 'not_found', 'error.not_found');
  if (action === 'named' || action === 'nameless') {
    const showName = action === 'named';
    if (image.showName === showName) return null;
    await editImage(trx, ownerId, id, { showName });
    return { showName: image.showName };
  }
  if (action === 'tag' || action === 'untag') return retag(trx, image, action === 'tag', value.tags ?? []);
  if (action === 'file' || action === 'unfile') return file(trx, image, action === 'file', value.board ?? 0);
  if (image.visibility === action) return null;
  await editImage(trx, ownerId, id, { visibility: action }, { nopin });
  return { visibility: image.visibility };
}

/** Takes back what was done to an image; false where it was changed again since, or the other way has been done meanwhile. */
export async function unact(
  trx: Db,
  image: Held,
  { action, value, nopin }: Doing,
  before: NonNullable<Before>,
): Promise<boolean> {
  const { id, ownerId } = image;
  if (action === 'delete' || action === 'restore') return (await bin(trx, image, action === 'restore')) !== null;
  if (image.binned) return false;
  if (action === 'tag' || action === 'untag')
    return (await retag(trx, image, action === 'untag', before.tags ?? [])) !== null;
  if (action === 'file' || action === 'unfile')
    return (await file(trx, image, action === 'unfile', value.board ?? 0)) !== null;
  if (before.showName !== undefined) {
    if (image.showName === before.showName) return false;
    await editImage(trx, ownerId, id, { showName: before.showName });
    return true;
  }
  if (image.visibility !== action || before.visibility === undefined) return false;
  await editImage(trx, ownerId, id, { visibility: before.visibility }, { nopin });
  return true;
}

async function bin(trx: Db, { id, ownerId, binned }: Held, into: boolean): Promise<Before> {
  if (binned === into) return null;
  await setBinned(trx, ownerId, id, into);
  return {};
}

/** Adds tags, or takes them away; answers which ones that were. */
async function retag(trx: Db, { id, ownerId }: Held, add: boolean, names: readonly string[]): Promise<Before> {
  const had = await tagsOf(trx, id);
  const has = new Set(had.map(foldTag));
  const wanted = new Set(names.map(foldTag));
  const tags = add
    ? [...had, ...names.filter((name) => !has.has(foldTag(name)))]
    : had.filter((name) => !wanted.has(foldTag(name)));
  if (tags.length === had.length) return null;
  if (tags.length > MAX_TAGS) throw new Refusal(422, 'too_many', 'field.tags', { field: 'tags' });
  await editImage(trx, ownerId, id, { tags });
  const now = await tagsOf(trx, id);
  const [more, fewer] = add ? [now, had] : [had, now];
  const kept = new Set(fewer.map(foldTag));
  return { tags: more.filter((name) => !kept.has(foldTag(name))) };
}

async function file(trx: Db, { id, ownerId }: Held, on: boolean, boardId: number): Promise<Before> {
  const there = await trx('board_images').where({ board_id: boardId, image_id: id }).first('image_id');
  if (Boolean(there) === on) return null;
  await (on ? putOnBoard : takeOffBoard)(trx, ownerId, boardId, id);
  return {};
}
