import { z } from 'zod';
import type { Image, TierFile } from '../images/index.ts';
import { isSaid, type Provenance } from '../lib/provenance.ts';
import { slugOf } from '../lib/slug.ts';
import { BOX_TIERS, TIER_ORDER } from '../lib/tiers.ts';
import { VISIBILITIES } from '../lib/visibility.ts';
import { boardShape } from './boards.ts';
import { provenanceJson, provenanceShape } from './provenance.ts';
import { count, moment, number, paged, sitePath } from './shape.ts';

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
export function wholeImageJson(
  image: Image,
  { provenance, ...more }: { tags: string[]; boards: unknown[]; liked: boolean; provenance: Provenance },
) {
  const { creator, licence, resolution } = image;
  return {
    ...imageJson(image),
    ...more,
    creator,
    licence,
    ...(isSaid(provenance) || image.nopin ? { provenance: provenanceJson(provenance, image.nopin) } : {}),
    ...(image.mine ? { show_name: image.showName, resolution } : {}),
  };
}

/** One size of an image. Where a store is public its address is a whole one. */
export const tierShape = z.strictObject({
  url: z.string(),
  width: number,
  height: number,
  bytes: count,
  type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']),
});

export const imageShape = z.strictObject({
  id: number,
  title: z.string(),
  slug: z.string(),
  caption: z.string(),
  alt: z.string(),
  url: sitePath,
  state: z.enum(['pending', 'ready']),
  quality: z.enum(BOX_TIERS),
  width: number,
  height: number,
  visibility: z.enum(VISIBILITIES),
  username: z.string().nullable(),
  likes: count,
  comments: count,
  views: count,
  created_at: moment,
  source_url: z.string().nullable(),
  page_url: z.string().nullable(),
  tiers: z.partialRecord(z.enum(TIER_ORDER), tierShape),
});

/** The last two are told to its owner alone. */
export const wholeImageShape = imageShape.extend({
  tags: z.array(z.string()),
  boards: z.array(boardShape),
  liked: z.boolean(),
  creator: z.string(),
  licence: z.string(),
  provenance: provenanceShape.optional(),
  show_name: z.boolean().optional(),
  resolution: z.enum(TIER_ORDER).optional(),
});

export const imageList = z.strictObject({ images: z.array(imageShape), ...paged });
