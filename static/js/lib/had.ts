import { find, findAll } from './dom.ts';

interface Known {
  readonly url: string;
  readonly title: string;
}

/** Longer ones do not fit into a question. */
const LONGEST = 2500;

/** "You have saved an image from this address already": a line below the address, which stands in nobody's way. */
export class HadAlready {
  readonly #url: HTMLInputElement;
  readonly #line: HTMLElement | null;
  #asked: string;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(form: HTMLFormElement, url: HTMLInputElement) {
    this.#url = url;
    this.#line = find('[data-had]', form);
    // What the server knew of its own address stands there already.
    this.#asked = this.#line?.hidden === false ? url.value.trim() : '';
  }

  /** Asks about the address that stands there now, once nobody types any more. */
  ask(): void {
    const address = this.#url.value.trim();
    if (address === this.#asked) return;
    this.#asked = address;
    if (this.#line) this.#line.hidden = true;
    clearTimeout(this.#waiting);
    if (/^https?:\/\/\S+$/i.test(address) && address.length <= LONGEST)
      this.#waiting = setTimeout(() => void this.#look(address), 400);
  }

  async #look(address: string): Promise<void> {
    const path = `/images/create/had?url=${encodeURIComponent(address)}`;
    const answer = await fetch(path, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (!answer?.ok) return;
    const { images } = (await answer.json()) as { images: readonly Known[] };
    if (address === this.#asked && images.length > 0) this.#show(images);
  }

  #show(images: readonly Known[]): void {
    if (!this.#line) return;
    for (const old of findAll('a', this.#line)) old.remove();
    const untitled = find('[data-untitled]', this.#line)?.textContent ?? '';
    for (const { url, title } of images) {
      const link = Object.assign(document.createElement('a'), { target: '_blank', rel: 'noopener', dir: 'auto' });
      link.href = new URL(url, location.origin).href;
      link.textContent = title || untitled;
      this.#line.append(link, ' ');
    }
    this.#line.hidden = false;
  }
}
