/** What the picker's text holds in the place of the site's own origin. */
export const ORIGIN_MARK = '__BOWERBIRD__';

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
  const text = source.trim().replaceAll(ORIGIN_MARK, () => site);
  return `javascript:void(()=>{${text}})()`.replace(/[\n "#%<>]/g, escape);
}
