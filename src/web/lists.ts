import { imageJson } from '../api/images.ts';
import { placeOf } from '../db/index.ts';
import { readPage, type ImagePage, type List } from '../feed/index.ts';
import { writeCursor } from '../lib/cursor.ts';
import { card } from './cards.ts';
import type { Visit } from './visit.ts';

/** The part of a list that the address asks for. */
export const pageOf = ({ db, reader, query }: Visit, list: List): Promise<ImagePage> =>
  readPage(db, reader, list, { page: query.get('page'), after: query.get('after') });

const at = (path: string, name: string, value: string | number) =>
  `${path}${path.includes('?') ? '&' : '?'}${name}=${value}`;

/** What a pager prints: numbers around the page at hand, the first and the last, and gaps between. */
export function pager(path: string, { page, pages, next }: Pick<ImagePage, 'page' | 'pages' | 'next'>) {
  const more = next ? at(path, 'after', next) : null;
  const href = (n: number) => (n === 1 ? path : at(path, 'page', n));
  if (page === null) return { page: null, pages, prev: path, next: more, links: [], more };
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, pages];
  const shown = [...new Set(near)].filter((n) => n >= 1 && n <= pages).sort((a, b) => a - b);
  const links = shown.flatMap((n, i) => {
    const link = { n, href: href(n), current: n === page };
    return i > 0 && n - (shown[i - 1] ?? n) > 1 ? [null, link] : [link];
  });
  return {
    page,
    pages,
    prev: page > 1 ? href(Math.min(page - 1, pages)) : null,
    // By key as well: what arrives meanwhile moves the pages, and the next one would begin with what was just seen.
    next: next ? at(href(page + 1), 'after', next) : page < pages ? href(page + 1) : null,
    links,
    more,
  };
}

/**
 * The pager of a list that is found by key alone: its first page, and what comes next. `grows`: its page is lengthened by a
 * script as one reads on.
 */
export const keyPager = (first: string, after: string | null, next: string | null, grows = false) => ({
  page: null,
  pages: 1,
  prev: after === null ? null : first,
  next,
  links: [],
  more: grows ? next : null,
});

/** The number that a list goes on behind; 0 at its beginning, a Refusal 422 for what is none. */
export function numberBehind({ query }: Pick<Visit, 'query'>): number {
  const after = query.get('after');
  return after === null ? 0 : placeOf(after);
}

/** A list in the order of numbers that was read one longer than it is shown. */
export function cutList<Row>(rows: readonly Row[], size: number, path: string, numberOf: (row: Row) => number) {
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  return { shown, next: last === undefined ? null : at(path, 'after', writeCursor([numberOf(last)])) };
}

/** The same list for a page and for a script. */
export const listLocals = (path: string, found: ImagePage) => ({
  images: found.images.map(card),
  pager: pager(path, found),
});

export const listJson = (path: string, { images, next, page, pages }: ImagePage) => ({
  images: images.map(imageJson),
  next: next ? at(path, 'after', next) : null,
  page,
  pages,
});
