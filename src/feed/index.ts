import { query, type Db } from '../db/index.ts';
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

const latest = query<ImageRow>(selectImages('WHERE i.owner_id = ? AND i.binned_at IS NULL ORDER BY i.id DESC LIMIT ?'));

/** A member's own newest images, for the dashboard. */
export async function findLatest(db: Db, reader: Reader & { id: number }, howMany: number): Promise<Image[]> {
  return (await latest.all(db, [reader.id, howMany])).map((row) => asSeenBy(reader, row));
}
