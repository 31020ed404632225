import { find } from '../dom.ts';
import { zoomable } from '../zoom.ts';

/** As large as the window: what the browser chooses the file by. */
const SIZES = '100vw';
/** So much higher than wide: it is shown as wide as fits, and scrolled. */
const TALL = 2.5;

const candidates = (picture: HTMLImageElement) =>
  picture.srcset.split(',').map((one) => {
    const [href = '', width = ''] = one.trim().split(/\s+/);
    return { href, width: Number.parseInt(width, 10) };
  });

/** The largest file that a tile knows of. */
function largestOf(picture: HTMLImageElement): { href: string; width: number } {
  const plain = { href: picture.src, width: Number(picture.getAttribute('width')) };
  if (!picture.srcset) return plain;
  return candidates(picture).reduce((best, one) => (one.width > best.width ? one : best), { href: '', width: 0 });
}

/** The stage with a tile's picture on it, made from an empty one. */
export function stageOf(empty: HTMLElement, tile: HTMLElement): HTMLElement {
  const stage = empty.cloneNode(true) as HTMLElement;
  const small = find<HTMLImageElement>('.picture', tile);
  const frame = find<HTMLAnchorElement>('.stage-frame', stage);
  const picture = find<HTMLImageElement>('.picture', stage);
  if (!small || !frame || !picture) return stage;
  const [width, height] = [Number(small.getAttribute('width')), Number(small.getAttribute('height'))];
  const size = find<SVGElement>('.stage-size', stage);
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    size?.setAttribute(name, String(value));
  const ground = find<HTMLElement>('.placeholder, .tile-picture > svg', tile)?.cloneNode(true) as
    HTMLElement | undefined;
  ground?.classList.remove('covered');
  ground?.classList.add('placeholder');
  if (ground) picture.before(ground);
  const largest = largestOf(small);
  frame.href = largest.href;
  frame.dataset['width'] = String(largest.width);
  Object.assign(picture, { width, height });
  fill(picture, small);
  if (small.dataset['animated'] !== undefined) picture.dataset['animated'] = small.dataset['animated'];
  picture.alt =
    small.alt || find('.tile-title', tile)?.textContent || find('.tile-link .unseen', tile)?.textContent || '';
  stage.classList.toggle('stage-tall', height > TALL * width);
  zoomable(stage);
  return stage;
}

function fill(picture: HTMLImageElement, small: HTMLImageElement): void {
  if (small.srcset) Object.assign(picture, { sizes: SIZES, srcset: small.srcset });
  picture.src = small.src;
}

/** Has the browser fetch a tile's picture in the size that the stage will show. */
export function preload(tile: HTMLElement | undefined): void {
  const small = tile && find<HTMLImageElement>('.picture', tile);
  if (small) fill(new Image(), small);
}
