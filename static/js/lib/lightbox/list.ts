import { find, findAll } from '../dom.ts';
import { MORE } from '../more.ts';

/** So near to the end the next page is asked for. */
const NEAR = 4;

/** The images of a list, as its tiles say them. */
export class List {
  readonly #grid: HTMLElement;

  constructor(grid: HTMLElement) {
    this.#grid = grid;
  }

  get all(): HTMLAnchorElement[] {
    return findAll<HTMLAnchorElement>('.tile-link', this.#grid).filter((tile) => find('.picture', tile));
  }

  /** Whether the list goes on beyond what stands here. */
  get goesOn(): boolean {
    return find('[data-pager][data-more]') !== null;
  }

  find(path: string): HTMLAnchorElement | undefined {
    return this.all.find((tile) => tile.pathname === path);
  }

  /** The images before and behind one, and which place it has. */
  around(tile: HTMLAnchorElement) {
    const { all } = this;
    const at = all.indexOf(tile);
    if (this.goesOn && at > all.length - NEAR) document.dispatchEvent(new Event(MORE));
    return { prev: all[at - 1], next: all[at + 1], n: at + 1, count: `${all.length}${this.goesOn ? '+' : ''}` };
  }

  /** Tells whenever the list has become longer. */
  onGrowth(told: () => void): void {
    new MutationObserver(told).observe(this.#grid, { childList: true });
  }

  /** Goes back to a tile, also where it waits for its row to fill up. */
  focus(tile: HTMLAnchorElement): void {
    if (tile.closest('.tile-held'))
      for (const held of findAll('.tile-held', this.#grid)) held.classList.remove('tile-held');
    tile.focus({ preventScroll: true });
    tile.scrollIntoView({ block: 'nearest' });
  }
}
