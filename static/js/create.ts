import { hideAlike, showAlike } from './lib/alike.ts';
import { carriedPick, carryPick, forgetPick } from './lib/carried.ts';
import { isRescuable } from '../../src/lib/rescuable.ts';
import { find } from './lib/dom.ts';
import { clearFaults, showFault } from './lib/faults.ts';
import { HadAlready } from './lib/had.ts';
import { ProgressLine } from './lib/progress.ts';
import { send, type Answer, type Sending } from './lib/send.ts';
import { Rescue } from './lib/rescue.ts';
import { Source } from './lib/source.ts';

const TEXTS = [
  'url',
  'seen_url',
  'title',
  'page_url',
  'alt',
  'creator',
  'licence',
  'page_title',
  'page_description',
  'page_site',
  'page_date',
  'page_canonical',
] as const;
const WISHES = ['nopin', 'noai', 'noindex'] as const;

/**
 * Another picture makes it another form: with the key of one that was saved, and which the browser brought back with
 * its own Back, the site would answer that save again and take nothing in.
 */
function beginAnew(form: HTMLFormElement): void {
  hideAlike(form);
  const once = form.querySelector<HTMLInputElement>('[name="once"]');
  if (once) once.value = crypto.randomUUID();
}

/** Puts the pick into what is still empty. An address that came by the query is another matter: then the pick stays out. */
function fillFromPick(form: HTMLFormElement): void {
  const pick = carriedPick();
  const input = (name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!pick || input('url')?.value) return;
  for (const name of TEXTS) {
    const field = input(name);
    if (field && !field.value) field.value = pick[name];
  }
  for (const wish of WISHES) {
    const field = input(wish);
    const notice = find(`[data-wish=${wish}]`, form);
    if (field) field.value = pick[wish] ? '1' : '';
    if (notice) notice.hidden = !pick[wish];
  }
  // The one choice that the site takes for such a picture, or the one that it suggests; the notice says why.
  if (pick.nopin) form.querySelector<HTMLInputElement>('[name=visibility][value=private]')?.click();
  const folded = find<HTMLDetailsElement>('#provenance', form);
  if (folded) folded.open ||= Boolean(pick.page_url || pick.creator || pick.licence);
}

class Saving {
  readonly #form: HTMLFormElement;
  readonly #source: Source;
  readonly #progress: ProgressLine;
  readonly #rescue: Rescue;
  #sending: Sending | null = null;
  #cancelled = false;

  constructor(form: HTMLFormElement, source: Source, rescue: Rescue) {
    this.#rescue = rescue;
    this.#form = form;
    this.#source = source;
    this.#progress = new ProgressLine(form);
  }

  watch(): void {
    this.#form.addEventListener('submit', (event) => {
      if (event.submitter?.hasAttribute('formaction')) return;
      event.preventDefault();
      void this.#save(event.submitter);
    });
    find('[data-cancel]', this.#form)?.addEventListener('click', () => {
      this.#cancelled = true;
      this.#sending?.cancel();
    });
  }

  async #save(by: HTMLElement | null): Promise<void> {
    if (this.#sending) return;
    clearFaults(this.#form);
    const { saidNone = '', draft } = this.#form.dataset;
    if (!this.#source.given && draft === undefined) return showFault(this.#form, 'image', saidNone);
    const fields = new FormData(this.#form);
    if (by instanceof HTMLButtonElement && by.name) fields.set(by.name, by.value);
    this.#cancelled = false;
    this.#busy(true);
    this.#sending = send(this.#form.action, fields, (part) => this.#progress.sent(part));
    const answer = await this.#sending.answer;
    const saved = answer.status === 0 ? await this.#progress.outcome() : null;
    this.#sending = null;
    this.#busy(false);
    if (saved) this.#lookAt(saved);
    else this.#read(answer);
  }

  #busy(on: boolean): void {
    find('[data-send]', this.#form)?.setAttribute('aria-disabled', String(on));
    if (on) this.#progress.begin();
    else this.#progress.end();
  }

  #read({ status, body }: Answer): void {
    const { image, error, images } = (body ?? {}) as {
      image?: { url?: string };
      error?: { code?: string; message?: string; field?: string };
      images?: unknown;
    };
    // An address that leads to a page: its pictures can be looked for.
    const offer = find('[data-find]', this.#form);
    if (offer) offer.hidden = error?.code !== 'not_an_image' || error.field !== 'url';
    if (status < 300 && image?.url?.startsWith('/')) return this.#lookAt(image.url);
    if (error?.field === 'url') this.#source.refused();
    const sentence = error?.message ?? this.#wordsFor(status);
    if (status === 409 && showAlike(this.#form, images, error?.code ?? '', sentence)) return;
    showFault(this.#form, error?.field ?? (status === 413 ? 'image' : null), sentence);
    if (error?.field === 'url' && isRescuable(error.code ?? '')) void this.#rescue.begin();
  }

  #lookAt(path: string): void {
    forgetPick();
    location.assign(new URL(path, location.origin));
  }

  #wordsFor(status: number): string {
    const { saidCancelled, saidOffline, saidLarge, saidStrange } = this.#form.dataset;
    if (status === 0) return (this.#cancelled ? saidCancelled : saidOffline) ?? '';
    return (status === 413 ? saidLarge : saidStrange) ?? '';
  }
}

const form = find<HTMLFormElement>('#create');
const file = find<HTMLInputElement>('#image');
const url = find<HTMLInputElement>('#url');
if (form && file && url) {
  carryPick();
  fillFromPick(form);
  const had = new HadAlready(form, url);
  const source: Source = new Source(form, file, url, () => {
    beginAnew(form);
    rescue.look();
    had.ask();
  });
  const rescue = new Rescue(form, source, url, carriedPick());
  source.refresh();
  had.ask();
  const saving = new Saving(form, source, rescue);
  saving.watch();
  find('[data-leave]', form)?.addEventListener('click', forgetPick);
  // A second pick into the same tab changes the fragment alone: the page does not load again by itself.
  addEventListener('hashchange', () => location.hash.startsWith('#v1,') && location.reload());
}
