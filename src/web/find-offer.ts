import type { Refusal } from '../errors.ts';

/** Where the pictures of a page are looked for. */
export const FIND = '/images/find';

/** An address that leads to a page is no picture, but its pictures can be looked for: the refusal says where. */
export function offerFinding<R extends Refusal>(refusal: R): R {
  if (refusal.said.key === 'imaging.is_html') refusal.extra['find'] = FIND;
  return refusal;
}
