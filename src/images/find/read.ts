import { loadBuffer, type CheerioAPI } from 'cheerio';
import { cleanAddress } from '../../lib/pick/address.ts';
import { candidates, type Candidate } from '../../lib/pick/candidates.ts';
import { NOTHING_SEEN, type Sighting } from '../../lib/pick/sighting.ts';
import { wishesIn, type Wishes } from '../../lib/pick/wishes.ts';
import { written, type Reading } from '../../lib/pick/written.ts';
import { markupOf, type Node } from './markup.ts';

/** What a page says of itself; empty where it says nothing. */
export interface PageSays extends Wishes {
  /** Where it stands by its own word, if that is on the same site; else where it was found. */
  url: string;
  title: string;
  description: string;
  site: string;
  creator: string;
  licence: string;
  /** As it is written there. */
  date: string;
}

export interface FoundPage {
  says: PageSays;
  images: Candidate[];
}

/** More elements than this are no page that a person reads. */
const MOST_ELEMENTS = 200_000;
const KINDS = ['image', 'background', 'link', 'named'] as const;

/**
 * The pictures that a page's text tells of, by the rules of the picker, and what the page says of itself. What only a browser
 * knows, the sizes of what is loaded and what scripts add, is missing.
 *
 * @param url where it was found, after redirects
 * @param type its Content-Type, for its encoding
 */
export function readPage(bytes: Buffer, url: string, type: string | null): FoundPage {
  const encoding = /charset=["']?([\w-]+)/i.exec(type ?? '')?.[1];
  const $ = loadBuffer(bytes, {
    scriptingEnabled: true,
    ...(encoding ? { encoding: { transportLayerEncodingLabel: encoding } } : {}),
  } as never);
  const base = baseOf($, url);
  return { says: says($, url, base), images: candidates(sightings($, base), base, URL) };
}

const baseOf = ($: CheerioAPI, url: string) => {
  const href = $('base[href]').first().attr('href') ?? '';
  return cleanAddress(href, url, URL) || url;
};

function sightings($: CheerioAPI, base: string): Sighting[] {
  const reading: Reading<Node> = { markup: markupOf($, base), parse: JSON.parse };
  const elements = $('*').toArray() as unknown as Node[];
  const found = elements
    .slice(0, MOST_ELEMENTS)
    .flatMap((element) => [...written(reading, element), ...painted(element.attribs['style'] ?? '')]);
  return KINDS.flatMap((kind) => found.filter((sighting) => sighting.kind === kind));
}

const PAINTED = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]*))\s*\)/gi;

/** What an element's own style paints behind it. */
const painted = (style: string): Sighting[] =>
  [...style.slice(0, 10_000).matchAll(PAINTED)].map(([, double, single, bare]) => ({
    ...NOTHING_SEEN,
    kind: 'background' as const,
    shown: double ?? single ?? bare ?? '',
  }));

function says($: CheerioAPI, url: string, base: string): PageSays {
  const meta = (...names: string[]) =>
    names
      .map((name) => $(`meta[property="${name}"],meta[name="${name}" i]`).first().attr('content')?.trim() ?? '')
      .find(Boolean) ?? '';
  const author = meta('author', 'article:author');
  const metas = $('meta[name]')
    .toArray()
    .map((one) => [$(one).attr('name') ?? '', $(one).attr('content') ?? ''] as const);
  return {
    ...wishesIn(metas),
    url: ownAddress($('link[rel~="canonical"]').first().attr('href') ?? '', url, base),
    title: meta('og:title') || $('title').first().text().trim(),
    description: meta('og:description', 'description'),
    site: meta('og:site_name') || new URL(url).hostname,
    // Some give the author's page there.
    creator: /^https?:/i.test(author) ? '' : author,
    licence: webAddress($('a[rel~="license"],link[rel~="license"]').first().attr('href') ?? '', base),
    date: meta('article:published_time', 'date'),
  };
}

const webAddress = (href: string, base: string) => {
  const address = cleanAddress(href, base, URL);
  return address.startsWith('http') ? address : '';
};

/** A page may say under which address it is known, but not that it is another site. */
function ownAddress(canonical: string, url: string, base: string): string {
  const address = canonical && webAddress(canonical, base);
  return address && new URL(address).origin === new URL(url).origin ? address : webAddress(url, url);
}
