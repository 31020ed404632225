import { FEED_TYPES, FORMATS } from '../lib/feeds/index.ts';
import { say } from '../lib/words/index.ts';

/** The feeds of a page, as its head names them; `query` is what the page and its feeds ask for. */
export const feedsBeside = (path: string, query = '') =>
  FORMATS.map((format) => ({
    type: FEED_TYPES[format],
    title: say(`feed.as.${format}`),
    href: `${path}/feed.${format}${query}`,
  }));
