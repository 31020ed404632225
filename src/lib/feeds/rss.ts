import { escaped, htmlOf, type Feed, type FeedItem } from './feed.ts';

/** RSS 2.0, with the extensions that its own board recommends. */
export const asRss = (feed: Feed): string => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>${escaped(feed.title)}</title>
<link>${escaped(feed.home)}</link>
<description>${escaped(feed.description)}</description>
<language>${escaped(feed.language)}</language>
<lastBuildDate>${dateOf(feed.updatedAt)}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${escaped(feed.self)}"/>
${feed.items.map(itemOf).join('\n')}
</channel>
</rss>
`;

/** RFC 822 with four digits for the year. */
const dateOf = (at: number) => new Date(at).toUTCString();

const itemOf = (item: FeedItem): string => `<item>
<guid isPermaLink="true">${escaped(item.id)}</guid>
<title>${escaped(item.title)}</title>
<link>${escaped(item.url)}</link>
<pubDate>${dateOf(item.publishedAt)}</pubDate>
<dc:creator>${escaped(item.author.name)}</dc:creator>
<description>${escaped(htmlOf(item))}</description>${pictureOf(item)}
</item>`;

function pictureOf({ picture }: FeedItem): string {
  if (!picture) return '';
  const [url, type] = [escaped(picture.url), escaped(picture.type)];
  return `
<enclosure url="${url}" length="${picture.bytes}" type="${type}"/>
<media:content url="${url}" type="${type}" medium="image" fileSize="${picture.bytes}" width="${picture.width}" height="${picture.height}"/>`;
}
