import { pictureFor } from '../api/feeds.ts';
import { mediaPath } from '../api/images.ts';
import type { Image } from '../images/index.ts';
import type { Said } from '../lib/words/index.ts';
import { baseOf } from './base.ts';
import type { Visit } from './visit.ts';

/** What a link to a page looks like where somebody shares it. */
interface Previewed {
  type: 'article' | 'profile' | 'website';
  path: string;
  title: string | Said;
  description: string | Said;
  image: Image | null;
}

/** A few lines are shown; what is longer is cut where the page is made. */
const LONGEST = 300;

const cut = (text: string | Said) => {
  const letters = [...String(text).replace(/\s+/gu, ' ').trim()];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
};

/**
 * What the head of a page says of it to whoever shows links to it. Those are visitors, so only a visitor's page says it: it
 * is made of what a visitor was shown, and can tell no more.
 */
export function previewOf(visit: Visit, { type, path, title, description, image }: Previewed) {
  if (visit.member) return null;
  const base = baseOf(visit);
  const file = image && pictureFor(image);
  const url = `${base}${path}`;
  return {
    type,
    url,
    title,
    description: cut(description),
    oembed: `${base}/oembed?${new URLSearchParams({ url }).toString()}`,
    image: file && {
      url: `${base}${mediaPath(file)}`,
      type: file.type,
      width: file.width,
      height: file.height,
      alt: image.alt || image.title,
    },
  };
}
