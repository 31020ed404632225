import { namedPage, pageNumber, placeOf, query, type Db, type Query, type Wanted } from '../db/index.ts';
import { asSeenBy, dayOf, DAYS_KEPT, selectImages, type Image, type ImageRow, type Reader } from '../images/index.ts';
import { chunks } from '../lib/chunks.ts';
import { writeCursor } from '../lib/cursor.ts';
import type { ImagePage } from './pages.ts';

/** Since when views count for a ranking. */
export const RANKINGS = ['day', 'week', 'month', 'ever'] as const;
export type Ranking = (typeof RANKINGS)[number];

/** How many days a ranking looks back to, the one that is not over being one of them. */
const DAYS: Readonly<Record<Exclude<Ranking, 'ever'>, number>> = { day: 1, week: 7, month: DAYS_KEPT };
const DAY_MS = 24 * 60 * 60 * 1000;

/** Who finds it: the condition is written out, so that it matches the partial indexes of the images. */
const CIRCLES = { members: 'i.reach >= 1', everyone: 'i.reach = 2' } as const;
type Circle = keyof typeof CIRCLES;

const circleOf = (reader: Reader): Circle => (reader.id === null ? 'everyone' : 'members');
const nameOf = (ranking: Ranking, circle: Circle) => `${ranking}:${circle}`;

const SIZE = 16;
/** A ranking ends after a hundred pages. */
const LONGEST = 100 * SIZE;

interface Ranked {
  id: number;
  n: number;
}

const both = <Made>(make: (seen: string) => Made): Record<Circle, Made> => ({
  members: make(CIRCLES.members),
  everyone: make(CIRCLES.everyone),
});

const mostEver = both((seen) =>
  query<Ranked>(`SELECT i.id, i.views AS n FROM images i WHERE ${seen} AND i.views > 0
    ORDER BY i.views DESC, i.id DESC LIMIT ${LONGEST}`),
);
const mostSince = both((seen) =>
  query<Ranked>(`SELECT v.image_id AS id, SUM(v.n) AS n FROM image_views v JOIN images i ON i.id = v.image_id
    WHERE v.day > ? AND ${seen} GROUP BY v.image_id ORDER BY SUM(v.n) DESC, v.image_id DESC LIMIT ${LONGEST}`),
);

const AT_ONCE = 200;

/** Counts all rankings anew. What is looked up is looked up before anything is held; each list is replaced at once. */
export async function countRanks(db: Db, now = Date.now()): Promise<void> {
  for (const ranking of RANKINGS)
    for (const circle of ['members', 'everyone'] as const)
      await replace(db, nameOf(ranking, circle), await mostViewed(db, ranking, circle, now), now);
}

const mostViewed = (db: Db, ranking: Ranking, circle: Circle, now: number) =>
  ranking === 'ever' ? mostEver[circle].all(db, []) : mostSince[circle].all(db, [dayOf(now - DAYS[ranking] * DAY_MS)]);

async function replace(db: Db, list: string, ranked: readonly Ranked[], now: number) {
  const rows = ranked.map(({ id, n }, i) => ({ list, place: i + 1, image_id: id, views: Number(n) }));
  await db.transaction(async (trx) => {
    // First, since it holds back whoever else counts the same.
    await trx('rankings').insert({ list, length: rows.length, counted_at: now }).onConflict('list').merge();
    await trx('ranks').where({ list }).delete();
    for (const some of chunks(rows, AT_ONCE)) await trx('ranks').insert(some);
  });
}

type RankRow =
  { length: number; counted_at: number; image: null } | (ImageRow & { length: null; place: number; viewed: number });

const rowsOf = (seen: string): Query<RankRow> => {
  const page = selectImages(
    `JOIN ranks k ON k.image_id = i.id WHERE k.list = ? AND k.place > ? AND ${seen} ORDER BY k.place LIMIT ${SIZE}`,
    'k.place, k.views AS viewed,',
  );
  const whole = (text: string) => `
    SELECT r.length, r.counted_at, CAST(NULL AS integer) AS place, CAST(NULL AS integer) AS viewed, CAST(NULL AS text) AS image
      FROM rankings r WHERE r.list = ?
    UNION ALL SELECT NULL, NULL, p.place, p.viewed, p.image FROM (${text}) p`;
  return query({ sqlite: whole(page.sqlite), postgres: whole(page.postgres) });
};
const rows = both(rowsOf);

export interface RankedPage extends ImagePage {
  /** When it was counted; null when it never was. */
  countedAt: number | null;
  /** How often each was looked at in that time, by image. */
  viewed: ReadonlyMap<number, number>;
}

/**
 * A page of a ranking in one query: the next so many from a place on. What the reader may no longer see since it was counted is
 * passed over, so that whoever goes on by the key that a page ends with finds full pages and nothing twice.
 */
export async function readRanking(db: Db, reader: Reader, ranking: Ranking, wanted: Wanted): Promise<RankedPage> {
  const page = wanted.after === null ? pageNumber(wanted.page) : namedPage(wanted);
  const before = Math.min(wanted.after === null ? ((page ?? 1) - 1) * SIZE : placeOf(wanted.after), LONGEST);
  const circle = circleOf(reader);
  const list = nameOf(ranking, circle);
  return asPage(reader, page, await rows[circle].all(db, [list, list, before]));
}

function asPage(reader: Reader, page: number | null, found: readonly RankRow[]): RankedPage {
  const about = found.find((row) => row.image === null);
  const total = Number(about?.length ?? 0);
  const ranked = found.flatMap((row) => (row.image === null ? [] : [row])).sort((a, b) => a.place - b.place);
  const viewed = new Map<number, number>();
  const images: Image[] = ranked.map((row) => {
    const image = asSeenBy(reader, row);
    viewed.set(image.id, Number(row.viewed));
    return image;
  });
  const last = ranked.at(-1)?.place ?? total;
  const next = ranked.length === SIZE && last < total ? writeCursor([last]) : null;
  const pages = Math.max(1, Math.ceil(total / SIZE));
  return {
    images,
    viewed,
    next,
    page,
    pages,
    total,
    countedAt: about?.image === null ? Number(about.counted_at) : null,
  };
}
