import { cleanAddress } from '../src/lib/pick/address.ts';
import type { Pick } from '../src/lib/pick/fragment.ts';
import type { Wishes } from '../src/lib/pick/wishes.ts';
import { wishesIn } from '../src/lib/pick/wishes.ts';
import type { Page } from './realm.ts';

export type Provenance = Omit<Pick, 'url' | 'seen_url' | 'alt'>;

/** What the page says of itself, for every pick alike. */
export function provenanceOf(page: Page): Provenance {
  const title = titleOf(page);
  const page_url = pageAddress(page);
  return {
    ...wishesOf(page),
    title,
    page_url,
    page_title: title,
    page_description: firstOf(page, 'meta[property="og:description"],meta[name="description" i]', 'content'),
    page_site: firstOf(page, 'meta[property="og:site_name"]', 'content'),
    page_date: firstOf(page, 'meta[property="article:published_time"],meta[name="date" i]', 'content'),
    page_canonical: canonicalOf(page, page_url),
    creator: firstOf(page, 'meta[name="author" i],meta[property="article:author"]', 'content'),
    licence: webAddress(page, 'a[rel~="license"],link[rel~="license"]'),
  };
}

/** What the page asks of those who take its images along. */
export function wishesOf(page: Page): Wishes {
  const metas: [string, string][] = [];
  for (const meta of page.all('meta[name]'))
    metas.push([page.attribute(meta, 'name'), page.attribute(meta, 'content')]);
  return wishesIn(metas);
}

const titleOf = (page: Page): string =>
  page.read<string>('Document', 'title', document).trim() || firstOf(page, 'meta[property="og:title"]', 'content');

/** Without its fragment, which may hold keys; empty where the page is no page of the web. */
function pageAddress(page: Page): string {
  const address = cleanAddress(location.href, undefined, page.natives.URL);
  return address.startsWith('http') ? address : '';
}

/** A page may say under which address it is known, but not that it is another site. */
function canonicalOf(page: Page, address: string): string {
  const canonical = webAddress(page, 'link[rel~="canonical"]');
  return canonical !== address && canonical.startsWith(`${location.origin}/`) ? canonical : '';
}

function webAddress(page: Page, selector: string): string {
  const href = firstOf(page, selector, 'href');
  const address = href && cleanAddress(href, page.read<string>('Node', 'baseURI', document), page.natives.URL);
  return address.startsWith('http') ? address : '';
}

function firstOf(page: Page, selector: string, attribute: string): string {
  const element = page.all(selector)[0];
  return element ? page.attribute(element, attribute) : '';
}
