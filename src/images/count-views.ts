import { query, type Db } from '../db/index.ts';
import { randomToken, type Signer } from '../lib/secret.ts';

/** Somebody looked at an image. `who` is never written: only what the day's secret makes of it. */
export interface View {
  imageId: number;
  who: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** The day of a moment, in UTC, as tables have it. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The longest ranking looks back so far. */
export const DAYS_KEPT = 30;

/**
 * Counts views in one transaction, each once a person and day: whoever has a mark already is passed over, whichever process
 * wrote it. Images that are gone meanwhile are left out.
 */
export async function countViews(db: Db, signer: Signer, views: readonly View[], now = Date.now()): Promise<void> {
  const day = dayOf(now);
  const secret = await secretOf(db, day);
  const marks = views.map(({ imageId, who }) => ({
    image_id: imageId,
    viewer: signer.sign(`view ${secret}`, who),
    day,
  }));
  await db.transaction(async (trx) => {
    const there = await holdImages(trx, views);
    const wanted = marks.filter(({ image_id }) => there.has(image_id));
    if (wanted.length > 0) await add(trx, day, await markNew(trx, wanted));
  });
}

/** A secret for a day, the same in every process. */
async function secretOf(db: Db, day: string): Promise<string> {
  await db('view_secrets').insert({ day, secret: randomToken() }).onConflict('day').ignore();
  return (await db('view_secrets').where({ day }).first('secret')).secret;
}

/** Held in one order everywhere, so that two processes never wait for each other crosswise. */
async function holdImages(trx: Db, views: readonly View[]): Promise<Set<number>> {
  const ids = [...new Set(views.map(({ imageId }) => imageId))];
  const found: number[] = await trx('images').whereIn('id', ids).orderBy('id').forUpdate().pluck('id');
  return new Set(found.map(Number));
}

/** How many of the marks are new, by image. */
async function markNew(trx: Db, marks: { image_id: number }[]): Promise<[id: number, n: number][]> {
  const made: { image_id: number }[] = await trx('view_marks')
    .insert(marks)
    .onConflict(['image_id', 'viewer'])
    .ignore()
    .returning('image_id');
  const counts = new Map<number, number>();
  for (const { image_id } of made) counts.set(Number(image_id), (counts.get(Number(image_id)) ?? 0) + 1);
  return [...counts];
}

async function add(trx: Db, day: string, counts: readonly [id: number, n: number][]) {
  if (counts.length === 0) return;
  await trx('image_views')
    .insert(counts.map(([image_id, n]) => ({ image_id, day, n })))
    .onConflict(['image_id', 'day'])
    .merge({ n: trx.raw('image_views.n + excluded.n') });
  const rows = counts.map(() => '(CAST(? AS bigint), CAST(? AS integer))').join(', ');
  // Both databases call the columns of VALUES so.
  await trx.raw(
    `UPDATE images SET views = images.views + v.column2 FROM (VALUES ${rows}) v WHERE images.id = v.column1`,
    counts.flat(),
  );
}

const AT_ONCE = 5000;

const dropMarks = query<{ image_id: number }>(`
  DELETE FROM view_marks WHERE (image_id, viewer) IN
    (SELECT image_id, viewer FROM view_marks WHERE day < ? LIMIT ${AT_ONCE}) RETURNING image_id`);
const dropDays = query<{ image_id: number }>(`
  DELETE FROM image_views WHERE (image_id, day) IN
    (SELECT image_id, day FROM image_views WHERE day < ? LIMIT ${AT_ONCE}) RETURNING image_id`);

/** Forgets the secrets of days that are over, who looked then, and days that no ranking looks back to. */
export async function sweepViews(db: Db, now = Date.now()): Promise<void> {
  const today = dayOf(now);
  await db('view_secrets').where('day', '<', today).delete();
  while ((await dropMarks.all(db, [today])).length === AT_ONCE);
  while ((await dropDays.all(db, [dayOf(now - DAYS_KEPT * DAY)])).length === AT_ONCE);
}
