import { find } from '../dom.ts';
import { isOver, type Item } from './item.ts';
import type { Words } from './post.ts';

interface Acts {
  again(item: Item, keep: boolean): void;
  remove(items: readonly Item[]): void;
}

const TEMPLATES = { tray: 'template[data-tray]', row: 'template[data-tray-row]' };

const copyOf = (selector: string): HTMLElement | null =>
  (find<HTMLTemplateElement>(selector)?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined) ?? null;

/** The tray itself, at the foot of the page: a row for each picture, kept in place while it changes. */
export class Panel {
  readonly element = copyOf(TEMPLATES.tray);
  readonly #words: Words;
  readonly #acts: Acts;
  readonly #rows = new Map<string, HTMLElement>();
  #items: readonly Item[] = [];

  constructor(words: Words, acts: Acts) {
    this.#words = words;
    this.#acts = acts;
    if (!this.element) return;
    this.element.hidden = true;
    document.body.append(this.element);
    find('[data-clear]', this.element)?.addEventListener('click', () => {
      acts.remove(this.#items.filter(isOver));
      if (this.#items.every(isOver)) this.#open(false);
    });
  }

  #open(on: boolean): void {
    if (this.element) this.element.hidden = !on;
  }

  /** Opens it though nothing is on its way, for whoever wants to add something. */
  offer(): void {
    this.#open(true);
    find<HTMLInputElement>('#tray-files', this.element ?? document)?.focus();
  }

  show(items: readonly Item[], sending: Item | null, part: number): void {
    this.#items = items;
    if (items.length > 0) this.#open(true);
    for (const [id, row] of this.#rows) if (!items.some((item) => item.id === id)) this.#forget(id, row);
    for (const item of items) this.#fill(this.#rowOf(item), item, sending?.id === item.id ? part : null);
    const said = this.element && find('[data-count-said]', this.element);
    const over = items.filter(isOver).length;
    const words = (this.#words['count'] ?? '').replace('{n}', String(over)).replace('{count}', String(items.length));
    if (said && said.textContent !== words) said.textContent = words;
  }

  #forget(id: string, row: HTMLElement): void {
    row.remove();
    this.#rows.delete(id);
  }

  #rowOf(item: Item): HTMLElement {
    const there = this.#rows.get(item.id);
    if (there) return there;
    const row = copyOf(TEMPLATES.row) ?? document.createElement('li');
    this.#rows.set(item.id, row);
    find('.tray-list', this.element ?? document)?.append(row);
    const now = () => this.#items.find(({ id }) => id === item.id) ?? item;
    const on = (selector: string, act: () => void) => find(selector, row)?.addEventListener('click', act);
    on('[data-again]', () => this.#acts.again(now(), false));
    on('[data-keep]', () => this.#acts.again(now(), true));
    on('[data-remove]', () => this.#acts.remove([now()]));
    return row;
  }

  #fill(row: HTMLElement, item: Item, part: number | null): void {
    const name = find('.tray-name', row);
    if (name) name.textContent = item.name;
    const bar = find<HTMLProgressElement>('progress', row);
    if (bar) bar.hidden = part === null;
    if (part !== null && part < 1) bar?.setAttribute('value', String(Math.floor(part * 100)));
    else bar?.removeAttribute('value');
    const said = find('[data-said]', row);
    const words = this.#saidOf(item, part);
    if (said && said.textContent !== words) said.textContent = words;
    row.dataset['state'] = item.state;
    this.#offerActs(row, item);
  }

  #saidOf({ said, state, file }: Item, part: number | null): string {
    if (state !== 'waiting') return said;
    if (part === null) return said || (this.#words['waiting'] ?? '');
    return (file && part < 1 ? this.#words['sending'] : this.#words['working']) ?? '';
  }

  #offerActs(row: HTMLElement, { state, href }: Item): void {
    const look = find<HTMLAnchorElement>('[data-look]', row);
    if (look) Object.assign(look, { hidden: href === '', href: new URL(href || '/', location.origin).href });
    const again = find('[data-again]', row);
    const keep = find('[data-keep]', row);
    if (again) again.hidden = state !== 'refused';
    if (keep) keep.hidden = state !== 'had';
  }
}
