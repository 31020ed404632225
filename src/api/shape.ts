import { z } from 'zod';

/** What answers are made of. A shape is strict: a field that is not described is a mistake of ours, and a test finds it. */

/** ISO 8601 in UTC. */
export const moment = z.iso.datetime();

/** A path from the root of the site, without /api/v1 before it. */
export const sitePath = z.string().startsWith('/');

export const count = z.int().nonnegative();

/** The number of an image, a comment and the like. */
export const number = z.int().positive();

/** How a list goes on: `next` is the address of what comes next. A number is null where a part was asked for by its key, or nobody counts. */
export const paged = {
  next: sitePath.nullable(),
  page: z.int().positive().nullable(),
  pages: count.nullable(),
};

/** A list that goes on by its key alone. */
export const keyed = { next: sitePath.nullable() };

export const deletedShape = z.strictObject({ deleted: z.literal(true) });
