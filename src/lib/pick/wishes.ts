/** What a page asks of those who take its pictures along. */
export interface Wishes {
  /** Not to be pinned. */
  nopin: boolean;
  /** Not to be used for training machines: `noai` and `noimageai`. */
  noai: boolean;
  /** Not to be listed by searches for images: `noimageindex`. */
  noindex: boolean;
}

/**
 * Reads the wishes in a page's head.
 *
 * @param metas name and content of each `<meta>`
 */
export function wishesIn(metas: readonly (readonly [name: string, content: string])[]): Wishes {
  const wishes = { nopin: false, noai: false, noindex: false };
  for (const [name, content] of metas) {
    if (/^pinterest$/i.test(name) && /nopin/i.test(content)) wishes.nopin = true;
    if (!/^(?:robots|googlebot|bingbot)$/i.test(name)) continue;
    if (/\bno(?:image)?ai\b/i.test(content)) wishes.noai = true;
    if (/\b(?:noimageindex|noindex|none)\b/i.test(content)) wishes.noindex = true;
  }
  return wishes;
}
