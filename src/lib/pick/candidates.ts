import type { AddressParser } from './address.ts';
import { cleanAddress, fileName, isData, isSvg } from './address.ts';
import { isJunkName, isLarger, mayBeOne, pictureKey } from './sameness.ts';
import type { Sighting } from './sighting.ts';
import type { Variant } from './srcset.ts';

export type { Sighting } from './sighting.ts';
export { NOTHING_SEEN } from './sighting.ts';

/** Both sides of a picture must have as many pixels, where they are known: the low tier's box. */
export const MIN_SIDE = 124;

/** One picture to offer. `width` and `height` are pixels of the file at `url`; 0 is unknown. */
export interface Candidate {
  url: string;
  /** The address that the page showed; empty where that is `url`, or nothing. */
  seenUrl: string;
  width: number;
  height: number;
  /** The size of what the page shows, where `url` is taken for a larger file of it and nobody knows how large; else 0. */
  leastWidth: number;
  leastHeight: number;
  alt: string;
  title: string;
  name: string;
  creator: string;
  licence: string;
  nopin: boolean;
  drawn: number;
  /** Which of the sightings it was put together from. */
  seen: number[];
}

/** A candidate with all the addresses under which its picture is known. */
interface Found extends Candidate {
  addresses: string[];
  /** Its place on the page. */
  order: number;
}

const areaOf = ({ width, height }: Candidate): number => width * height;
const leastOf = ({ leastWidth, leastHeight }: Candidate): number => leastWidth * leastHeight;

/**
 * The pictures worth offering, each once in its largest version: those of known size first, largest first, the others
 * by the size that they are larger than, and in the order of the page. Written with plain loops, since it also runs on pages that
 * replaced the methods of arrays.
 *
 * @param base the address that relative ones start from
 */
export function candidates(sightings: readonly Sighting[], base: string, Parser: AddressParser): Candidate[] {
  const kept = new Gathering();
  const plain: Found[] = [];
  let order = -1;
  for (const sighting of sightings) {
    const clean = (raw: string): string => {
      const address = raw && cleanAddress(raw, sighting.base || base, Parser);
      return isSvg(address) ? '' : address;
    };
    const found = bestOf(sighting, (order += 1), clean);
    if (!found || isTooSmall(found) || isJunk(found)) continue;
    // What has a single address may turn out to be a smaller file of another picture, so it comes in last.
    if (found.addresses.length > 1) kept.add(found);
    else plain.push(found);
  }
  for (const found of plain) kept.add(found);
  return kept.all.sort((a, b) => areaOf(b) - areaOf(a) || leastOf(b) - leastOf(a) || a.order - b.order);
}

const isTooSmall = ({ width, height }: Candidate): boolean =>
  (width > 0 && width < MIN_SIDE) || (height > 0 && height < MIN_SIDE);

const isJunk = ({ width, name }: Candidate): boolean => !width && isJunkName(name);

/** Keeps each picture once, by every address that it is known under, and by what its sizes have in common. */
class Gathering {
  readonly all: Found[] = [];
  private readonly byBest: Record<string, Found> = Object.create(null);
  private readonly byAny: Record<string, Found> = Object.create(null);
  private readonly byKey: Record<string, Found> = Object.create(null);

  add(found: Found): void {
    const same = this.byBest[found.url] ?? (found.addresses.length === 1 ? this.byAny[found.url] : undefined);
    const key = pictureKey(found.url);
    const near = same ?? this.byKey[key];
    const known = near && (near === same || mayBeOne(near, found)) ? near : undefined;
    if (known) merge(known, found);
    else this.all.push(found);
    this.byBest[found.url] ??= known ?? found;
    this.byKey[key] ??= known ?? found;
    for (const address of found.addresses) this.byAny[address] ??= known ?? found;
  }
}

function merge(into: Found, other: Found): void {
  if (into.url === other.url) {
    if (other.width * other.height > into.width * into.height) takeSize(into, other);
  } else if (!holdsText(into.addresses, other.url) && isLarger(other, into)) {
    if (!isData(into.url)) into.seenUrl ||= into.url;
    into.url = other.url;
    into.name = other.name;
    takeSize(into, other);
  }
  for (const address of other.addresses) into.addresses.push(address);
  for (const seen of other.seen) into.seen.push(seen);
  into.order = Math.min(into.order, other.order);
  into.alt ||= other.alt;
  into.title ||= other.title;
  into.creator ||= other.creator;
  into.licence ||= other.licence;
  into.nopin ||= other.nopin;
  if (other.leastWidth > into.leastWidth) {
    into.leastWidth = other.leastWidth;
    into.leastHeight = other.leastHeight;
  }
  if (into.drawn < 0) into.drawn = other.drawn;
}

