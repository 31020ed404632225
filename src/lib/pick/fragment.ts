import { cleanAddress, isData, isSvg } from './address.ts';
import { decodeLoosely, encodeSafely } from './percent.ts';

/** What the page says of itself. */
export interface PagePick {
  page_title: string;
  page_description: string;
  page_site: string;
  page_date: string;
  /** Where it wants to be known, on the same site. */
  page_canonical: string;
  noai: boolean;
  noindex: boolean;
}

/** What the picker hands over for one image: the fields of the form, by their names. Empty is unknown. */
export interface Pick extends PagePick {
  /** The best address: http(s) up to 8 kB, or data:image/… up to 1 MB. */
  url: string;
  /** The one that the page showed, when it is another. */
  seen_url: string;
  title: string;
  /** http(s) only. */
  page_url: string;
  alt: string;
  creator: string;
  licence: string;
  /** The page asks that its images be not passed on. */
  nopin: boolean;
}

/** One that is picked by itself may bring its bytes along. */
export interface OnePick extends Pick {
  /** What the picker could read of the picture as the page shows it, as data:image/… up to 1 MB, for when the site is refused the address. */
  copy: string;
}

/** More than anybody picks by hand; a fragment that claims more is cut here. */
export const MAX_PICKS = 200;

const VERSION = 'v1,';
/** As much as is worth keeping of what a page says of itself. */
export const PAGE_LIMITS = { page_title: 500, page_description: 500, page_site: 200, page_date: 60 } as const;
const TEXT_LIMITS: Record<string, number> = { title: 500, alt: 1000, creator: 500, licence: 500, ...PAGE_LIMITS };
const KEYS = ['url', 'seen_url', 'title', 'page_url', 'alt', 'creator', 'licence', 'nopin'] as const;
/** What goes along unseen: the fields in which the page at `page_url` speaks of itself. */
export const PAGE_KEYS = [
  'page_title',
  'page_description',
  'page_site',
  'page_date',
  'page_canonical',
  'noai',
  'noindex',
] as const;
type Key = (typeof KEYS)[number] | (typeof PAGE_KEYS)[number];

/** One pick as the fragment of /images/create/ (without `#`): `v1,url=…&title=…`. Empty fields are left out. */
export const encodePick = (pick: Partial<Pick>, page = encodePage(pick)): string =>
  VERSION + pairs(KEYS, pick, '') + (page && `&${page}`);

/** The fragment of one pick, with a copy of what the page shows. */
export const withCopy = (fragment: string, copy: string): string =>
  copy ? `${fragment}&copy=${encodeSafely(copy)}` : fragment;

/** What is said of the page, for `encodePick`: pages of thousands of pictures need not write it thousands of times. */
export const encodePage = (page: Partial<PagePick>): string => pairs(PAGE_KEYS, page, '');

/** Several picks of one page as the fragment of /save: the same keys with a number each, from 1, in order; of the page without. */
export function encodePicks(picks: readonly Partial<Pick>[]): string {
  let text = '';
  let number = 0;
  for (const pick of picks) text += (text && '&') + pairs(KEYS, pick, String((number += 1)));
  const page = picks[0] ? encodePage(picks[0]) : '';
  return VERSION + text + (page && `&${page}`);
}

function pairs(keys: readonly Key[], pick: Partial<Pick>, number: string): string {
  let text = '';
  for (const key of keys) {
    const value = written(pick, key);
    if (value) text += `${text && '&'}${key}${number}=${encodeSafely(value)}`;
  }
  return text;
}

function written(pick: Partial<Pick>, key: Key): string {
  if (key === 'nopin' || key === 'noai' || key === 'noindex') return pick[key] ? '1' : '';
  if (key === 'seen_url' && pick.seen_url === pick.url) return '';
  return key in TEXT_LIMITS ? shorten(pick[key] ?? '', key) : (pick[key] ?? '');
}

/** Cuts to the limit of the form's field, but never through the middle of a character. */
const shorten = (text: string, key: Key): string => text.slice(0, TEXT_LIMITS[key]).replace(/[\ud800-\udbff]$/, '');

/** Reads one pick; null when there is no usable address in it. Cut or tampered text never throws. */
export function decodePick(fragment: string): OnePick | null {
  const fields = read(fragment);
  const pick = fields && pickOf(fields, '');
  const copy = imageAddress(fields?.get('copy') ?? '');
  return pick && { ...pick, copy: isData(copy) ? copy : '' };
}

/** Reads several picks, in the order of their numbers, without those that have no usable address. */
export function decodePicks(fragment: string): Pick[] {
  const fields = read(fragment);
  const numbers = new Set<number>();
  for (const key of fields?.keys() ?? []) {
    const number = /^url([1-9]\d{0,5})$/.exec(key)?.[1];
    if (number) numbers.add(Number(number));
  }
  const inOrder = [...numbers].sort((a, b) => a - b).slice(0, MAX_PICKS);
  return inOrder.map((number) => fields && pickOf(fields, String(number))).filter((pick) => pick !== null);
}

function read(fragment: string): Map<string, string> | null {
  const text = fragment.replace(/^#/, '').replace(/^v1%2c/i, VERSION);
  if (!text.startsWith(VERSION)) return null;
  const fields = new Map<string, string>();
  for (const pair of text
    .slice(VERSION.length)
    .replace(/%[0-9a-f]?$/i, '')
    .split('&')) {
    const [key = '', ...value] = pair.split('=');
    if (!fields.has(key)) fields.set(key, decodeLoosely(value.join('=')));
  }
  return fields;
}

function pickOf(fields: Map<string, string>, number: string): Pick | null {
  const text = (key: Key): string => fields.get(key + number) ?? '';
  const url = imageAddress(text('url'));
  if (!url) return null;
  return {
    url,
    seen_url: imageAddress(text('seen_url')),
    title: shorten(text('title'), 'title'),
    page_url: webAddress(text('page_url')),
    alt: shorten(text('alt'), 'alt'),
    creator: shorten(text('creator'), 'creator'),
    licence: shorten(text('licence'), 'licence'),
    nopin: text('nopin') === '1',
    ...pageOf((key) => text(key) || (fields.get(key) ?? '')),
  };
}

const pageOf = (text: (key: Key) => string): PagePick => ({
  page_title: shorten(text('page_title'), 'page_title'),
  page_description: shorten(text('page_description'), 'page_description'),
  page_site: shorten(text('page_site'), 'page_site'),
  page_date: shorten(text('page_date'), 'page_date'),
  page_canonical: webAddress(text('page_canonical')),
  noai: text('noai') === '1',
  noindex: text('noindex') === '1',
});

function webAddress(text: string): string {
  const address = cleanAddress(text, undefined, URL);
  return address.startsWith('http') ? address : '';
}

const imageAddress = (text: string): string => {
  const address = cleanAddress(text, undefined, URL);
  return isSvg(address) && address.startsWith('data:') ? '' : address;
};
