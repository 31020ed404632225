import { asAtom } from './atom.ts';
import { type Feed, type Format } from './feed.ts';
import { asJsonFeed } from './json.ts';
import { asRss } from './rss.ts';

export { FEED_TYPES, FORMATS, type Feed, type FeedItem, type Format } from './feed.ts';

const WRITERS: Readonly<Record<Format, (feed: Feed) => string>> = { json: asJsonFeed, atom: asAtom, rss: asRss };

export const writeFeed = (format: Format, feed: Feed): string => WRITERS[format](feed);
