import { z } from 'zod';

/** The forms of what people do to each other's images, and to each other (design.md §6). */

export const likeForm = z.object({ action: z.enum(['like', 'unlike'], { error: 'field.choice' }) });
