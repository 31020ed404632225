import { find } from './dom.ts';
import type { OnePick } from '../../../src/lib/pick/fragment.ts';
import type { Source } from './source.ts';

/** How long the other side may take to begin. */
const PATIENCE_MS = 15_000;

/** What to do about a picture that the site is refused and this browser shows: read it, or have it pasted or dropped. */
export class Rescue {
  readonly #form: HTMLFormElement;
  readonly #source: Source;
  readonly #url: HTMLInputElement;
  readonly #panel: HTMLElement | null;
  readonly #pick: OnePick | null;

  /** @param pick what the picker brought, which may hold a copy */
  constructor(form: HTMLFormElement, source: Source, url: HTMLInputElement, pick: OnePick | null) {
    this.#pick = pick;
    this.#form = form;
    this.#source = source;
    this.#url = url;
    this.#panel = find('#rescue', form);
    const button = find('[data-rescue-paste]', form);
    if (button) button.hidden = !('clipboard' in navigator && 'read' in navigator.clipboard);
    button?.addEventListener('click', () => void this.#paste());
  }

  /** The site was refused: shows the ladder, and takes its first step by itself. */
  async begin(): Promise<void> {
    const address = this.#url.value.trim();
    if (!this.#panel || !/^https?:/i.test(address)) return;
    const page = this.#form.querySelector<HTMLInputElement>('[name="page_url"]')?.value ?? '';
    const open = find<HTMLAnchorElement>('[data-rescue-open]', this.#panel);
    if (open) open.href = /^https?:/i.test(page) ? page : address;
    this.#panel.hidden = false;
    this.#say('saidReading');
    const file = await this.#read(address);
    // Something else may stand there by now.
    if (!this.#source.stuck || this.#url.value.trim() !== address) return;
    const copy = file ? null : this.#copyOf(address);
    if (!(file && this.#source.take(file)) && !(copy && this.#source.take(copy, true))) return this.#say('saidUnread');
    this.#form.requestSubmit(find<HTMLButtonElement>('[data-send]', this.#form));
  }

  /** Another picture was chosen, or another address typed: the ladder is over. */
  look(): void {
    if (this.#panel && !this.#source.stuck) this.#panel.hidden = true;
  }

  /** The bytes, where their site lets every page read them; it is told neither who asks nor from where. */
  async #read(address: string): Promise<File | null> {
    const { maxMb } = this.#form.dataset;
    try {
      const answer = await fetch(address, {
        mode: 'cors',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const length = Number(answer.headers.get('content-length'));
      if (!answer.ok || length > Number(maxMb) * 1024 * 1024) return null;
      const bytes = await answer.blob();
      return bytes.type.startsWith('image/') ? new File([bytes], nameOf(address), { type: bytes.type }) : null;
    } catch {
      // Forbidden, unreachable or too slow: which of them, browsers do not say.
      return null;
    }
  }

  /** What the picker copied off the page, where it could. */
  #copyOf(address: string): File | null {
    const { url = '', copy = '' } = this.#pick ?? {};
    const [, type = '', bytes = ''] = (url === address && /^data:(image\/\w+);base64,([\w+/=]+)$/.exec(copy)) || [];
    return bytes
      ? new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], nameOf(address), { type })
      : null;
  }

  async #paste(): Promise<void> {
    try {
      for (const item of await navigator.clipboard.read()) {
        const type = item.types.find((one) => one.startsWith('image/'));
        if (!type) continue;
        return void this.#source.take(new File([await item.getType(type)], `copied.${type.slice(6)}`, { type }), true);
      }
    } catch {
      // Not allowed.
    }
    this.#say('saidDenied');
  }

  #say(name: string): void {
    const line = this.#panel && find('[data-rescue-words]', this.#panel);
    if (line) line.textContent = this.#panel?.dataset[name] ?? '';
  }
}

const nameOf = (address: string): string => new URL(address).pathname.split('/').at(-1)?.slice(0, 100) || 'picture';
