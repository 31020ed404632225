import { Refusal } from '../errors.ts';
import { countArrivals, MOST_ARRIVALS, type ImagePage } from '../feed/index.ts';
import { say } from '../lib/words/index.ts';
import { page } from './answer.ts';
import { listLocals } from './lists.ts';
import type { Visit } from './visit.ts';

const PATH = '/images';
const NOTHING: ImagePage = { images: [], next: null, page: 1, pages: 1, total: 0 };

/** Where the first page of the feed asks what came after it; null on every other. */
export const arrivalsPath = ({ page: number, images }: ImagePage) =>
  number === 1 ? `${PATH}?since=${images[0]?.id ?? 0}` : null;

/** GET /images?since=ID, for scripts: how many images are newer than that one. */
export async function arrivals({ db, reader }: Visit, since: string) {
  if (!/^\d{1,15}$/.test(since)) throw new Refusal(422, 'invalid', 'arrivals.since', { field: 'since' });
  const n = await countArrivals(db, reader, Number(since));
  const count = n < MOST_ARRIVALS ? n : `${MOST_ARRIVALS - 1}+`;
  const told = n === 0 ? '' : say('arrivals.new', { count });
  return page('images/index', listLocals(PATH, NOTHING), {
    title: say('nav.feed'),
    json: () => ({ new: n, words: told }),
  });
}
