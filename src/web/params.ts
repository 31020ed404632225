import { notFound } from '../errors.ts';
import type { Visit } from './visit.ts';

/** The number of the image in the address; what is no number is not found. */
export function imageId({ params }: Pick<Visit, 'params'>): number {
  const text = params['id'] ?? '';
  const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
  if (!id) throw notFound();
  return id;
}

/** A name in the address; what no database could hold is not found. */
export function textIn({ params }: Pick<Visit, 'params'>, name: string): string {
  const text = params[name] ?? '';
  if (!text.isWellFormed() || text.includes('\0')) throw notFound();
  return text;
}
