import { z } from 'zod';
import { text } from './read.ts';

/** The forms of what people do to each other's images, and to each other (design.md §6). */

export const likeForm = z.object({ action: z.enum(['like', 'unlike'], { error: 'field.choice' }) });

export const followForm = z.object({ action: z.enum(['follow', 'unfollow'], { error: 'field.choice' }) });

/** Blanks, and marks that show nothing by themselves. */
const SOMETHING = /[^\p{Z}\p{Cc}\p{Cf}]/u;

export const commentForm = z.object({
  body: text(5000).refine((body) => SOMETHING.test(body), { error: 'comments.nothing' }),
});
