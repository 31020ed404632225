import type { Refusal } from '../errors.ts';
import { speak } from '../lib/words/index.ts';

/** A refusal as a script reads it. */
export const refusalJson = (refusal: Refusal) => ({
  error: { code: refusal.code, message: speak(refusal.said), field: refusal.field ?? null },
  ...refusal.extra,
});
