import type { Db } from '../db/index.ts';
import { slugOf } from '../lib/slug.ts';

/** How long an address that a board had leads to it. */
const KEPT_MS = 180 * 24 * 60 * 60 * 1000;

/** What the address of a board says: of its title, and a number where its owner has another one of that name. */
export async function freeSlug(trx: Db, ownerId: number, title: string, exceptId = 0): Promise<string> {
  const slug = titleSlug(title);
  const taken = new Set<string>(
    await trx('boards')
      .where({ owner_id: ownerId })
      .whereNot({ id: exceptId })
      .where((q) => q.where({ slug }).orWhereLike('slug', `${slug}-%`))
      .pluck('slug'),
  );
  if (!taken.has(slug)) return slug;
  let n = 2;
  while (taken.has(`${slug}-${n}`)) n += 1;
  return `${slug}-${n}`;
}

/** `image` is what a slug of nothing says: a board's is `board`. */
function titleSlug(title: string): string {
  const slug = slugOf(title);
  return slug === 'image' && !/image/i.test(title) ? 'board' : slug;
}

/** An address that is given up leads on for a while; the one that is taken leads to the board alone. */
export async function leaveSlug(trx: Db, ownerId: number, boardId: number, from: string, to: string, now: number) {
  await trx('past_slugs').where({ owner_id: ownerId, slug: to }).delete();
  if (from === to) return;
  await trx('past_slugs')
    .insert({ owner_id: ownerId, slug: from, board_id: boardId, until: now + KEPT_MS })
    .onConflict(['owner_id', 'slug'])
    .merge();
}

/** The address that a board has now which had this one a while ago; null for every other. */
export async function findMovedBoard(
  db: Db,
  nameKey: string,
  slug: string,
  now = Date.now(),
): Promise<{ id: number; slug: string } | null> {
  const row = await db('past_slugs as p')
    .join('boards as b', 'b.id', 'p.board_id')
    .join('accounts as a', 'a.id', 'p.owner_id')
    .where({ 'a.username_key': nameKey, 'p.slug': slug, 'b.deleted_at': null })
    .where('p.until', '>', now)
    .first('b.id', 'b.slug');
  return row ? { id: Number(row.id), slug: row.slug } : null;
}

export const sweepSlugs = (db: Db, now = Date.now()): Promise<number> =>
  db('past_slugs').where('until', '<=', now).delete();