function takeSize(into: Found, { width, height }: Found): void {
  into.width = width;
  into.height = height;
}

function holdsText(list: readonly string[], text: string): boolean {
  for (const item of list) if (item === text) return true;
  return false;
}

function bestOf(sighting: Sighting, order: number, clean: (raw: string) => string): Found | null {
  const shown = clean(sighting.shown);
  const variants = offered(sighting, shown, clean);
  const link = clean(sighting.link);
  const best = largest(variants);
  const url = link || best?.url || shown;
  if (!url) return null;
  const placeholder = variants.length > 0 && !holds(variants, shown);
  const isUpgrade = link !== '' && link !== shown && link !== best?.url;
  const known = sizeOf(sighting, best, placeholder, (isUpgrade ? best?.url : url) === shown);
  const size = isUpgrade ? UNKNOWN : known;
  const least = isUpgrade ? known : UNKNOWN;
  const addresses = [url];
  for (const variant of variants) if (variant.url !== url) addresses.push(variant.url);
  // Pages show one waiting picture for many; it must not make the many one.
  if (shown && shown !== url && !placeholder) addresses.push(shown);
  return {
    url,
    seenUrl: shown === url || shown.slice(0, 5) === 'data:' ? '' : shown,
    ...size,
    leastWidth: least.width,
    leastHeight: least.height,
    alt: sighting.alt,
    title: sighting.title,
    name: fileName(url),
    creator: sighting.creator,
    licence: sighting.licence,
    nopin: sighting.nopin,
    drawn: sighting.drawn,
    seen: [order],
    addresses,
    order,
  };
}

/** The usable files of one picture. While a lazy one is waited for, what stands in its place says nothing of it. */
function offered(sighting: Sighting, shown: string, clean: (raw: string) => string): Variant[] {
  const own = cleaned(sighting.variants, clean);
  const lazy = cleaned(sighting.lazy, clean);
  const waiting = lazy.length > 0 && !holds(lazy, shown) && sighting.width < MIN_SIDE;
  return waiting ? lazy : [...own, ...lazy];
}

function cleaned(variants: readonly Variant[], clean: (raw: string) => string): Variant[] {
  const usable: Variant[] = [];
  for (const variant of variants) {
    const url = clean(variant.url);
    if (url) usable.push({ ...variant, url });
  }
  return usable;
}

function holds(variants: readonly Variant[], url: string): boolean {
  for (const variant of variants) if (variant.url === url) return true;
  return false;
}

/** The widest by its descriptor; where no width is told the densest; where neither is, the last. */
function largest(variants: readonly Variant[]): Variant | undefined {
  let best: Variant | undefined;
  for (const variant of variants) {
    const by = best ? variant.width - best.width || variant.density - best.density : 0;
    if (by >= 0) best = variant;
  }
  return best;
}

const UNKNOWN = { width: 0, height: 0 };

/**
 * The size of the chosen file in pixels. What the browser tells of a loaded image is its size in CSS pixels, already
 * divided by the density it chose: with `w` descriptors it only gives the proportions, with `x` the file has that many
 * times more.
 */
function sizeOf(sighting: Sighting, best: Variant | undefined, placeholder: boolean, isShown: boolean): typeof UNKNOWN {
  const { declaredWidth, declaredHeight } = sighting;
  const declared = declaredWidth && declaredHeight ? { width: declaredWidth, height: declaredHeight } : UNKNOWN;
  const seen = placeholder || !sighting.width ? declared : { width: sighting.width, height: sighting.height };
  if (best?.width) {
    return { width: best.width, height: seen.width ? Math.round((best.width * seen.height) / seen.width) : 0 };
  }
  if (best && !isShown && !placeholder && !best.density) return UNKNOWN;
  const density = best && !placeholder ? best.density || 1 : 1;
  return { width: Math.round(seen.width * density), height: Math.round(seen.height * density) };
}
