import type { Image, TierFile } from '../images/index.ts';
import { slugOf } from '../lib/slug.ts';

/** The address of an image's page. */
export const imagePath = ({ id, slug }: Pick<Image, 'id' | 'slug'>): string =>
  `/images/${id}/${encodeURIComponent(slug || slugOf(''))}`;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
};

export const extensionOf = (type: string): string => EXTENSIONS[type] ?? 'bin';

/** The address of a file's bytes: its public key, and an ending for whoever saves it. */
export const mediaPath = ({ publicKey, type }: Pick<TierFile, 'publicKey' | 'type'>): string =>
  `/media/${publicKey}.${extensionOf(type)}`;

const iso = (at: number) => new Date(at).toISOString();

/** An image as a script reads it in every list (design.md §6); a new column stays at home. */
export function imageJson(image: Image) {
  const { id, title, slug, caption, alt, state, quality, width, height, visibility, username, likes, comments, views } =
    image;
  const tiers = image.tiers.filter(({ tier }) => tier !== 'original');
  return {
    id,
    title,
    slug,
    caption,
    alt,
    url: imagePath(image),
    state,
    quality,
    width,
    height,
    visibility,
    username,
    likes,
    comments,
    views,
    created_at: iso(image.createdAt),
    source_url: image.sourceUrl,
    page_url: image.pageUrl,
    tiers: Object.fromEntries(tiers.map((file) => [file.tier, tierJson(file)])),
  };
}

const tierJson = ({ width, height, bytes, type, ...file }: TierFile) => ({
  url: mediaPath({ ...file, type }),
  width,
  height,
  bytes,
  type,
});

/** One image by itself: with what lists leave out, and for its owner what only they may know. */
export function wholeImageJson(image: Image, more: { tags: string[]; boards: unknown[]; liked: boolean }) {
  const { creator, licence, resolution } = image;
  return {
    ...imageJson(image),
    ...more,
    creator,
    licence,
    ...(image.mine ? { show_name: image.showName, resolution } : {}),
  };
}
