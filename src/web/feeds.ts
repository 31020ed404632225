import { boardPath } from '../api/boards.ts';
import { feedItem } from '../api/feeds.ts';
import { tagPath } from '../api/tags.ts';
import { boardShelf, profile, readPage, readShelf, tagShelf } from '../feed/index.ts';
import { findTag, VISITOR, type Image } from '../images/index.ts';
import { notFound } from '../errors.ts';
import { FEED_TYPES, FORMATS, writeFeed, type Feed, type Format } from '../lib/feeds/index.ts';
import { words } from '../lib/words/index.ts';
import { keptText, movedTo, type Answer } from './answer.ts';
import { baseOf } from './base.ts';
import { findBoardOrAsk } from './boards.ts';
import { SignInFirst } from './doors.ts';
import { textIn } from './params.ts';
import { findIn, searchPath } from './search.ts';
import { personOf, personPath } from './someone.ts';
import type { Visit } from './visit.ts';

/** As many as a page of most lists has. */
export const SIZE = 16;
export const FIRST = { page: null, after: null };

/** Which format the address asks for. */
export function formatIn({ params }: Visit): Format {
  const format = FORMATS.find((name) => name === params['format']);
  if (!format) throw notFound();
  return format;
}

/** A feed that a visitor may read, whoever asks: readers of feeds are not signed in, and caches keep one for all. */
export const asVisitor = (visit: Visit): Visit => ({ ...visit, member: null, reader: VISITOR });

/** What a feed is made of. */
export interface Source {
  title: string;
  description: string;
  /** The page that it is made of. */
  path: string;
  /** Its own address; below that page when it is left out. */
  self?: string;
  author: Feed['author'];
  images: readonly Image[];
  /** When it changed last, while nothing is in it. */
  since: number;
}

/** `open`: the same for all; `items`: how its images are told. */
export function printFeed(
  visit: Visit,
  source: Source,
  { open = true, item = feedItem }: { open?: boolean; item?: typeof feedItem } = {},
): Answer {
  const format = formatIn(visit);
  const base = baseOf(visit);
  const { title, description, path, self = `${path}/feed.${format}`, author, images, since } = source;
  const changedAt = Math.max(since, ...images.map(({ updatedAt }) => updatedAt));
  const feed = {
    title,
    description,
    home: `${base}${path}`,
    self: `${base}${self}`,
    language: 'en',
    author,
    updatedAt: changedAt,
    items: images.map((image) => item(base, image)),
  };
  return keptText(`${FEED_TYPES[format]}; charset=utf-8`, writeFeed(format, feed), { changedAt, open });
}

export const siteAuthor = (visit: Visit) => ({ name: words('site.name'), url: baseOf(visit) });

/** GET /people/USERNAME/feed.FORMAT: what they show everyone under their name. */
export async function personFeed(asked: Visit): Promise<Answer> {
  const visit = asVisitor(asked);
  const format = formatIn(visit);
  const person = await personOf(visit);
  if (typeof person === 'string') return movedTo(`${personPath(person)}/feed.${format}`);
  const { images } = await readPage(visit.db, VISITOR, { ...profile(VISITOR, person.id), size: SIZE }, FIRST);
  const name = person.name || person.username;
  const path = personPath(person.username);
  return printFeed(visit, {
    title: words('feed.person', { name }),
    description: person.bio || words('feed.person.about', { name }),
    path,
    author: { name, url: `${baseOf(visit)}${path}` },
    images,
    since: person.createdAt,
  });
}

/** GET /people/USERNAME/boards/SLUG/feed.FORMAT: what everyone finds on it, as it is ordered. */
export async function boardFeed(asked: Visit): Promise<Answer> {
  const visit = asVisitor(asked);
  const format = formatIn(visit);
  const board = await findBoardOrAsk(visit).catch((error: unknown) => {
    // No reader of feeds could sign in: a board that is not for everyone is not there.
    throw error instanceof SignInFirst ? notFound() : error;
  });
  if ('kind' in board) return movedTo(`${board.to}/feed.${format}`);
  const { images } = await readShelf(visit.db, VISITOR, boardShelf(board.id, SIZE), FIRST);
  const { title, description, username, createdAt: since } = board;
  return printFeed(visit, {
    title: words('feed.board', { title, name: username }),
    description: description || words('feed.board.about', { title }),
    path: boardPath(board),
    author: { name: username, url: `${baseOf(visit)}${personPath(username)}` },
    images,
    since,
  });
}

/** GET /tags/NAME/feed.FORMAT: what everyone finds by it. */
export async function tagFeed(asked: Visit): Promise<Answer> {
  const visit = asVisitor(asked);
  const format = formatIn(visit);
  const name = textIn(visit, 'name');
  const tag = await findTag(visit.db, VISITOR, name);
  if (!tag) throw notFound();
  const path = tagPath(tag.name);
  if (name !== tag.name) return movedTo(`${path}/feed.${format}`);
  const { images } = await readShelf(visit.db, VISITOR, tagShelf(tag.id, SIZE), FIRST);
  const title = words('tag.heading', { name: tag.name });
  const description = words('feed.tag.about', { name: tag.name });
  return printFeed(visit, { title, description, path, author: siteAuthor(visit), images, since: 0 });
}

/** GET /search/feed.FORMAT?q=: what everyone finds by a search, where the gallery is open. */
export async function searchFeed(asked: Visit): Promise<Answer> {
  const visit = asVisitor(asked);
  formatIn(visit);
  return printFeed(visit, await searchSource({ ...visit, member: asked.member }));
}

/** A search as a feed of what its reader may see. */
export async function searchSource(visit: Visit): Promise<Source> {
  const q = (visit.query.get('q') ?? '').trim();
  const { images } = q ? await findIn(visit, q, null) : { images: [] };
  const title = words('search.of', { q: [...q].slice(0, 80).join('') });
  const description = words('feed.search.about');
  return { title, description, path: searchPath(q), self: visit.here, author: siteAuthor(visit), images, since: 0 };
}
