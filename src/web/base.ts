import type { Visit } from './visit.ts';

/** What addresses begin with that leave the site: as people type it, never as a request says it. */
export const baseOf = ({ site }: Pick<Visit, 'site'>): string => new URL(site.config.baseUrl).origin;
