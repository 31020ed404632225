import type { Db } from '../db/index.ts';
import type { Reader } from '../images/index.ts';
import { find, type Found } from './find.ts';
import { and, atom, or, type Formula } from './formula.ts';
import type { Known } from './lookup.ts';
import { findOrdered } from './ordered.ts';
import { nothingAsked, type Span } from './parse.ts';
import { facts } from './tokens.ts';
import { upToDate } from './up-to-date.ts';
import { audience, NOWHERE, wantedOf } from './wanted.ts';

export const ORDERS = ['newest', 'liked', 'viewed'] as const;
export type Order = (typeof ORDERS)[number];

/** Which images of the feed, and in which order. Of several kinds, colours or sites any will do, of tags an image has all. */
export interface Filter {
  order: Order;
  /** Only of those whom the reader follows, as far as their name stands on it. */
  following: boolean;
  kinds: readonly string[];
  colours: readonly string[];
  sites: readonly string[];
  tags: readonly string[];
  /** Of the longer side, in pixels. */
  size: Span;
  /** Milliseconds since 1970. */
  saved: Span;
}

/** How many images a page has. */
const SIZE = 16;

/** A part of the feed: three queries with the one for the session, and the same cost wherever it is in it. */
export async function browse(db: Db, reader: Reader, filter: Filter, after: string | null): Promise<Found> {
  const { kinds, colours, sites, tags, size, saved, following, order } = filter;
  const asked = { ...nothingAsked(), size, saved };
  asked.yes = { ...asked.yes, kinds: [...kinds], colours: [...colours], sites: [...sites], tags: [...tags] };
  const base = audience(reader, false);
  const known = await upToDate(db, reader, asked, base, following);
  const whose = following ? [ofFollowed(known)] : [];
  const wanted = { ...wantedOf(reader, asked, known, and([base, ...whose])), byName: following };
  const finding = { ...known, after, most: SIZE };
  if (order === 'newest') return find(db, reader, wanted, finding);
  const facets = wantedOf(reader, asked, known, and([])).base;
  return findOrdered(db, reader, { order, wanted, facets, following }, finding);
}

function ofFollowed({ followed }: Known): Formula {
  return followed.length > 0 ? or(followed.map((id) => atom(facts.shownOwner(id)))) : NOWHERE;
}
