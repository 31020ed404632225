/** What the picker's text holds in the place of the site's own origin. */
const ORIGIN_MARK = '__BOWERBIRD__';

/** What stands in the place of its version. */
const VERSION_MARK = '__VERSION__';

/** A short name for the picker's text (FNV-1a, 32 bits): another text has another, and nobody has to count. */
export function pickerVersion(source: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < source.length; at += 1) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, '0');
}

/** The picker as this site serves it: with its own origin and version put in. */
export const pickerSource = (source: string, origin: string): string =>
  source.replaceAll(ORIGIN_MARK, () => origin).replaceAll(VERSION_MARK, () => pickerVersion(source));

const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/**
 * The picker as one `javascript:` address. Browsers decode such an address once and escape some characters by
 * themselves as soon as a `?` has gone by; exactly those are escaped here, and `%`, so that the address is its own
 * canonical form: what is stored as a bookmark is, byte for byte, what the page showed.
 *
 * @param source the text of bookmarklet/picker.js, ASCII
 * @param origin the site's own origin, such as https://localhost:9000
 * @throws Error when the text is not ASCII or the origin is not one of http(s)
 */
export function bookmarkletHref(source: string, origin: string): string {
  const { protocol, origin: site } = new URL(origin);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`not an origin of the web: ${origin}`);
  if (/[^\n -~]/.test(source)) throw new Error('the picker must be ASCII');
  const text = pickerSource(source, site).trim();
  return `javascript:void(()=>{${text}})()`.replace(/[\n "#%<>]/g, escape);
}
