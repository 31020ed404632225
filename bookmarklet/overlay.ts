import type { Wishes } from '../src/lib/pick/wishes.ts';
import { makeBar } from './bar.ts';
import { chooserOf } from './chooser.ts';
import { drawWhenNear } from './drawing.ts';
import { pressAmongTiles } from './keys.ts';
import type { Pointing } from './point.ts';
import { startPointing } from './point.ts';
import type { Page } from './realm.ts';
import { STYLE } from './style.ts';
import type { Made, Tile } from './tile.ts';
import { make, makeTile } from './tile.ts';
import { WORDS } from './words.ts';

/** What the page must not hear of while somebody uses the picker, or its menus would close and its shortcuts fire. */
const PRIVATE =
  'click auxclick dblclick contextmenu mousedown mouseup mousemove mouseover mouseout pointerdown pointerup pointermove ' +
  'pointerover pointerout touchstart touchend wheel focusin focusout copy selectstart dragstart input';

export interface Offer {
  tiles: readonly Tile[];
  wishes: Wishes;
  /** The site's origin. */
  site: string;
  version: string;
}

export interface Overlay {
  /** Takes the picker away and leaves the page as it was. */
  close(): void;
  /** A key went down, wherever the focus is. */
  press(event: KeyboardEvent): void;
}

/**
 * Shows the tiles above everything else: a modal dialog in a closed shadow root. It must be modal, because while the
 * page has a modal dialog of its own all else, popovers too, is dead to mouse and keyboard.
 */
export function openOverlay(page: Page, offer: Offer, onClose: () => void): Overlay {
  const host = make(page, 'div');
  page.natives.Node.prototype.appendChild.call(page.root, host);
  const shadow = host.attachShadow({ mode: 'closed' });
  dress(shadow);
  const closeButton = make(page, 'button', WORDS.close);
  closeButton.type = 'button';
  const said = make(page, 'p');
  said.role = 'status';
  const list = make(page, 'ul');
  const made = page.natives.Array.from(offer.tiles, (tile) => makeTile(page, tile));
  const chooser = chooserOf(made, () => update());
  const bar = makeBar(page, offer.site, offer.version, () => chooser);
  const words = make(page, 'div', make(page, 'h1', WORDS.title), said, ...wishWords(page, offer));
  const section = make(page, 'section', make(page, 'header', words, closeButton), list, bar.footer);
  const dialog = make(page, 'dialog', section);
  dialog.role = 'dialog';
  dialog.lang = 'en';
  dialog.ariaLabel = WORDS.title;
  shadow.append(dialog);
  bar.listen();

  const update = (): void => {
    const going = bar.update(chooser);
    said.textContent = summary(made.length, chooser.shown().length, chooser.chosen().length, going);
  };
  list.addEventListener('click', (event) => {
    for (const each of made)
      if (each.item.contains(event.target as Node)) {
        if (event.target === each.box) chooser.set(each, each.box.checked, event.shiftKey);
        else if (!each.link.contains(event.target as Node)) continue;
        else if (event.shiftKey) {
          event.preventDefault();
          chooser.set(each, true, true);
        } else each.link.href = each.tile.carrying();
      }
  });
  let pointing: Pointing | undefined;
  const endPointing = (): void => {
    pointing?.end();
    pointing = undefined;
  };
  const choose = (each: Made, more: boolean): void => {
    if (each.item.hidden) bar.reset();
    chooser.set(each, true, false);
    if (more) return;
    endPointing();
    each.link.focus();
  };
  bar.point.addEventListener('click', () => {
    pointing = startPointing(page, dialog, made, choose);
  });
  const stopDrawing = fill(page, list, made, bar.footer);
  update();
  for (const type of PRIVATE.split(' ')) dialog.addEventListener(type, (event) => event.stopPropagation());

  const restore = remember(page);
  const close = (): void => {
    endPointing();
    stopDrawing();
    if (dialog.open) dialog.close();
    host.remove();
    restore();
    onClose();
  };
  const back = (): void => {
    if (!pointing) return close();
    endPointing();
    bar.point.focus();
  };
  closeButton.addEventListener('click', close);
  // A way of closing that is not ours, such as a phone's back gesture.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    back();
  });
  dialog.showModal();
  (list.querySelector('a') ?? closeButton).focus({ preventScroll: true });
  return {
    close,
    press(event) {
      const isUsed = pointing ? pointing.press(event) : pressAmongTiles(event, chooser, shadow.activeElement);
      if (!isUsed && event.key !== 'Escape') return;
      event.preventDefault();
      if (!isUsed) back();
    },
  };
}

/** A constructed sheet: policies against inline styles do not touch it. */
function dress(shadow: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
}

function summary(all: number, shown: number, chosen: number, going: number): string {
  if (all === 0) return '';
  if (shown === 0) return WORDS.noneLeft;
  const count = shown < all ? WORDS.some(shown, all) : all === 1 ? WORDS.one : WORDS.many(all);
  if (chosen === 0) return `${count}. ${WORDS.hint}`;
  return `${count}, ${WORDS.chosen(chosen)}${going < chosen ? `: ${WORDS.tooMany(going)}` : ''}.`;
}

/** What the page asks of those who take its images along. */
function wishWords(page: Page, { wishes }: Offer): HTMLElement[] {
  const words: string[] = [];
  for (const wish of ['nopin', 'noai', 'noindex'] as const) if (wishes[wish]) words.push(WORDS[wish]);
  if (words.length === 0) return [];
  const line = make(page, 'p', words.join(' '));
  line.className = 'wish';
  return [line];
}

/** Puts the tiles in, or says that there are none. Answers what ends the drawing. */
function fill(page: Page, list: HTMLUListElement, made: readonly Made[], footer: HTMLElement): () => void {
  if (made.length > 0) return drawWhenNear(list, made);
  const words = make(page, 'div', make(page, 'h2', WORDS.none), make(page, 'p', WORDS.noneHint));
  words.className = 'none';
  list.replaceWith(words);
  footer.className = 'empty';
  return () => {};
}

/** A modal dialog closes the page's open popovers and may move its scroll; both come back afterwards. */
function remember(page: Page): () => void {
  const { scrollX, scrollY } = window;
  const popovers = ('popover' in page.root ? page.all(':popover-open') : []) as HTMLElement[];
  return () => {
    const { HTMLElement } = page.natives;
    for (const popover of popovers)
      if (!popover.matches(':popover-open')) HTMLElement.prototype.showPopover.call(popover);
    if (window.scrollX !== scrollX || window.scrollY !== scrollY)
      window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  };
}
