import { z } from 'zod';
import { count, moment, number, sitePath } from './shape.ts';

/** What those who run the site read. */

export const accountShape = z.strictObject({
  username: z.string(),
  email: z.string(),
  role: z.enum(['member', 'moderator', 'admin']),
  disabled: z.boolean(),
  created_at: moment,
});

/** What was done to an account; null for one that is gone, or where there was none. */
export const loggedShape = z.strictObject({
  id: number,
  username: z.string().nullable(),
  act: z.string(),
  subject: z.string(),
  address: z.string(),
  created_at: moment,
});

export const removedShape = z.strictObject({
  id: number,
  image: sitePath.nullable(),
  username: z.string().nullable(),
  body: z.string(),
  created_at: moment,
  removed_by: z.string().nullable(),
  removed_at: moment,
});

export const jobShape = z.strictObject({
  id: number,
  kind: z.string(),
  payload: z.unknown(),
  state: z.enum(['dead', 'waiting', 'running', 'later']),
  attempts: count,
  run_at: moment,
  created_at: moment,
  last_error: z.string().nullable(),
});

/** Bytes that a member keeps. */
export const usedShape = z.strictObject({ username: z.string(), images: count, originals: count, sizes: count });

export const siteShape = z.strictObject({
  alerts: z.array(z.string()),
  jobs: z.strictObject({
    waiting: count,
    later: count,
    running: count,
    dead: count,
    oldest_ms: z.number().nonnegative().nullable(),
  }),
  free: z.strictObject({ images: z.number().nullable(), data: z.number().nullable() }),
  certificate_ends: moment.nullable(),
});
