import { find, findAll } from '../dom.ts';
import { Row, type Fields, type Saved } from './row.ts';

const KEY = 'bowerbird.several';
const DAY = 24 * 3_600_000;

interface Kept {
  at: number;
  rows: { fields: Fields; saved: Saved | null }[];
  shared: Fields;
}

/** The list of pictures on the page, kept in the tab with every change: a reload, a sign-in or a site that is down lose nothing. */
export class List {
  readonly form: HTMLFormElement;
  readonly #place: HTMLElement;
  rows: Row[] = [];

  constructor(form: HTMLFormElement, place: HTMLElement) {
    this.form = form;
    this.#place = place;
    this.rows = findAll('[data-row]', place).map((element) => new Row(element, form.dataset));
    form.addEventListener('input', () => this.keep());
    form.addEventListener('change', () => this.keep());
  }

  get max(): number {
    return Number(this.form.dataset['max']);
  }

  get left(): Row[] {
    return this.rows.filter(({ saved }) => !saved);
  }

  /** What is said of all. */
  get shared(): Fields {
    const fields: Fields = {};
    for (const [name, value] of new FormData(this.form))
      if (typeof value === 'string' && !/\d$/.test(name) && name !== '_csrf') fields[name] = value;
    return fields;
  }

  add(all: readonly Fields[]): void {
    const blank = find<HTMLTemplateElement>('[data-blank]', this.form);
    for (const fields of all) {
      const element = blank?.content.firstElementChild?.cloneNode(true) as HTMLElement;
      this.#place.append(element);
      const row = new Row(element, this.form.dataset);
      row.write({ ...fields, once: fields['once'] || crypto.randomUUID() });
      this.rows.push(row);
    }
    this.ordered();
  }

  /** Reads the order off the page, and numbers the rows anew. */
  ordered(): void {
    const places = new Map(findAll('[data-row]', this.#place).map((element, index) => [element, index]));
    this.rows = this.rows.filter(({ element }) => places.has(element));
    this.rows.sort((a, b) => (places.get(a.element) ?? 0) - (places.get(b.element) ?? 0));
    for (const [index, row] of this.rows.entries()) row.number(index + 1);
    const heading = find('#several-rows', this.form);
    if (heading) heading.hidden = this.rows.length === 0;
    this.keep();
  }

  rowOf(element: Element | null): Row | undefined {
    const at = element?.closest('[data-row]');
    return this.rows.find((row) => row.element === at);
  }

  keep(): void {
    const rows = this.rows.map(({ fields, saved }) => ({ fields, saved }));
    const kept: Kept = { at: Date.now(), rows, shared: this.shared };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Full or forbidden: then the page itself is all there is.
    }
  }

  /** Brings back what this tab had, unless the site has answered with a list of its own. */
  restore(): void {
    const kept = this.#kept();
    if (!kept || this.rows.length > 0) return;
    this.#fillShared(kept.shared);
    this.add(kept.rows.map(({ fields }) => fields));
    for (const [index, { saved }] of kept.rows.entries()) if (saved) this.rows[index]?.become(saved);
    this.keep();
  }

  /** All is done: the next list begins empty. */
  forget(): void {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Nothing was kept either.
    }
  }

  #kept(): Kept | null {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '') as Kept;
      return Date.now() - kept.at < DAY && Array.isArray(kept.rows) ? kept : null;
    } catch {
      return null;
    }
  }

  #fillShared(shared: Fields): void {
    for (const control of findAll<HTMLInputElement>('[name]', this.form)) {
      const value = shared[control.name];
      if (value === undefined || control.closest('[data-row]') || control.type === 'hidden') continue;
      if (control.type === 'radio') control.checked = control.value === value;
      else if (control.tagName !== 'BUTTON') control.value = value;
    }
  }
}
