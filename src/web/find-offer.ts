import type { Refusal } from '../errors.ts';

/** Where the pictures of a page are looked for. */
export const FIND = '/images/find';

/** Whether what was refused was a page at an address: its pictures can be looked for. */
export const leadsToPage = ({ said, field }: Refusal): boolean =>
  said.key === 'imaging.is_html' && /^url\d*$/.test(field ?? '');
