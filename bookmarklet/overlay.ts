import type { Page } from './realm.ts';
import { STYLE } from './style.ts';
import type { Tile } from './tile.ts';
import { make, makeTile } from './tile.ts';
import { WORDS } from './words.ts';

/** What the page must not hear of while somebody uses the picker, or its menus would close and its shortcuts fire. */
const PRIVATE =
  'click auxclick dblclick contextmenu mousedown mouseup pointerdown pointerup touchstart touchend wheel ' +
  'focusin focusout copy selectstart dragstart';

/**
 * Shows the tiles above everything else: a modal dialog in a closed shadow root. It must be modal, because while the
 * page has a modal dialog of its own all else, popovers too, is dead to mouse and keyboard.
 *
 * @returns takes the picker away and leaves the page as it was
 */
export function openOverlay(page: Page, tiles: readonly Tile[], onClose: () => void): () => void {
  const host = make(page, 'div');
  page.natives.Node.prototype.appendChild.call(page.root, host);
  const shadow = host.attachShadow({ mode: 'closed' });
  dress(shadow);
  const closeButton = make(page, 'button', WORDS.close);
  closeButton.type = 'button';
  const list = make(page, 'ul');
  const dialog = make(page, 'dialog', make(page, 'section', heading(page, tiles.length, closeButton), list));
  dialog.role = 'dialog';
  dialog.lang = 'en';
  dialog.ariaLabel = WORDS.title;
  shadow.append(dialog);
  const stopDrawing = fill(page, list, tiles);
  for (const type of PRIVATE.split(' ')) dialog.addEventListener(type, (event) => event.stopPropagation());

  const restore = remember(page);
  const close = (): void => {
    stopDrawing();
    if (dialog.open) dialog.close();
    host.remove();
    restore();
    onClose();
  };
  closeButton.addEventListener('click', close);
  // A way of closing that is not ours, such as a phone's back gesture.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  dialog.showModal();
  (list.querySelector('a') ?? closeButton).focus({ preventScroll: true });
  return close;
}

/** A constructed sheet: policies against inline styles do not touch it. */
function dress(shadow: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
}

function heading(page: Page, count: number, closeButton: HTMLButtonElement): HTMLElement {
  const summary = count === 1 ? WORDS.one : WORDS.many(count);
  const words = make(page, 'div', make(page, 'h1', WORDS.title));
  if (count > 0) words.append(make(page, 'p', `${summary}. ${WORDS.hint}`));
  return make(page, 'header', words, closeButton);
}

/** Puts the tiles in; each is drawn when it comes near. Answers what ends the watching. */
function fill(page: Page, list: HTMLUListElement, tiles: readonly Tile[]): () => void {
  if (tiles.length === 0) {
    const words = make(page, 'div', make(page, 'h2', WORDS.none), make(page, 'p', WORDS.noneHint));
    words.className = 'none';
    list.replaceWith(words);
    return () => {};
  }
  const waiting: (() => void)[] = [];
  // A large photograph takes a tenth of a second to draw: one at a time, so that the picker is there at once and answers.
  const drawNext = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setTimeout(drawNext);
  };
  const made = page.natives.Array.from(tiles, (tile) => makeTile(page, tile));
  const watcher = new IntersectionObserver(
    (entries) => {
      if (waiting.length === 0) setTimeout(drawNext);
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        for (const { item, draw } of made) if (item === target) waiting.push(draw);
      }
    },
    { root: list, rootMargin: '400px' },
  );
  for (const { item } of made) {
    list.append(item);
    watcher.observe(item);
  }
  return () => {
    watcher.disconnect();
    waiting.length = 0;
  };
}

/** A modal dialog closes the page's open popovers and may move its scroll; both come back afterwards. */
function remember(page: Page): () => void {
  const { scrollX, scrollY } = window;
  const popovers = ('popover' in page.root ? page.all(':popover-open') : []) as HTMLElement[];
  return () => {
    const { HTMLElement } = page.natives;
    for (const popover of popovers)
      if (!popover.matches(':popover-open')) HTMLElement.prototype.showPopover.call(popover);
    if (window.scrollX !== scrollX || window.scrollY !== scrollY) window.scrollTo(scrollX, scrollY);
  };
}
