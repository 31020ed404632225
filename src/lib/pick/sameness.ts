/** Parts of a query that only say how large, how packed and how cut a picture is sent. */
const SIZING =
  /^(?:w|h|width|height|q|quality|dpr|fit|auto|fm|format|sw|sh|wid|hei|resize|imwidth|imheight|ixlib|usm|strip)$/i;
/** `photo-300x200.jpg`, `photo@2x.jpg`, `photo-scaled.jpg` */
const SIZED_NAME = /(?:[-_](\d{2,5})x\d{2,5}|@[\d.]{1,4}x|-scaled)(?=\.[a-z]{3,4}$)/i;
const QUERY = /^([^?#]*)\??([^#]*)/;

/** Under what an address and its neighbours in other sizes meet: the address without what speaks of size. */
export function pictureKey(address: string): string {
  const [, path = '', query = ''] = QUERY.exec(address) ?? [];
  let kept = '';
  for (const pair of query.split('&')) if (pair && !SIZING.test(pair.split('=')[0] ?? '')) kept += `&${pair}`;
  return path.replace(SIZED_NAME, '') + kept;
}

/** The width that an address speaks of; without any word of size it is the whole picture, which is Infinity. */
export function promisedWidth(address: string): number {
  const [, path = '', query = ''] = QUERY.exec(address) ?? [];
  const asked = /(?:^|&)(?:w|width|sw|wid|imwidth|resize)=(\d{1,5})/i.exec(query)?.[1];
  if (asked) return Number(asked);
  const named = SIZED_NAME.exec(path);
  if (named) return Number(named[1] ?? 0);
  return pictureKey(address) === address ? Infinity : 0;
}

export interface Sized {
  url: string;
  width: number;
  height: number;
}

/**
 * Whether two files with the same key may be one picture: of the same proportions, or the one a small square cut out
 * of the other, or of a size that nobody knows.
 */
export function mayBeOne(a: Sized, b: Sized): boolean {
  if (!a.width || !a.height || !b.width || !b.height) return true;
  const [small, large] = a.width * a.height < b.width * b.height ? [a, b] : [b, a];
  const turned = (small.width * large.height) / (small.height * large.width);
  return Math.abs(turned - 1) < 0.04 || small.width * small.height * 4 <= large.width * large.height;
}

/** Whether `other` is the larger file of the two: the address alone of a whole picture outdoes what says a size. */
export function isLarger(other: Sized, than: Sized): boolean {
  if (other.width && than.width) return other.width * other.height > than.width * than.height;
  return (promisedWidth(other.url) || other.width) > (than.width || promisedWidth(than.url));
}

/** Names of what fills a gap, counts visitors or holds many little drawings. */
const JUNK =
  /(?:^|[-_.])(?:sprites?|spacer|spaceball|pixel|beacon|blank|favicon|transparent|placeholder|1x1|clear|trans)(?:[-_.]|$)/i;

export const isJunkName = (name: string): boolean => JUNK.test(name);
