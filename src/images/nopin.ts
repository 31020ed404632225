import { Refusal } from '../errors.ts';
import type { Visibility } from '../lib/visibility.ts';

/** What becomes of pictures whose pages ask not to be collected (`nopin`): kept for oneself alone, or as whoever saves them says. */
export type NopinRule = 'private' | 'ask';

/** Who sees a picture where nothing is said of it: what its page asked counts before what is usual. */
export const visibilityUnsaid = (nopin: boolean, usual: Visibility): Visibility => (nopin ? 'private' : usual);

/** @throws Refusal 422 where others would see what a page asked to leave alone, and the site keeps to that */
export function checkNopin(rule: NopinRule, nopin: boolean, visibility: Visibility) {
  if (rule === 'private' && nopin && visibility !== 'private')
    throw new Refusal(422, 'nopin', 'image.nopin', { field: 'visibility' });
}
