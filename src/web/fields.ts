import type { Refusal } from '../errors.ts';
import type { Said } from '../lib/words/index.ts';
import type { Form } from './visit.ts';

/** The first sentence of each field that a form shows again, in the form's order; what belongs to no field stands under `form`. */
export function errorsOf(refusal: Refusal | null): Record<string, Said> {
  const errors: Record<string, Said> = {};
  if (refusal) for (const one of [refusal, ...refusal.others]) errors[one.field ?? 'form'] ??= one.said;
  return errors;
}

/** A field as it was typed; of repeated ones the last, and '' for what is no text. */
export function typed(form: Form, name: string): string {
  const value = form[name];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : typeof last === 'boolean' ? (last ? '1' : '0') : '';
}
