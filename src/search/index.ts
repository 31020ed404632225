import type { Db } from '../db/index.ts';
import type { Reader } from '../images/index.ts';
import { find, type Found } from './find.ts';
import { atom } from './formula.ts';
import { parseSearch } from './parse.ts';
import { putRight } from './spelling.ts';
import { facts } from './tokens.ts';
import { upToDate } from './up-to-date.ts';
import { audience, wantedOf } from './wanted.ts';

export { startKeeper } from './keeper.ts';
export { COLOURS as SEARCH_COLOURS } from '../lib/colour.ts';
export { COLOUR_NAMES, hostOf, KINDS as SEARCH_KINDS, LONGEST, momentOf } from './parse.ts';
export { browse, ORDERS, type Filter, type Order } from './browse.ts';
export { similarTo } from './similar.ts';
export { completions } from './spelling.ts';
export type { Found } from './find.ts';

export interface SearchPage extends Found {
  /** The same search with its words put right, where nothing was found. */
  meant: string | null;
}

/** How many images a page of a search has. */
const SIZE = 16;

/** What a search finds among somebody's own images, so many of it, the best first. */
export async function ownFound(db: Db, ownerId: number, q: string, after: string | null, most: number): Promise<Found> {
  const [reader, asked] = [{ id: ownerId }, parseSearch(q)];
  const base = atom(facts.owner(ownerId));
  const known = await upToDate(db, reader, asked, base);
  return find(db, reader, wantedOf(reader, asked, known, base), { ...known, after, most });
}

/** What a reader may see of what a search asks for, the best first. */
export async function search(db: Db, reader: Reader, q: string, after: string | null): Promise<SearchPage> {
  const asked = parseSearch(q);
  const base = audience(reader, true);
  const known = await upToDate(db, reader, asked, base);
  const wanted = wantedOf(reader, asked, known, base);
  const found = await find(db, reader, wanted, { ...known, after, most: SIZE });
  const nothing = found.images.length === 0 && after === null;
  return { ...found, meant: nothing ? putRight(q, known.alike) : null };
}
