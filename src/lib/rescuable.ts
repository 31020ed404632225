/**
 * What may be wrong with an address for the site and not for the browser of somebody who sees the picture: no way there, a
 * sign-in, a placeholder for strangers, a page in place of the picture.
 */
const RESCUABLE = new Set(['unreachable', 'http_status', 'too_slow', 'not_an_image', 'too_small', 'broken']);

export const isRescuable = (code: string): boolean => RESCUABLE.has(code);
