import { z } from 'zod';
import { fitsTag, MAX_TAGS, readTags } from '../images/index.ts';
import { ACTIONS, type Progress } from '../transfer/index.ts';
import { choice, flag, line, text } from './read.ts';
import { count, moment, number, sitePath } from './shape.ts';

/** Numbers as a form repeats them, a script lists them, or a text has them with commas. */
const numbers = z
  .preprocess(
    (value) => (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : (value ?? [])),
    z
      .array(z.coerce.number({ error: 'many.ids' }).int({ error: 'many.ids' }).positive({ error: 'many.ids' }), {
        error: 'many.ids',
      })
      .max(20_000, { error: 'many.ids' }),
  )
  .meta({ type: ['array', 'string'], items: { type: ['integer', 'string'] } });

/** Which of one's own lists. */
export const fromForm = z.object({
  list: choice(['own', 'private', 'bin', 'board', 'search']),
  of: line(200),
  q: text(500),
});

/** What is to be done to which images. */
export const manyForm = fromForm.extend({
  ids: numbers,
  all: flag,
  action: choice([...ACTIONS, 'zip']),
  tags: text(5000)
    .transform(readTags)
    .refine((names) => names.length <= MAX_TAGS && names.every(fitsTag), { error: 'field.tags' }),
  board: line(300),
});

export type FromForm = z.infer<typeof fromForm>;

/** How it stands, for a script. */
export const manyJson = (many: Progress) => ({
  id: many.id,
  action: many.action,
  state: many.state,
  total: many.total,
  done: many.done,
  changed: many.changed,
  same: many.same,
  refused: many.refused,
  others: many.others,
  undone: many.undone,
  kept: many.kept,
  undo_until: new Date(many.undoUntil).toISOString(),
  url: `/images/many/${many.id}`,
});

export const manyShape = z.strictObject({
  id: number,
  action: z.enum(ACTIONS),
  state: z.enum(['doing', 'done', 'undoing', 'undone']),
  total: count,
  done: count,
  changed: count,
  same: count,
  refused: count,
  others: count,
  undone: count,
  kept: count,
  undo_until: moment,
  url: sitePath,
});
