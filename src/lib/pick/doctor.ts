/**
 * How the picker and the page that explains it (/account/bookmarklet) speak: on that very page of its own site, and
 * nowhere else, the picker dispatches this event on the window with its version as the detail. The page cancels it to
 * say that it has heard; then nothing opens.
 */
export const CHECK_UP = 'bowerbird-check-up';

/** What a picker dispatches on every page before it opens, cancelable: one that is open already closes and cancels. */
export const SECOND_CLICK = 'bowerbird-close';

/** Where the picker says its version. */
export const SURGERY = '/account/bookmarklet';
