/** Names that an address has after an image's number: a slug that is one of them would hide the image's page. */
const ACTIONS = new Set(['bin', 'comments', 'delete', 'download', 'edit', 'like', 'restore', 'state']);

/**
 * What an address says of a title: letters and digits of any script, lower case, joined by dashes, at most 80 characters.
 * An empty one is `image`; one that is an action's name gets `-image` appended.
 */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
  const words = plain
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  const slug = words.toWellFormed();
  if (!slug) return 'image';
  return ACTIONS.has(slug) ? `${slug}-image` : slug;
}
