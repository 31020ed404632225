import { z } from 'zod';
import { imageShape } from './images.ts';
import { errorShape } from './refusals.ts';
import { count } from './shape.ts';

/** How far a save is that is under way. */
export const saveStateShape = z.strictObject({
  state: z.enum(['receiving', 'fetching', 'waiting', 'looking', 'keeping', 'saved', 'refused']),
  /** In the line of those that wait; 1 is next. */
  place: count.nullable(),
  bytes: count.nullable(),
  total: count.nullable(),
  image: imageShape.nullable(),
  error: errorShape.nullable(),
});
