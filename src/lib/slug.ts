/** Names that an address has after an image's number: a slug that is one of them would hide the image's page. */
const ACTIONS = new Set(['bin', 'comments', 'delete', 'download', 'edit', 'like', 'restore', 'similar', 'state']);

/** The accents of Latin, Greek and Cyrillic; the vowel signs of Hindi or Thai are no accents, and stay. */
const ACCENTS = /[\u0300-\u036f]/g;

/**
 * What an address says of a title: letters and digits of any script, lower case, joined by dashes, at most 80 characters.
 * An empty one is `image`; one that is an action's name gets `-image` appended.
 */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase().replace(ACCENTS, '');
  const words = plain.replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').replace(/^[-\p{M}]+/u, '');
  const slug = [...words].slice(0, 80).join('').replace(/-+$/, '');
  if (!slug) return 'image';
  return ACTIONS.has(slug) ? `${slug}-image` : slug;
}
