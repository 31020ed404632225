import { z } from 'zod';
import { COLOURS, colourName } from '../lib/colour.ts';
import { COLOUR_NAMES, hostOf, momentOf, ORDERS, SEARCH_KINDS, type Filter } from '../search/index.ts';
import { choice, line } from './read.ts';

/** An image has one colour, one site and one kind, but many tags: more than so many are no help to anyone. */
const MOST_TAGS = 5;
const FOREVER = Number.MAX_SAFE_INTEGER;

/** `#rrggbb` is the colour that people would call it. */
const asColour = (value: unknown) => {
  const said = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (typeof said !== 'string') return said;
  return /^#[0-9a-f]{6}$/.test(said) ? colourName(said) : ((COLOUR_NAMES as Record<string, string>)[said] ?? said);
};

const pixels = line(20).superRefine((value, check) => {
  if (!/^(\d{1,6})?$/.test(value)) check.addIssue({ code: 'custom', message: 'filter.size.wrong' });
});

const day = line(20).superRefine((value, check) => {
  if (value && momentOf(value) === null) check.addIssue({ code: 'custom', message: 'filter.date.wrong' });
});

const tags = line(500)
  .transform((value) => [...new Set(value.split(',').map((tag) => tag.trim().replace(/^#+/, '')))].filter(Boolean))
  .superRefine((list, check) => {
    if (list.length > MOST_TAGS)
      check.addIssue({ code: 'custom', message: 'filter.tag.many', params: { max: MOST_TAGS } });
  });

/** What the feed is asked for, beside its page. */
export const filterForm = z.object({
  order: choice(ORDERS),
  people: choice(['following']),
  kind: choice(SEARCH_KINDS),
  size: pixels,
  colour: z.preprocess(asColour, choice(COLOURS)),
  site: line(300),
  tag: tags,
  saved_since: day,
  saved_before: day,
});

export type FilterForm = z.infer<typeof filterForm>;

export const FILTER_FIELDS = Object.keys(filterForm.shape) as (keyof FilterForm)[];

const some = <T>(value: T | undefined | ''): T[] => (value === undefined || value === '' ? [] : [value]);

/** What a form asks for, as the search takes it. */
export const asFilter = (form: FilterForm): Filter => ({
  order: form.order ?? 'newest',
  following: form.people === 'following',
  kinds: some(form.kind),
  colours: some(form.colour),
  sites: some(form.site).map(hostOf),
  tags: form.tag,
  size: [form.size ? Number(form.size) : 0, FOREVER],
  saved: [
    (form.saved_since && momentOf(form.saved_since)) || 0,
    (form.saved_before && momentOf(form.saved_before)) || FOREVER,
  ],
});
