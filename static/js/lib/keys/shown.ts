import { find } from '../dom.ts';

/** The image that is shown large: over its list, or on its page; null in a list. */
export const shownImage = (): HTMLElement | null => find('.lightbox[open]') ?? find('[data-image].page');

let waiting: MutationObserver | null = null;

/** Does something with a part of it as soon as that is there: over a list it comes a moment after the picture. */
function whenThere<Part extends HTMLElement>(within: HTMLElement, selector: string, act: (part: Part) => void): void {
  waiting?.disconnect();
  const part = find<Part>(selector, within);
  if (part) return act(part);
  waiting = new MutationObserver(() => {
    const come = find<Part>(selector, within);
    if (!come) return;
    waiting?.disconnect();
    act(come);
  });
  waiting.observe(within, { childList: true, subtree: true });
}

const press = (within: HTMLElement, selector: string) => whenThere(within, selector, (part) => part.click());

export const walkShown = (image: HTMLElement, by: 1 | -1): void =>
  find<HTMLElement>(`[data-way="${by > 0 ? 'next' : 'prev'}"][href]:not([hidden])`, image)?.click();

export const likeShown = (image: HTMLElement): void => press(image, '.like');

export const saveShown = (image: HTMLElement): void => press(image, 'form[action$="/save"] button');

export const boardShown = (image: HTMLElement): void =>
  whenThere<HTMLDetailsElement>(image, '#filing-menu', (menu) => {
    menu.open = true;
    find('button, input:not([type="hidden"])', menu)?.focus();
    menu.scrollIntoView({ block: 'nearest' });
  });
