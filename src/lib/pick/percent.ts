/**
 * Decodes percent-escapes once and never throws: what is no escape, or no UTF-8, stays as it was written.
 * `+` is kept, since these are addresses and fragments, not form bodies.
 */
export function decodeLoosely(text: string): string {
  return text.replace(CHARACTER, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}

/** The escapes of one character of one to four bytes. */
const CHARACTER =
  /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi;

/** Percent-encodes any text. A lone half of a surrogate pair, which encodeURIComponent throws at, becomes U+FFFD. */
export const encodeSafely = (text: string): string => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
