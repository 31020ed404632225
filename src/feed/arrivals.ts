import { query, type Db } from '../db/index.ts';
import { reachNeededBy, type Reader } from '../images/index.ts';

/** Nobody needs to know how many more they are. */
export const MOST_ARRIVALS = 100;

const newer = (seen: string) =>
  query<{ n: number }>(`SELECT count(*) AS n FROM
    (SELECT 1 FROM images i WHERE ${seen} AND i.id > ? LIMIT ${MOST_ARRIVALS}) newer`);
// Written out, so that they match the partial indexes of the feed.
const after = { 1: newer('i.reach >= 1'), 2: newer('i.reach = 2') };

/** How many images of the feed are newer than one, at most so many. */
export const countArrivals = async (db: Db, reader: Reader, since: number): Promise<number> =>
  Number((await after[reachNeededBy(reader)].first(db, [since]))?.n ?? 0);
