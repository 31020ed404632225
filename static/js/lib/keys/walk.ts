import { find, findAll } from '../dom.ts';
import { MORE } from '../more.ts';

const tiles = (): HTMLAnchorElement[] =>
  findAll<HTMLAnchorElement>('[data-grid] .tile-link').filter((tile) => tile.offsetParent !== null);

/** The image of a list that has the focus. */
export function tileAtHand(): HTMLAnchorElement | null {
  const tile = document.activeElement?.closest('.tile');
  return tile ? find<HTMLAnchorElement>('.tile-link', tile) : null;
}

/** The one to begin with: the first that is not above the window. */
const firstSeen = (all: readonly HTMLAnchorElement[]) => all.find((tile) => tile.getBoundingClientRect().bottom > 0);

/** Moves the focus from image to image of a list. */
export function walkList(by: 1 | -1): void {
  const all = tiles();
  const at = all.findIndex((tile) => tile === tileAtHand());
  const to = at < 0 ? firstSeen(all) : all[at + by];
  if (!to) return void document.dispatchEvent(new Event(MORE));
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: 'nearest' });
}
