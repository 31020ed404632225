import { imageJson } from '../api/images.ts';
import { isPrintable } from '../api/read.ts';
import { pageNumber } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { completions, LONGEST, search, SEARCH_COLOURS, SEARCH_KINDS, type SearchPage } from '../search/index.ts';
import { say } from '../lib/words/index.ts';
import { page, type Answer, type Page } from './answer.ts';
import { card } from './cards.ts';
import { countedAs } from './edge/limits.ts';
import { feedsBeside } from './feed-links.ts';
import { errorsOf } from './fields.ts';
import type { Visit } from './visit.ts';
import { keyPager } from './lists.ts';

/** The address of a search, or of a part of what it found. */
export const searchPath = (q: string, after: string | null = null) =>
  `/search?${new URLSearchParams({ q, ...(after === null ? {} : { after }) }).toString()}`;

const NOTHING: SearchPage = { images: [], next: null, meant: null };

/** GET /search?q=: the page also shows what is wrong with a search, beside the form that asks for it. */
export async function searchPage(visit: Visit): Promise<Answer> {
  const { query, wantsJson } = visit;
  const q = (query.get('q') ?? '').trim();
  const after = query.get('after');
  try {
    return withFeeds(visit, q, shown(q, after, q ? await findIn(visit, q, after) : NOTHING, null));
  } catch (error) {
    if (wantsJson || !(error instanceof Refusal) || error.field !== 'q') throw error;
    return shown(q.slice(0, LONGEST), null, NOTHING, error);
  }
}

/** Its feeds, where visitors may search. */
const withFeeds = ({ site }: Visit, q: string, answer: Page): Page =>
  q && site.config.openGallery
    ? {
        ...answer,
        locals: { ...answer.locals, feeds: feedsBeside('/search', `?${new URLSearchParams({ q }).toString()}`) },
      }
    : answer;

/** A part of what is found; a Refusal 422 on what cannot be searched for, 429 where it is too often. */
export async function findIn({ db, reader, query, site, member, device }: Visit, q: string, after: string | null) {
  // Words of any script; what no database takes, or no page shows, is nowhere.
  if (!isPrintable(q)) throw new Refusal(422, 'invalid', 'field.unprintable', { field: 'q' });
  if (pageNumber(query.get('page')) > 1) throw new Refusal(422, 'invalid', 'search.page', { field: 'page' });
  await site.limits.take('search', countedAs(member, device.address));
  return search(db, reader, q, after);
}

function shown(q: string, after: string | null, found: SearchPage, refusal: Refusal | null) {
  const { images, next, meant } = found;
  const more = next === null ? null : searchPath(q, next);
  const locals = {
    q,
    images: images.map(card),
    meant: meant === null ? null : { q: meant, href: searchPath(meant) },
    pager: keyPager(searchPath(q), after, more, true),
    errors: errorsOf(refusal),
    longest: LONGEST,
    kinds: SEARCH_KINDS.join(', '),
    colours: SEARCH_COLOURS.join(', '),
  };
  const json = () => ({
    images: images.map(imageJson),
    next: more,
    page: after === null ? 1 : null,
    pages: null,
    meant,
  });
  const title = q ? say('search.of', { q: [...q].slice(0, 80).join('') }) : say('search.heading');
  return page('search/show', locals, { title, json, status: refusal?.status ?? 200 });
}

/** GET /search/completions?q=: searches that this may be the beginning of. */
export async function completionsOf({ db, reader, query, site, member, device }: Visit): Promise<Answer> {
  const typed = (query.get('q') ?? '').slice(0, LONGEST);
  await site.limits.take('typing', countedAs(member, device.address));
  const found = isPrintable(typed) ? await completions(db, reader, typed) : [];
  return { ...shown(typed, null, NOTHING, null), json: () => ({ completions: found }) };
}
