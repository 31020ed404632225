/**
 * Only printable ASCII: what browsers would drop never comes through, nor what they turn into a slash: a backslash, but in
 * the query, where it is one.
 */
const PLAIN = /^\/(?!\/)[\x21-\x3e\x40-\x5b\x5d-\x7e]*(?:\?[\x21-\x7e]*)?$/;

/**
 * Where to go on after signing in: a path of this site, byte for byte as it was given, or null. The one reader of `next`;
 * `//host`, `/\host`, other schemes, control characters and the account's own sign-in pages do not pass.
 */
export function readNext(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > 9000 || !PLAIN.test(given)) return null;
  const base = 'https://own.invalid';
  const url = URL.canParse(given, base) ? new URL(given, base) : null;
  if (!url || url.origin !== base || url.pathname.startsWith('//')) return null;
  return /^\/account\/(login|logout|register|return|again)\b/.test(url.pathname) ? null : given;
}
