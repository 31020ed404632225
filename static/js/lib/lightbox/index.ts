import { find } from '../dom.ts';
import { isTyping } from '../typing.ts';
import { createActs } from './acts.ts';
import { List } from './list.ts';
import { preload, stageOf } from './stage.ts';
import { swipes } from './swipe.ts';

/** What an entry of the browser's history holds while an image lies over its list. */
const STATE = { lightbox: true };

const isOver = (state: unknown): boolean => (state as typeof STATE | null)?.lightbox === true;

/** One image large over the list it was opened from. The address is the image's; Back, Escape and × lead to the list. */
export class Lightbox {
  readonly #dialog: HTMLDialogElement;
  readonly #list: List;
  readonly #empty: HTMLElement | null;
  readonly #showActs: (href: string) => void;
  readonly #titleOfList = document.title;
  #tile: HTMLAnchorElement | null = null;

  constructor(dialog: HTMLDialogElement, grid: HTMLElement) {
    this.#dialog = dialog;
    this.#list = new List(grid);
    this.#empty = find('.stage', dialog)?.cloneNode(true) as HTMLElement | null;
    this.#showActs = createActs(find('[data-acts]', dialog) ?? dialog);
    this.#list.onGrowth(() => this.#tile && dialog.open && this.#point(this.#tile));
    this.#watch();
    if (isOver(history.state)) history.replaceState(null, '');
  }

  open(tile: HTMLAnchorElement): void {
    // The browser would scroll the list on its way back, under whoever has just been led to their image in it.
    history.scrollRestoration = 'manual';
    history.pushState(STATE, '', tile.href);
    this.#dialog.showModal();
    this.#show(tile);
  }

  #watch(): void {
    const back = () => history.back();
    const dialog = this.#dialog;
    find('[data-close]', dialog)?.addEventListener('click', back);
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      back();
    });
    // A browser may close it without asking, where Escape is pressed twice.
    dialog.addEventListener('close', () => this.#tile && !dialog.open && back());
    dialog.addEventListener('click', (event) => this.#clicked(event));
    dialog.addEventListener('keydown', (event) => this.#pressed(event));
    const turn = (way: 'prev' | 'next') => () => this.#turn(way);
    swipes(find('.lightbox-middle', dialog) ?? dialog, { prev: turn('prev'), next: turn('next'), close: back });
    addEventListener('popstate', ({ state }) => this.#wentBackOrOn(state));
  }

  #clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-way]') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#turn(link.dataset['way'] === 'prev' ? 'prev' : 'next');
  }

  #pressed(event: KeyboardEvent): void {
    const way = ({ ArrowLeft: 'prev', ArrowRight: 'next' } as const)[event.key];
    if (!way || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const isTurned = document.documentElement.dir === 'rtl';
    this.#turn(isTurned ? (way === 'prev' ? 'next' : 'prev') : way);
  }

  #turn(way: 'prev' | 'next'): void {
    const tile = this.#tile && this.#list.around(this.#tile)[way];
    if (!tile) return;
    history.replaceState(STATE, '', tile.href);
    this.#show(tile);
  }

  #wentBackOrOn(state: unknown): void {
    if (!isOver(state)) return this.#close();
    const tile = this.#list.find(location.pathname);
    if (!tile) return location.reload();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#show(tile);
  }

  #close(): void {
    const tile = this.#tile;
    if (!tile) return;
    this.#tile = null;
    this.#dialog.close();
    document.title = this.#titleOfList;
    this.#list.focus(tile);
    history.scrollRestoration = 'auto';
  }

  #show(tile: HTMLAnchorElement): void {
    this.#tile = tile;
    const words = find('.tile-title', tile)?.textContent || this.#dialog.dataset['untitled'] || '';
    const title = find('.lightbox-title', this.#dialog);
    if (title) title.textContent = words;
    document.title = `${words} · ${this.#titleOfList.split(' · ').at(-1) ?? ''}`;
    find<HTMLAnchorElement>('[data-page]', this.#dialog)?.setAttribute('href', tile.href);
    if (this.#empty) find('.stage', this.#dialog)?.replaceWith(stageOf(this.#empty, tile));
    this.#point(tile);
    this.#showActs(tile.href);
    find('.stage-frame', this.#dialog)?.focus({ preventScroll: true });
  }

  /** Says which place the image has, and where the ways lead. */
  #point(tile: HTMLAnchorElement): void {
    const { n, count, ...ways } = this.#list.around(tile);
    const said = find('[data-place-said]', this.#dialog);
    const words = (this.#dialog.dataset['place'] ?? '').replace('{n}', String(n)).replace('{count}', count);
    if (said && said.textContent !== words) said.textContent = words;
    for (const way of ['prev', 'next'] as const) {
      const link = find<HTMLAnchorElement>(`[data-way="${way}"]`, this.#dialog);
      const to = ways[way];
      link?.classList.toggle('lightbox-way-none', !to);
      if (to) link?.setAttribute('href', to.href);
      else link?.removeAttribute('href');
      preload(to);
    }
  }
}
