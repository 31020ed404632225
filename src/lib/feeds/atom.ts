import { escaped, htmlOf, iso, type Author, type Feed, type FeedItem } from './feed.ts';

/** Atom (RFC 4287). */
export const asAtom = (feed: Feed): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="${escaped(feed.language)}">
<id>${escaped(feed.home)}</id>
<title>${escaped(feed.title)}</title>
<subtitle>${escaped(feed.description)}</subtitle>
<updated>${iso(feed.updatedAt)}</updated>
<link rel="self" type="application/atom+xml" href="${escaped(feed.self)}"/>
<link rel="alternate" type="text/html" href="${escaped(feed.home)}"/>
${authorOf(feed.author)}
${feed.items.map(entryOf).join('\n')}
</feed>
`;

const authorOf = ({ name, url }: Author) =>
  `<author><name>${escaped(name)}</name>${url ? `<uri>${escaped(url)}</uri>` : ''}</author>`;

const entryOf = (item: FeedItem): string => `<entry>
<id>${escaped(item.id)}</id>
<title>${escaped(item.title)}</title>
<link rel="alternate" type="text/html" href="${escaped(item.url)}"/>
<published>${iso(item.publishedAt)}</published>
<updated>${iso(item.updatedAt)}</updated>
${authorOf(item.author)}${item.text ? `\n<summary>${escaped(item.text)}</summary>` : ''}
<content type="html">${escaped(htmlOf(item))}</content>${pictureOf(item)}
</entry>`;

function pictureOf({ picture }: FeedItem): string {
  if (!picture) return '';
  const [url, type] = [escaped(picture.url), escaped(picture.type)];
  return `
<link rel="enclosure" type="${type}" length="${picture.bytes}" href="${url}"/>
<media:content url="${url}" type="${type}" medium="image" fileSize="${picture.bytes}" width="${picture.width}" height="${picture.height}"/>`;
}
