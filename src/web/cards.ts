import { imagePath, mediaPath } from '../api/images.ts';
import type { Image, TierFile } from '../images/index.ts';

/** What a tile of a list prints. */
export interface Card {
  id: number;
  href: string;
  title: string;
  alt: string;
  src: string | null;
  srcset: string | null;
  sizes: string | null;
  width: number;
  height: number;
  placeholder: string | null;
  colour: string;
  /** Width to height times ten, from 3 to 40: the class that gives a tile its proportions before anything is loaded. */
  ratio: number;
  username: string | null;
  visibility: string;
  likes: number;
  comments: number;
  pending: boolean;
  animated: boolean;
}

/** Tiers that show a whole picture, smallest first, each size once: `low` is a square crop and `full` for taking along. */
const WHOLE: ReadonlySet<string> = new Set(['medium', 'high', 'very_high']);

const wholeTiers = (image: Image): TierFile[] => {
  const tiers = image.tiers
    .filter(({ tier }) => WHOLE.has(tier))
    .sort((a, b) => a.width - b.width || a.tier.localeCompare(b.tier));
  return tiers.filter(({ width }, i) => width !== tiers[i - 1]?.width);
};

const placeholderOf = ({ placeholder }: Image) => (placeholder ? `data:image/webp;base64,${placeholder}` : null);

/** Addresses of a picture for the sizes it is shown at; before its tiers are made, and where only `low` is open, what there is. */
export function pictureOf(image: Image, sizes: string) {
  const tiers = wholeTiers(image);
  const shown = tiers[0] ?? image.tiers.find(({ tier }) => tier === 'low');
  const srcset = tiers.length > 1 ? tiers.map((tier) => `${mediaPath(tier)} ${tier.width}w`).join(', ') : null;
  const largest = tiers.at(-1) ?? shown;
  return {
    src: shown ? mediaPath(srcset && largest ? largest : shown) : null,
    srcset,
    sizes: srcset ? sizes : null,
    width: shown?.tier === 'low' ? shown.width : image.width,
    height: shown?.tier === 'low' ? shown.height : image.height,
    placeholder: placeholderOf(image),
    colour: image.colour,
  };
}

const clamp = (number: number, least: number, most: number) => Math.min(most, Math.max(least, number));

/** Width to height times ten, as far as a tile follows it. */
const ratioOf = ({ width, height }: { width: number; height: number }) =>
  clamp(Math.round((10 * width) / height), 3, 40);

/** How high rows are at the least (static/css/grid.css), from so wide a window on, and by how much they mostly grow to fill it. */
const ROWS = [
  { from: 80, row: 15.5, grows: 1.4 },
  { from: 40, row: 12.5, grows: 1.5 },
];
const NARROW = { row: 9.25, grows: 2 };

/** How wide a tile comes out, so that the browser asks for the smallest file that is sharp there: of an upright picture a much smaller one. */
function tileSizes(image: Image): string {
  const wide = ({ row, grows }: typeof NARROW) => `${((ratioOf(image) / 10) * row * grows).toFixed(1)}rem`;
  return [...ROWS.map((one) => `(min-width: ${one.from}rem) ${wide(one)}`), `min(100vw, ${wide(NARROW)})`].join(', ');
}

export function card(image: Image): Card {
  const picture = pictureOf(image, tileSizes(image));
  const { id, title, alt, username, visibility, likes, comments, state } = image;
  return {
    id,
    title,
    alt,
    username,
    visibility,
    likes,
    comments,
    ...picture,
    href: imagePath(image),
    ratio: ratioOf(picture),
    pending: state === 'pending',
    animated: image.frames > 1,
  };
}
