/** An http(s) address may be this long, in UTF-8 bytes; a data: address in characters (design.md §5). */
export const MAX_ADDRESS = 8 * 1024;
export const MAX_DATA_ADDRESS = 1024 * 1024;

/**
 * The parser of addresses. It is passed in, because pages where the picker runs have been seen to call something of
 * their own `URL`.
 */
export type AddressParser = new (address: string, base?: string) => URL;

export const isData = (address: string): boolean => /^data:image\//i.test(address.slice(0, 11));

/**
 * An address as it may be picked: absolute, http(s) up to 8 kB without name, password and fragment, or `data:image/…`
 * up to 1 MB. Anything else is the empty text; never throws.
 */
export function cleanAddress(raw: string, base: string | undefined, Parser: AddressParser): string {
  const text = raw.length > 2 * MAX_DATA_ADDRESS ? '' : raw.trim();
  if (isData(text)) return text.length <= MAX_DATA_ADDRESS ? text : '';
  const url = webAddress(text, base, Parser);
  return url.length <= MAX_ADDRESS ? url : '';
}

function webAddress(text: string, base: string | undefined, Parser: AddressParser): string {
  if (!text) return '';
  try {
    const url = new Parser(text, base);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return '';
    url.username = '';
    url.password = '';
    url.hash = '';
    return url.href;
  } catch {
    return '';
  }
}

const pathOf = (address: string): string => /^https?:\/\/[^/?#]*([^?#]*)/i.exec(address)?.[1] ?? '';

/** A drawing, not a picture of pixels: not offered, since the site could not keep it. */
export const isSvg = (address: string): boolean =>
  /^data:image\/svg/i.test(address.slice(0, 14)) || /\.svgz?$/i.test(pathOf(address));

/**
 * Whether a link leads to an image file, going by its extension. A colon in the last part is a wiki's page about a
 * file (`/wiki/File:Bird.jpg`), which is no image.
 */
export function isImageFile(address: string): boolean {
  const path = pathOf(address);
  return /\.(?:jpe?g|jpe|jfif|pjpeg|png|apng|gif|webp|avif)$/i.test(path) && !/(?::|%3a)[^/]*$/i.test(path);
}

/** The last part of an address, as words for somebody who reads or hears it: "bird.jpg". */
export function fileName(address: string): string {
  if (isData(address)) return '';
  return /([^/]*)\/?$/.exec(pathOf(address))?.[1] ?? '';
}
