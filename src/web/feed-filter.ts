import { asFilter, FILTER_FIELDS, filterForm, type FilterForm } from '../api/filters.ts';
import { imageJson } from '../api/images.ts';
import { readForm } from '../api/read.ts';
import { pageNumber } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { COLOURS } from '../lib/colour.ts';
import { say, type Said } from '../lib/words/index.ts';
import { browse, ORDERS, SEARCH_KINDS, type Found } from '../search/index.ts';
import { page, type Answer } from './answer.ts';
import { card } from './cards.ts';
import { countedAs } from './edge/limits.ts';
import { errorsOf } from './fields.ts';
import { keyPager } from './lists.ts';
import type { Visit } from './visit.ts';

const PATH = '/images';
/** From how many pixels on the form offers; a script may ask for any. */
const SIZES = ['800', '1600', '3200'];

/** The fields as they were asked for; those that say nothing are left out. */
type Asked = Partial<Record<keyof FilterForm, string>>;

/** What the address asks for of the filter; null where it asks for the feed as it is. */
export function askedOf({ query }: Visit): Asked | null {
  const entries = FILTER_FIELDS.flatMap((name) => {
    const value = (query.get(name) ?? '').trim();
    return value && !(name === 'order' && value === 'newest') ? [[name, value] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

const addressOf = (asked: Asked, after: string | null = null) => {
  const query = new URLSearchParams({ ...asked, ...(after === null ? {} : { after }) }).toString();
  return query ? `${PATH}?${query}` : PATH;
};

const NOTHING: Found = { images: [], next: null };

/** GET /images?order=…: a part of the feed, or all of it in another order. The page also shows what is wrong with a filter, beside its form. */
export async function filteredFeed(visit: Visit, asked: Asked): Promise<Answer> {
  const after = visit.query.get('after');
  try {
    return shown(visit, asked, after, await findIn(visit, asked, after), null);
  } catch (error) {
    const isField = error instanceof Refusal && FILTER_FIELDS.some((name) => name === error.field);
    if (visit.wantsJson || !isField) throw error;
    return shown(visit, asked, null, NOTHING, error);
  }
}

async function findIn({ db, reader, query, site, member, device }: Visit, asked: Asked, after: string | null) {
  const filter = asFilter(readForm(filterForm, asked));
  if (filter.following && !member) throw new Refusal(422, 'invalid', 'filter.people.visitor', { field: 'people' });
  // These are not counted, and so have no pages by number.
  if (pageNumber(query.get('page')) > 1) throw new Refusal(422, 'invalid', 'search.page', { field: 'page' });
  await site.limits.take('search', countedAs(member, device.address));
  return browse(db, reader, filter, after);
}

function shown(visit: Visit, asked: Asked, after: string | null, found: Found, refusal: Refusal | null) {
  const { images, next } = found;
  const more = next === null ? null : addressOf(asked, next);
  const locals = {
    heading: say('images.heading'),
    arrivals: null,
    images: images.map(card),
    pager: keyPager(addressOf(asked), after, more, true),
    empty: refusal ? 'filter.wrong' : 'filter.none',
    ...filterLocals(visit, asked, refusal),
  };
  const json = () => ({ images: images.map(imageJson), next: more, page: after === null ? 1 : null, pages: null });
  return page('images/index', locals, { title: say('nav.feed'), json, status: refusal?.status ?? 200 });
}

/** The form with what is asked for, and each of that as what can be taken back by itself. */
export function filterLocals({ member }: Visit, asked: Asked, refusal: Refusal | null = null) {
  const names = FILTER_FIELDS.filter((name) => asked[name] !== undefined);
  const without = (name: keyof FilterForm) => {
    const { [name]: _, ...rest } = asked;
    return addressOf(rest);
  };
  const chips = names.map((name) => ({ words: chipOf(name, asked[name] ?? ''), href: without(name) }));
  const choices = {
    order: ORDERS.map((value) => ({ value, text: say(`filter.order.${value}`) })),
    ...(member ? { people: anyOr([{ value: 'following', text: say('filter.people.following') }], 'people') } : {}),
    kind: anyOr(
      SEARCH_KINDS.map((value) => ({ value, text: say(`filter.kind.${value}`) })),
      'kind',
    ),
    size: anyOr(
      SIZES.map((value) => ({ value, text: say('filter.size.from', { count: Number(value) }) })),
      'size',
    ),
    colour: anyOr(
      COLOURS.map((value) => ({ value, text: say(`colour.${value}`) })),
      'colour',
    ),
  };
  return { filter: { values: asked, choices, chips, errors: errorsOf(refusal), clear: PATH } };
}

const anyOr = (options: readonly { value: string; text: Said }[], name: 'people' | 'kind' | 'size' | 'colour') => [
  { value: '', text: say(`filter.${name}.any`) },
  ...options,
];

function chipOf(name: keyof FilterForm, value: string): Said {
  const [first = ''] = value.split('\n');
  const short = [...first].slice(0, 60).join('');
  if (name === 'order' && isOf(ORDERS, value)) return say(`filter.order.${value}`);
  if (name === 'kind' && isOf(SEARCH_KINDS, value)) return say(`filter.kind.${value}`);
  if (name === 'people' && value === 'following') return say('filter.people.following');
  if (name === 'colour' && isOf(COLOURS, value)) return say(`colour.${value}`);
  if (name === 'size' && /^\d{1,6}$/.test(value)) return say('filter.size.from', { count: Number(value) });
  return say(`filter.chip.${name}`, { value: short });
}

const isOf = <T extends string>(list: readonly T[], value: string): value is T =>
  (list as readonly string[]).includes(value);
