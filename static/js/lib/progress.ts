import { find } from './dom.ts';
import { follow } from './follow.ts';

/** What the site says of a save that is under way. */
interface Save {
  readonly state: string;
  readonly place: number | null;
  readonly bytes: number | null;
  readonly total: number | null;
  readonly image: { readonly url: string } | null;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The line beside Save while a save goes on: how much is sent, and then how far the site is with it. */
export class ProgressLine {
  readonly #form: HTMLFormElement;
  readonly #row: HTMLElement | null;
  readonly #bar: HTMLProgressElement | null;
  readonly #words: HTMLElement | null;
  #stop = () => {};
  #following = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#row = find('[data-progress]', form);
    this.#bar = find<HTMLProgressElement>('[data-progress] progress', form);
    this.#words = find('[data-progress-words]', form);
  }

  begin(): void {
    if (this.#row) this.#row.hidden = false;
    this.sent(0);
  }

  /** So much of the form has gone out, from 0 to 1. */
  sent(part: number): void {
    if (part < 1) return this.#show(this.#said('saidSending'), part);
    this.#show(this.#said('saidWorking'), null);
    this.#follow();
  }

  /**
   * What became of a save whose answer never came, or that was called off when it was sent already: the address of its
   * image, or null where nothing was saved, as far as can be told.
   */
  async outcome(): Promise<string | null> {
    for (let tries = 0; this.#following && tries < 20; tries += 1) {
      const answer = await fetch(this.#address(), { headers: { Accept: 'application/json' } }).catch(() => null);
      if (!answer?.ok) return null;
      const { save } = (await answer.json()) as { save: Save };
      if (save.state === 'saved' || save.state === 'refused') return save.image?.url ?? null;
      await pause(250);
    }
    return null;
  }

  end(): void {
    this.#stop();
    this.#following = false;
    if (this.#row) this.#row.hidden = true;
  }

  #address(): string {
    const key = find<HTMLInputElement>('[name="once"]', this.#form)?.value ?? '';
    return `${this.#form.action}/state?once=${encodeURIComponent(key)}`;
  }

  #follow(): void {
    if (this.#following) return;
    this.#following = true;
    this.#stop = follow<{ save: Save }>(this.#address(), 'save', ({ save }) => this.#told(save));
  }

  /** The answer to the form itself says how it ended. */
  #told({ state, place, bytes, total }: Save): boolean {
    const part = total ? Math.min(1, (bytes ?? 0) / total) : null;
    if (state === 'fetching') this.#show(this.#said('saidFetching'), part);
    if (state === 'waiting')
      this.#show(this.#said(place === 1 ? 'saidNext' : 'saidWaiting').replace('{place}', String(place)), null);
    if (state === 'looking' || state === 'keeping')
      this.#show(this.#said(state === 'looking' ? 'saidLooking' : 'saidKeeping'), null);
    return state === 'saved' || state === 'refused';
  }

  /** Without a part nobody knows how long: the bar then only says that work goes on. */
  #show(words: string, part: number | null): void {
    // Read aloud each time that it changes: every tenth is enough, and the bar shows the rest.
    const text = part === null ? words : `${words} ${Math.floor(part * 10) * 10} %`;
    if (this.#words && this.#words.textContent !== text) this.#words.textContent = text;
    if (part === null) this.#bar?.removeAttribute('value');
    else this.#bar?.setAttribute('value', String(Math.floor(part * 100)));
  }

  #said(name: string): string {
    return this.#form.dataset[name] ?? '';
  }
}
