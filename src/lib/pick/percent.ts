/**
 * Decodes percent-escapes once and never throws: what is no escape, or no UTF-8, stays as it was written.
 * `+` is kept, since these are addresses and fragments, not form bodies.
 */
export function decodeLoosely(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** Percent-encodes any text. A lone half of a surrogate pair, which encodeURIComponent throws at, becomes U+FFFD. */
export const encodeSafely = (text: string): string => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
