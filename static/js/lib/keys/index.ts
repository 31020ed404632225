import { find } from '../dom.ts';
import { isTyping } from '../typing.ts';
import { showHelp } from './help.ts';
import { areOn, watchSetting } from './setting.ts';
import { boardShown, likeShown, saveShown, shownImage, walkShown } from './shown.ts';
import { likeTile, saveTile } from './tile.ts';
import { tileAtHand, walkList } from './walk.ts';

const isMember = (): boolean => document.body.dataset['member'] !== undefined;

function walk(by: 1 | -1): void {
  const image = shownImage();
  if (image) walkShown(image, by);
  else walkList(by);
}

/** Does it with the image that is shown large, or else with the one of the list that has the focus. */
const withImage = (shown: (image: HTMLElement) => void, listed: (tile: HTMLAnchorElement) => unknown) => () => {
  const image = shownImage();
  const tile = tileAtHand();
  if (image) shown(image);
  else if (tile && isMember()) void listed(tile);
};

function fileTile(tile: HTMLAnchorElement): void {
  tile.click();
  const image = shownImage();
  if (image) boardShown(image);
}

function search(): void {
  const field = find<HTMLInputElement>('[data-search] input');
  if (field) field.focus();
  else find<HTMLAnchorElement>('header a[href="/search"]')?.click();
}

const DOES: Readonly<Record<string, () => unknown>> = {
  j: () => walk(1),
  k: () => walk(-1),
  l: withImage(likeShown, likeTile),
  s: withImage(saveShown, saveTile),
  b: withImage(boardShown, fileTile),
  '/': search,
  '?': showHelp,
};

/** A dialog that is no image keeps its keys to itself. */
const isElsewhere = (): boolean => find('dialog[open]:not(.lightbox)') !== null;

/** Single keys that do something: never while somebody types, never with Ctrl, Alt or Cmd, and not where they are turned off. */
export function watchKeys(): void {
  watchSetting(document);
  document.addEventListener('keydown', (event) => {
    const does = DOES[event.key];
    if (!does || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isTyping(event.target) || isElsewhere() || !areOn()) return;
    // A key that is held down turns pages, and likes nothing twice.
    if (event.repeat && event.key !== 'j' && event.key !== 'k') return;
    event.preventDefault();
    does();
  });
}
