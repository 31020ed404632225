import type { Variant } from './srcset.ts';

/** What one element of the page says about one picture; addresses as written, sizes 0 where unknown. */
export interface Sighting {
  /** Pictures go before what is painted behind things, that before links to files, and those before what is only named. */
  kind: 'image' | 'background' | 'link' | 'named';
  /** The address whose picture the page shows now. */
  shown: string;
  /** Where relative addresses start from; empty where that is the page's own. */
  base: string;
  /** The size of `shown` in CSS pixels, once it is loaded. */
  width: number;
  height: number;
  /** The size that the page's text claims (attributes, og:image:width), for what is not loaded yet. */
  declaredWidth: number;
  declaredHeight: number;
  /** The files that the browser chooses from (srcset, picture), the most trusted last. */
  variants: Variant[];
  /** What a script of the page is going to show in the place of `shown` (data-src and its kin). */
  lazy: Variant[];
  /** The image file that a link around the element leads to. */
  link: string;
  alt: string;
  title: string;
  /** Who made this picture, and what it may be used for, where the page says so of this very picture. */
  creator: string;
  licence: string;
  nopin: boolean;
  /** Which drawn element it was, for the one who draws the tile; -1 when there is nothing to draw. */
  drawn: number;
}

export const NOTHING_SEEN: Sighting = {
  kind: 'image',
  shown: '',
  base: '',
  width: 0,
  height: 0,
  declaredWidth: 0,
  declaredHeight: 0,
  variants: [],
  lazy: [],
  link: '',
  alt: '',
  title: '',
  creator: '',
  licence: '',
  nopin: false,
  drawn: -1,
};
