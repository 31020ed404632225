import { z } from 'zod';
import { Refusal } from '../errors.ts';
import { isWordKey, type Params } from '../lib/words/index.ts';

/** C0 controls and DEL but tab and line breaks, lone surrogates, and marks that turn the direction of the text around them. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text can be kept by both databases, and shown without disturbing what stands around it. */
export const isPrintable = (value: string): boolean => value.isWellFormed() && !UNPRINTABLE.test(value);

/** A text that can be shown, of at most `max` characters (as people count them), trimmed; '' when it was left out. */
export const text = (max: number) =>
  z
    .string({ error: 'field.text' })
    .default('')
    .transform((value) => value.trim().replaceAll('\r\n', '\n'))
    .refine(isPrintable, { error: 'field.unprintable' })
    .superRefine((value, check) => {
      const count = [...value].length;
      if (count > max) check.addIssue({ code: 'custom', message: 'field.too_long', params: { max, count } });
    })
    .meta({ maxLength: max });

/** A text of one line. */
export const line = (max: number) => text(max).transform((value) => value.replace(/\s*\n\s*/g, ' '));

/** One of a few words; `fallback` when it was left out or is empty. */
export const choice = <const T extends readonly [string, ...string[]]>(choices: T) =>
  z.preprocess(
    lastOf,
    z
      .enum(choices, { error: 'field.choice' })
      .or(z.literal('').transform(() => undefined))
      .optional(),
  ) as unknown as z.ZodType<T[number] | undefined>;

/** `1` or `0`, as forms say it; booleans as JSON says it. A box with a hidden field beneath it sends both: the last counts. */
export const flag = z
  .preprocess(
    (value) => {
      const said = lastOf(value) ?? '';
      return isPlain(said) && SAID.has(String(said)) ? SAID.get(String(said)) : said;
    },
    z.boolean({ error: 'field.choice' }).optional(),
  )
  .meta({ type: ['boolean', 'string'], enum: [true, false, '1', '0'] });

const SAID = new Map([
  ['1', true],
  ['0', false],
  ['true', true],
  ['false', false],
  ['', undefined],
]);

/** What has a text of its own: an object of a JSON body could answer anything when it is asked for one, or nothing. */
const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

/** Checks a form; a Refusal 422 names the first field that is wrong, and carries the sentences of all. */
export function readForm<T>(schema: z.ZodType<T>, form: unknown): T {
  const result = schema.safeParse(form);
  if (result.success) return result.data;
  const refusals = result.error.issues.map(asRefusal);
  const [first] = refusals;
  if (!first) throw result.error;
  throw first.with(refusals.slice(1));
}

/**
 * Checks a form of which only what was sent is wanted: a script sends what it wants to change. (The schemas fill what is
 * missing with what an empty field would say.)
 */
export function readSent<T extends object>(schema: z.ZodType<T>, form: Readonly<Record<string, unknown>>): Partial<T> {
  const read = Object.entries(readForm(schema, form));
  return Object.fromEntries(
    read.filter(([name, value]) => Object.hasOwn(form, name) && value !== undefined),
  ) as Partial<T>;
}

function asRefusal(issue: z.core.$ZodIssue): Refusal {
  const key = isWordKey(issue.message) ? issue.message : 'field.text';
  const params: Params = { ...(issue.code === 'custom' ? (issue.params as Params) : {}), ...choicesOf(issue) };
  // A JSON body that is no object at all is wrong in no field.
  const [field] = issue.path;
  return new Refusal(422, 'invalid', key, { params, ...(field === undefined ? {} : { field: String(field) }) });
}

const choicesOf = (issue: z.core.$ZodIssue): Params =>
  'values' in issue && Array.isArray(issue.values) ? { choices: issue.values.join(', ') } : { choices: '1, 0' };
