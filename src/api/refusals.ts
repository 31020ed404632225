import { z } from 'zod';
import type { Refusal } from '../errors.ts';
import { speak } from '../lib/words/index.ts';
import { imageShape } from './images.ts';

/** A refusal as a script reads it. */
export const refusalJson = (refusal: Refusal) => ({
  error: { code: refusal.code, message: speak(refusal.said), field: refusal.field ?? null },
  ...refusal.extra,
});

export const errorShape = z.strictObject({
  code: z.string(),
  message: z.string(),
  field: z.string().nullable(),
});

export const refusalShape = z.strictObject({ error: errorShape });

/** A picture that the member has already, or one that looks like it. */
export const alikeShape = z.strictObject({ error: errorShape, images: z.array(imageShape) });
