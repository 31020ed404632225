import { cleanAddress, isSvg } from './address.ts';
import { decodeLoosely, encodeSafely } from './percent.ts';

/** What the picker hands over for one image: the fields of the form, by their names. Empty is unknown. */
export interface Pick {
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

/** More than anybody picks by hand; a fragment that claims more is cut here. */
export const MAX_PICKS = 200;

const VERSION = 'v1,';
const TEXT_LIMITS = { title: 500, alt: 1000, creator: 500, licence: 500 } as const;
const KEYS = ['url', 'seen_url', 'title', 'page_url', 'alt', 'creator', 'licence', 'nopin'] as const;
type Key = (typeof KEYS)[number];

/** One pick as the fragment of /images/create/ (without `#`): `v1,url=…&title=…`. Empty fields are left out. */
export const encodePick = (pick: Partial<Pick>): string => VERSION + pairs(pick, '');

/** Several picks as the fragment of /save: the same keys with a number each, from 1, in order. */
export function encodePicks(picks: readonly Partial<Pick>[]): string {
  let text = '';
  let number = 0;
  for (const pick of picks) text += (text && '&') + pairs(pick, String((number += 1)));
  return VERSION + text;
}

function pairs(pick: Partial<Pick>, number: string): string {
  let text = '';
  for (const key of KEYS) {
    const value = written(pick, key);
    if (value) text += `${text && '&'}${key}${number}=${encodeSafely(value)}`;
  }
  return text;
}

function written(pick: Partial<Pick>, key: Key): string {
  if (key === 'nopin') return pick.nopin ? '1' : '';
  if (key === 'seen_url' && pick.seen_url === pick.url) return '';
  return key in TEXT_LIMITS ? shorten(pick[key] ?? '', key) : (pick[key] ?? '');
}

/** Cuts to the limit of the form's field, but never through the middle of a character. */
const shorten = (text: string, key: Key): string =>
  text.slice(0, TEXT_LIMITS[key as keyof typeof TEXT_LIMITS]).replace(/[\ud800-\udbff]$/, '');

/** Reads one pick; null when there is no usable address in it. Cut or tampered text never throws. */
export function decodePick(fragment: string): Pick | null {
  const fields = read(fragment);
  return fields && pickOf(fields, '');
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
  const page = cleanAddress(text('page_url'), undefined, URL);
  return {
    url,
    seen_url: imageAddress(text('seen_url')),
    title: shorten(text('title'), 'title'),
    page_url: page.startsWith('http') ? page : '',
    alt: shorten(text('alt'), 'alt'),
    creator: shorten(text('creator'), 'creator'),
    licence: shorten(text('licence'), 'licence'),
    nopin: text('nopin') === '1',
  };
}

const imageAddress = (text: string): string => {
  const address = cleanAddress(text, undefined, URL);
  return isSvg(address) && address.startsWith('data:') ? '' : address;
};
