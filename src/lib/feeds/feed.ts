/** A feed as every format says it. Addresses are absolute, times in milliseconds. */
export interface Feed {
  title: string;
  description: string;
  /** The page that it is made of. */
  home: string;
  /** Where it is itself. */
  self: string;
  language: string;
  /** Whose it is. */
  author: Author;
  updatedAt: number;
  items: readonly FeedItem[];
}

export interface Author {
  name: string;
  url?: string | undefined;
}

export interface FeedItem {
  /** Stays the same whatever becomes of the title. */
  id: string;
  url: string;
  title: string;
  text: string;
  author: Author;
  publishedAt: number;
  updatedAt: number;
  picture: FeedPicture | null;
}

export interface FeedPicture {
  url: string;
  type: string;
  bytes: number;
  width: number;
  height: number;
  alt: string;
}

export const FORMATS = ['json', 'atom', 'rss'] as const;
export type Format = (typeof FORMATS)[number];

export const FEED_TYPES: Readonly<Record<Format, string>> = {
  json: 'application/feed+json',
  atom: 'application/atom+xml',
  rss: 'application/rss+xml',
};

export const iso = (at: number): string => new Date(at).toISOString();

/** What XML 1.0 has no place for. */
// oxlint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for XML or HTML, in an element or an attribute. */
export const escaped = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** What a reader shows of an item: the picture, and what its saver says of it. */
export function htmlOf({ picture, text, url }: FeedItem): string {
  const size = picture ? `width="${picture.width}" height="${picture.height}"` : '';
  const image = picture ? `<img src="${escaped(picture.url)}" alt="${escaped(picture.alt)}" ${size}>` : '';
  const shown = picture ? `<p><a href="${escaped(url)}">${image}</a></p>` : '';
  return text ? `${shown}<p>${escaped(text).replaceAll('\n', '<br>')}</p>` : shown;
}
