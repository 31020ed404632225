import { jsonRows, query, readRows, type Db, type Part } from '../db/index.ts';
import { asSeenBy, selectImages, VISITOR, type Image, type ImageRow, type Reader } from '../images/index.ts';

export { countArrivals, MOST_ARRIVALS } from './arrivals.ts';
export { binOf, gallery, likedBy, privateOf, profile, type List } from './lists.ts';
export { countOf, readPage, type ImagePage } from './pages.ts';
export { countRanks, RANKINGS, readRanking, type RankedPage, type Ranking } from './ranking.ts';
export { boardShelf, readShelf, tagShelf, type Shelf } from './shelf.ts';

const mostLiked = query<ImageRow>(selectImages('WHERE i.reach = 2 ORDER BY i.likes DESC, i.id DESC LIMIT 12'));

/** What a visitor's home shows: the twelve most liked public images. */
export async function findMostLiked(db: Db): Promise<Image[]> {
  return (await mostLiked.all(db, [])).map((row) => asSeenBy(VISITOR, row));
}

const latest = selectImages('WHERE i.owner_id = ? AND i.binned_at IS NULL ORDER BY i.id DESC LIMIT 12');

/** A member's own twelve newest images, for the dashboard: a place in a larger query. */
export const latestPart: Part<[ownerId: number], (reader: Reader) => Image[]> = {
  text: {
    sqlite: jsonRows('p.image', `(${latest.sqlite}) p`).sqlite,
    postgres: jsonRows('p.image', `(${latest.postgres}) p`).postgres,
  },
  values: (ownerId) => [ownerId],
  read: (found) => (reader) => readRows<[string]>(found).map(([image]) => asSeenBy(reader, { image })),
};
