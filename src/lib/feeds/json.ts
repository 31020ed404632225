import { htmlOf, iso, type Author, type Feed, type FeedItem } from './feed.ts';

/** JSON Feed 1.1. */
export const asJsonFeed = ({ title, description, home, self, language, author, items }: Feed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: home,
    feed_url: self,
    description,
    language,
    authors: [authorOf(author)],
    items: items.map(itemOf),
  });

const authorOf = ({ name, url }: Author) => ({ name, ...(url ? { url } : {}) });

function itemOf(item: FeedItem) {
  const { id, url, title, text, author, publishedAt, updatedAt, picture } = item;
  return {
    id,
    url,
    title,
    content_html: htmlOf(item),
    ...(text ? { summary: text } : {}),
    date_published: iso(publishedAt),
    date_modified: iso(updatedAt),
    authors: [authorOf(author)],
    ...(picture
      ? {
          image: picture.url,
          attachments: [{ url: picture.url, mime_type: picture.type, size_in_bytes: picture.bytes }],
        }
      : {}),
  };
}
