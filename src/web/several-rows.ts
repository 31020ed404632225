import { Refusal } from '../errors.ts';
import { MAX_PICKS, PAGE_KEYS } from '../lib/pick/fragment.ts';
import { typed } from './fields.ts';
import { SAID } from './save-fields.ts';
import type { Form } from './visit.ts';

/** What is said of each picture, with its number behind: `url1`. */
const OWN = ['url', 'draft', 'draft_name', 'seen_url', 'once', 'replace'] as const;
/** What may be said of each, and without a number of all that leave it empty. */
export const SHARED = [...SAID, 'duplicate'] as const;
export const ROW_FIELDS = [...OWN, ...PAGE_KEYS, ...SHARED] as const;

/** One picture of a form of several: its place there, and its fields by their names in the form of one. */
export interface Row {
  number: number;
  fields: Form;
  /** It was a line among `urls`. */
  line?: true;
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** The pictures of a form, in the order of their numbers, and behind them the addresses of `urls`, one a line. */
export function rowsOf(form: Form): Row[] {
  const rows = chosen(form).map((number) => ({ number, fields: fieldsOf(form, String(number)) }));
  const last = rows.at(-1)?.number ?? 0;
  return [
    ...rows,
    ...linesOf(form['urls']).map((url, index) => ({ number: last + index + 1, fields: { url }, line: true as const })),
  ];
}

/** Of a list with check boxes those that were ticked; where none was, all of them, to be looked at. */
function chosen(form: Form): number[] {
  const numbers = Object.keys(form)
    .flatMap((key) => /^(?:url|draft)([1-9]\d{0,5})$/.exec(key)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
    .filter((number, at, all) => number !== all[at - 1]);
  const ticked = form['choosing'] ? numbers.filter((number) => !isEmpty(form[`pick${number}`])) : numbers;
  return ticked.length > 0 ? ticked : numbers;
}

function fieldsOf(form: Form, number: string): Form {
  const values = ROW_FIELDS.map((name) => [name, form[name + number]] as const);
  const own = Object.fromEntries(values.filter(([, value]) => !isEmpty(value)));
  // Of a picture that was found elsewhere, what the page of all says would not be true.
  return { ...(own['page_url'] ? {} : pageOf(form)), ...own };
}

const pageOf = (form: Form): Form => pickedFrom(form, PAGE_KEYS);

function linesOf(urls: unknown): string[] {
  const lines: unknown[] = Array.isArray(urls) ? urls : [urls];
  return lines
    .flatMap((one) => (typeof one === 'string' ? one.split(/[\r\n]+/) : []))
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Lines that somebody left empty are no pictures; a script that sends one is told. */
export const withPicture = (rows: readonly Row[]): Row[] =>
  rows.filter(({ fields }) => !isEmpty(fields['url']) || !isEmpty(fields['draft']));

/** The row as the form of one image: what it leaves empty is taken from what is said of all. */
export function formOf({ number, fields }: Row, form: Form): Form {
  const once = typed(form, 'once');
  return { ...sharedOf(form), ...(once ? { once: `${once}.${number}` } : {}), ...fields };
}

export const sharedOf = (form: Form): Form => pickedFrom(form, SHARED);

const pickedFrom = (form: Form, names: readonly string[]): Form =>
  Object.fromEntries(names.map((name) => [name, form[name]] as const).filter(([, value]) => !isEmpty(value)));

/** @throws Refusal 422 where there is no picture, or more than one form takes */
export function checkNumber(rows: readonly Row[], form: Form) {
  const field = isEmpty(form['urls']) ? 'url1' : 'urls';
  if (rows.length === 0) throw new Refusal(422, 'invalid', 'several.none', { field: 'urls' });
  if (rows.length > MAX_PICKS)
    throw new Refusal(422, 'invalid', 'several.too_many', { field, params: { max: MAX_PICKS, count: rows.length } });
}

/** The list with one row moved or left out, as a button of its page says: `up3`, `down3`, `drop3`. */
export function rearranged(rows: readonly Row[], act: string): Row[] {
  const [, way, number] = /^(up|down|drop)(\d{1,6})$/.exec(act) ?? [];
  const at = rows.findIndex((row) => row.number === Number(number));
  const row = rows[at];
  if (!row) return [...rows];
  const others = rows.filter((one) => one !== row);
  if (way === 'drop') return others;
  const to = Math.max(0, at + (way === 'up' ? -1 : 1));
  return [...others.slice(0, to), row, ...others.slice(to)];
}
