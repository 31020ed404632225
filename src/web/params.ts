import { notFound } from '../errors.ts';
import type { Visit } from './visit.ts';

/** A number in the address; what is none is not found. */
export function numberIn({ params }: Pick<Visit, 'params'>, name: string): number {
  const text = params[name] ?? '';
  const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
  if (!id) throw notFound();
  return id;
}

/** The number of the image in the address. */
export const imageId = (visit: Pick<Visit, 'params'>): number => numberIn(visit, 'id');

/** A name in the address; what no database could hold is not found. */
export function textIn({ params }: Pick<Visit, 'params'>, name: string): string {
  const text = params[name] ?? '';
  if (!text.isWellFormed() || text.includes('\0')) throw notFound();
  return text;
}
