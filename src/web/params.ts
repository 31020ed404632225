import { notFound } from '../errors.ts';
import type { Visit } from './visit.ts';

/** The number of the image in the address; what is no number is not found. */
export function imageId({ params }: Pick<Visit, 'params'>): number {
  const text = params['id'] ?? '';
  const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
  if (!id) throw notFound();
  return id;
}
