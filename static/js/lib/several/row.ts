import { find, findAll } from '../dom.ts';

/** What a row says, by the names of the fields in the form of one image. */
export type Fields = Record<string, string>;

/** What its row shows of an image that was saved. */
export interface Saved {
  readonly url: string;
  readonly title: string;
  readonly src: string;
}

/** An image, as the site tells of it. */
export interface Known {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly tiers?: { readonly low?: { readonly url?: string }; readonly high?: { readonly url?: string } };
}

export interface Fault {
  readonly code?: string;
  readonly message?: string;
  readonly field?: string | null;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const PREVIEWED = /^(?:https:\/\/|data:image\/)/i;
const baseOf = (name: string): string => name.replace(/\d+$/, '');
export const smallOf = ({ tiers }: Known): string => tiers?.low?.url ?? tiers?.high?.url ?? '';
const isRadio = (control: Control): boolean => control.type === 'radio';

/** One picture of the list, on the page. */
export class Row {
  readonly element: HTMLElement;
  readonly #words: DOMStringMap;
  saved: Saved | null = null;

  /** @param words what the page says, by the names of the form's data */
  constructor(element: HTMLElement, words: DOMStringMap) {
    this.element = element;
    this.#words = words;
    const picture = find<HTMLImageElement>('.pick-picture', element);
    picture?.addEventListener('error', () => (picture.hidden = true));
    this.#control('url')?.addEventListener('change', () => {
      // Another picture: the key of one that was saved after all would answer with that one.
      this.write({ once: crypto.randomUUID() });
    });
    const face = find('.pick-face', element);
    if (face) face.draggable = true;
  }

  get fields(): Fields {
    const fields: Fields = {};
    for (const control of this.#controls())
      if (!isRadio(control) || (control as HTMLInputElement).checked) fields[baseOf(control.name)] = control.value;
    return fields;
  }

  write(fields: Fields): this {
    for (const control of this.#controls()) {
      const value = fields[baseOf(control.name)];
      if (value === undefined) continue;
      if (isRadio(control)) (control as HTMLInputElement).checked = control.value === value;
      else if (control instanceof HTMLSelectElement) this.#choose(control, value);
      else control.value = value;
    }
    for (const note of findAll('[data-wish]', this.element)) {
      const wish = note.dataset['wish'] ?? '';
      if (wish in fields) note.hidden = fields[wish] !== '1';
    }
    if (fields['draft']) this.#showFile(fields['draft_name'] ?? '');
    this.#preview();
    return this;
  }

  /** A file that was shared: it has a name in the place of an address. */
  #showFile(name: string): void {
    const [file, shown, address] = ['[data-file]', '[data-file-name]', '[data-address]'].map((part) =>
      find(part, this.element),
    );
    if (file) file.hidden = false;
    if (shown) shown.textContent = name;
    if (address) address.hidden = true;
  }

  /** A board that is gone is still what was chosen. */
  #choose(control: HTMLSelectElement, value: string): void {
    if (![...control.options].some((option) => option.value === value)) control.add(new Option(value, value));
    control.value = value;
  }

  /** Gives it its place in the list: all its fields have the number in their names. */
  number(n: number): void {
    for (const name of ['id', 'name', 'for', 'aria-describedby'])
      for (const element of findAll(`[${name}]`, this.element)) {
        const text = element.getAttribute(name) ?? '';
        element.setAttribute(name, text.replace(/([a-z_]+)\d+(?=-|\s|$)/g, `$1${n}`));
      }
    for (const element of [this.element, ...findAll('[aria-label]', this.element)])
      element.setAttribute('aria-label', (element.getAttribute('aria-label') ?? '').replace(/\d+/, String(n)));
    for (const button of findAll<HTMLButtonElement>('[data-act]', this.element))
      button.value = `${button.dataset['act']}${n}`;
    const shown = find('[data-number]', this.element);
    if (shown) shown.textContent = String(n);
  }

  say(words: string): void {
    const line = find('[data-row-said]', this.element);
    if (line && line.textContent !== words) line.textContent = words;
  }

  clear(): void {
    this.say('');
    for (const line of findAll('.field-error', this.element)) line.textContent = '';
    for (const field of findAll('[aria-invalid]', this.element)) field.removeAttribute('aria-invalid');
    const offer = find('[data-find]', this.element);
    if (offer) offer.hidden = true;
  }

  become(saved: Saved): void {
    this.saved = saved;
    this.clear();
    for (const part of findAll('.pick-main, .pick-acts', this.element)) part.hidden = true;
    const link = document.createElement('a');
    link.href = new URL(saved.url, location.origin).href;
    link.textContent = saved.title || (this.#words['saidUntitled'] ?? '');
    find('[data-row-said]', this.element)?.replaceChildren(`${this.#words['saidSaved'] ?? ''} `, link);
    this.#draw(saved.src);
    this.element.classList.add('pick-saved');
  }

  /** Why it was not saved, at the field where that can be mended, and what they have that it is like. */
  refuse({ code, message = '', field }: Fault, known: readonly Known[], findable: boolean): void {
    const name = baseOf(field ?? 'url');
    const control = this.#control(name) ?? this.#control('url');
    const folded = control?.closest('details');
    if (folded) folded.open = true;
    control?.setAttribute('aria-invalid', 'true');
    const line = control && find(`#${CSS.escape(control.id)}-error`, this.element);
    if (line) line.textContent = message;
    else this.say(message);
    const offer = find('[data-find]', this.element);
    const link = offer && find<HTMLAnchorElement>('a', offer);
    if (offer) offer.hidden = !findable;
    if (link) link.href = `/images/find?url=${encodeURIComponent(this.#control('url')?.value ?? '')}`;
    if (known.length > 0) this.#ask(known, code === 'duplicate');
  }

  #ask(known: readonly Known[], same: boolean): void {
    const panel = find('[data-alike]', this.element);
    const legend = panel && find('legend', panel);
    if (!panel || !legend) return;
    legend.textContent = this.#words[same ? 'saidSame' : 'saidAlike'] ?? '';
    for (const old of findAll('.pick-twin', panel)) old.remove();
    legend.after(...known.map((image) => this.#twin(image)));
    const replace = find<HTMLInputElement>('[value=replace]', panel);
    if (replace?.parentElement) replace.parentElement.hidden = same;
    this.write({ replace: String(known[0]?.id ?? '') });
    panel.hidden = false;
  }

  #twin(image: Known): HTMLElement {
    const { url, title } = image;
    const src = smallOf(image);
    const link = document.createElement('a');
    Object.assign(link, { className: 'pick-twin', href: url, target: '_blank', rel: 'noopener' });
    const picture = new Image(96, 96);
    picture.className = 'twin-picture';
    picture.alt = '';
    if (src) picture.src = src;
    const words = document.createElement('span');
    words.textContent = title || (this.#words['saidUntitled'] ?? '');
    link.append(...(src ? [picture] : []), words);
    return link;
  }

  #preview(): void {
    const address = this.#control('url')?.value ?? '';
    this.#draw(PREVIEWED.test(address) ? address : '');
  }

  #draw(address: string): void {
    const picture = find<HTMLImageElement>('.pick-picture', this.element);
    if (!picture || picture.getAttribute('src') === address) return;
    picture.hidden = address === '';
    if (address) picture.src = address;
    else picture.removeAttribute('src');
  }

  #controls(): Control[] {
    return findAll<Control>('input[name], select[name], textarea[name]', this.element);
  }

  #control(name: string): Control | undefined {
    return this.#controls().find((control) => baseOf(control.name) === name);
  }
}
