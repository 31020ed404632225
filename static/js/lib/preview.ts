import { find } from './dom.ts';

/** Addresses that a preview may show; the page's policy allows no others. */
const SHOWN = /^(https?:\/\/\S+\.|https?:\/\/localhost|data:image\/|blob:)/i;

/** Shows the picture before it is saved. A remote one is asked for without a word about this site. */
export class Preview {
  readonly #box: HTMLElement | null;
  readonly #image: HTMLImageElement | null;
  readonly #words: HTMLElement | null;
  readonly #form: HTMLFormElement;
  #made: string | null = null;

  constructor(form: HTMLFormElement) {
    this.#box = find('[data-preview]', form);
    this.#image = this.#box && find<HTMLImageElement>('img', this.#box);
    this.#words = this.#box && find('[data-preview-words]', this.#box);
    this.#form = form;
    this.#image?.addEventListener('load', () => this.#measured());
    this.#image?.addEventListener('error', () => this.#missing());
  }

  /** @param file what was chosen, dropped or pasted */
  showFile(file: File): void {
    this.#made = URL.createObjectURL(file);
    this.#show(this.#made, file.name);
  }

  showAddress(address: string): void {
    if (SHOWN.test(address)) this.#show(address, '');
    else this.hide();
  }

  /** The site could not have it either: no more hope is made of it. */
  hideUnseen(): void {
    if (this.#image?.hidden) this.hide();
  }

  hide(): void {
    this.#release(null);
    if (this.#box) this.#box.hidden = true;
    this.#form.classList.remove('previewing');
    this.#image?.removeAttribute('src');
  }

  #show(address: string, name: string): void {
    this.#release(address);
    if (!this.#box || !this.#image || this.#image.src === address) return;
    this.#image.dataset['name'] = name;
    this.#image.hidden = false;
    this.#image.src = address;
    this.#say(name);
    this.#box.hidden = false;
    this.#form.classList.add('previewing');
  }

  #release(kept: string | null): void {
    const old = this.#image?.src;
    if (old?.startsWith('blob:') && old !== kept) URL.revokeObjectURL(old);
    if (this.#made !== kept) this.#made = null;
  }

  #measured(): void {
    const { naturalWidth, naturalHeight, dataset } = this.#image ?? new Image();
    this.#say([dataset['name'], `${naturalWidth} × ${naturalHeight}`].filter(Boolean).join(' · '));
  }

  #missing(): void {
    if (!this.#image?.getAttribute('src')) return;
    this.#image.hidden = true;
    const { saidUnseen = '', saidUnseenFile = '' } = this.#form.dataset;
    // The site asks for an address by itself, and may be answered; of a file there is no more than was chosen.
    this.#say(this.#made ? saidUnseenFile : saidUnseen);
  }

  #say(text: string): void {
    if (this.#words) this.#words.textContent = text;
  }
}
