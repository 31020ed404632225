import type { AddressParser } from '../address.ts';
import { cleanAddress, isSvg } from '../address.ts';
import { decodeLoosely } from '../percent.ts';
import { FAMILIES } from './families.ts';
import type { Rule } from './rule.ts';
import { SITES } from './sites.ts';

/** Addresses whose query was signed, or ends: changed, they fail. An `s` of hexadecimal digits is imgix's, Reddit's and the Guardian's. */
const SIGNED =
  /[?&](?:s=[0-9a-f]{32}|(?:sig|sign|signature|hmac|token|policy|expires|hash|oh|oe|_nc_\w{1,9}|x-(?:amz|goog)-signature|verify|md5|auth_key|key)=)/i;

/** One wrapped in another, and a thumbnail in that: deeper is only what somebody made up. */
const DEEPEST = 2;
const MOST = 8;

/** A site's own rule knows better than that of the software behind it. */
const RULES: readonly Rule[] = [...SITES, ...FAMILIES];

/**
 * The addresses of larger versions of the picture that a page shows, best first, never itself; empty where no rule holds. They
 * are guesses by rule: one may be missing, or lead to another picture.
 *
 * @param address absolute, as cleanAddress gives it
 * @param Parser the parser of addresses, since pages replace their own
 */
export function originals(address: string, Parser: AddressParser): string[] {
  const found: string[] = [];
  climb(address, address, DEEPEST, found, Parser);
  return found;
}

/** A larger version may be the wrapping of a still larger one, which comes before it. */
function climb(address: string, seen: string, deeper: number, found: string[], Parser: AddressParser): void {
  const scheme = /^https?:\/\//.exec(address)?.[0];
  if (!scheme) return;
  const rest = address.slice(scheme.length);
  const signed = SIGNED.test(rest);
  for (const [pattern, larger] of RULES) {
    if (!pattern.test(rest)) continue;
    for (const one of larger.split('|')) {
      const isWrapped = one[0] === '@';
      if (signed && !isWrapped && one[0] !== '!') continue;
      const text = rest.replace(pattern, one.replace(/^[@!]/, ''));
      const url = isWrapped ? unwrap(text, address, Parser) : cleanAddress(scheme + text, undefined, Parser);
      if (!url || url === address || isSvg(url)) continue;
      if (deeper > 0) climb(url, seen, deeper - 1, found, Parser);
      if (url !== seen && !holds(found, url) && found.length < MOST) found[found.length] = url;
    }
  }
}

/** An address that another one holds: escaped or not, with or without its scheme, or a path of the same site. */
function unwrap(text: string, around: string, Parser: AddressParser): string {
  const inner = /^[^/?]*%/.test(text) ? decodeLoosely(text) : text;
  const address = /^(?:https?:|\/)/i.test(inner) ? inner : `https://${inner}`;
  return /^data:/i.test(inner) ? '' : cleanAddress(address, around, Parser);
}

function holds(found: readonly string[], url: string): boolean {
  for (const one of found) if (one === url) return true;
  return false;
}
