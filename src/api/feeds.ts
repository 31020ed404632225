import type { Image, TierFile } from '../images/index.ts';
import type { FeedItem } from '../lib/feeds/index.ts';
import { words } from '../lib/words/index.ts';
import { imagePath, mediaPath } from './images.ts';

/** The largest that is shown on a page, or what there is. */
const WANTED: readonly string[] = ['high', 'medium', 'very_high', 'low'];

/** The picture that stands for an image elsewhere: of a good size, and no larger than others get it. */
export const pictureFor = ({ tiers }: Pick<Image, 'tiers'>): TierFile | null =>
  WANTED.map((name) => tiers.find(({ tier }) => tier === name)).find((file) => file !== undefined) ?? null;

/** An image as feeds say it. Its id is its address without its title, which leads to it whatever it is called. */
export function feedItem(base: string, image: Image): FeedItem {
  const { id, title, caption, alt, username, createdAt, updatedAt } = image;
  const file = pictureFor(image);
  return {
    id: `${base}/images/${id}`,
    url: `${base}${imagePath(image)}`,
    title: title || words('images.untitled'),
    text: caption,
    author: username
      ? { name: username, url: `${base}/people/${encodeURIComponent(username)}` }
      : { name: words('image.anonymous') },
    publishedAt: createdAt,
    updatedAt,
    picture: file && {
      url: `${base}${mediaPath(file)}`,
      type: file.type,
      bytes: file.bytes,
      width: file.width,
      height: file.height,
      alt: alt || title,
    },
  };
}
