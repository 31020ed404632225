import { find } from '../dom.ts';
import { follow } from '../follow.ts';
import { fetchPage } from '../page.ts';
import { send, type Answer, type Sending } from '../send.ts';
import type { List } from './list.ts';
import { smallOf, type Fault, type Known, type Row } from './row.ts';

/** So many rows go in one form: those that wait say so, and a form that is lost on the way is soon sent again. */
const AT_ONCE = 4;
const MOST_CHARACTERS = 3_000_000;
/** Seconds before each new try while the site does not answer: over five minutes in all. */
const WAITS = [1, 2, 4, 8, ...Array.from({ length: 20 }, () => 15)];
const AWAY = new Set([0, 502, 503, 504]);

interface Result {
  readonly image?: Known;
  readonly error?: Fault;
  readonly images?: Known[];
  readonly find?: string;
}

/** Saves a list, some rows at a time and in its order, and waits for a site that is away. Keys of the rows see to it that none is saved twice. */
export class Saving {
  readonly #list: List;
  readonly #say: (name: string, params?: Record<string, string>) => void;
  #sending: Sending | null = null;
  #wake = () => {};
  #stopped = false;
  #renewed = false;

  constructor(list: List, say: (name: string, params?: Record<string, string>) => void) {
    this.#list = list;
    this.#say = say;
    addEventListener('online', () => this.#wake());
  }

  stop(): void {
    this.#stopped = true;
    this.#sending?.cancel();
    this.#wake();
  }

  /** @returns whether it went to the end, whatever became of the rows */
  async run(): Promise<boolean> {
    this.#stopped = this.#renewed = false;
    const todo = this.#list.left;
    for (const row of todo) {
      row.clear();
      row.say(this.#words('saidWaiting'));
    }
    while (todo.length > 0) {
      const some = firstOf(todo);
      const answer = await this.#patiently(some);
      const goOn = answer !== null && this.#read(some, answer);
      this.#list.keep();
      if (goOn) todo.splice(0, some.length);
      else break;
    }
    for (const row of todo) row.say('');
    return todo.length === 0;
  }

  async #patiently(rows: readonly Row[]): Promise<Answer | null> {
    for (let tries = 0; !this.#stopped;) {
      const answer = await this.#send(rows);
      if (answer.status === 403 && !this.#renewed && (await this.#renew())) continue;
      if (!AWAY.has(answer.status) || this.#stopped) return this.#stopped && answer.status === 0 ? null : answer;
      const seconds = WAITS[tries];
      tries += 1;
      if (seconds === undefined) break;
      this.#say('saidAgain', { seconds: String(seconds) });
      await this.#pause(seconds);
    }
    this.#say('saidStopped');
    return null;
  }

  async #send(rows: readonly Row[]): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(this.#list.shared)) if (name !== 'urls') form.set(name, value);
    form.set('_csrf', find<HTMLInputElement>('[name=_csrf]', this.#list.form)?.value ?? '');
    for (const [index, row] of rows.entries())
      for (const [name, value] of Object.entries(row.fields)) if (value) form.set(`${name}${index + 1}`, value);
    const stops = rows.map((row) => this.#follow(row));
    this.#say('saidSaving');
    this.#sending = send(this.#list.form.action, form, () => undefined);
    const answer = await this.#sending.answer;
    for (const stop of stops) stop();
    return answer;
  }

  #follow(row: Row): () => void {
    row.say(this.#words('saidSaving'));
    const address = `/images/create/state?once=${encodeURIComponent(row.fields['once'] ?? '')}`;
    return follow<{ save: { state: string } }>(address, 'save', ({ save: { state } }) => {
      const words = { fetching: 'saidFetching', looking: 'saidLooking', keeping: 'saidKeeping' }[state];
      if (words) row.say(this.#words(words));
      return state === 'saved' || state === 'refused';
    });
  }

  /** Whoever signed in again meanwhile has another token. */
  async #renew(): Promise<boolean> {
    this.#renewed = true;
    const page = await fetchPage('/save');
    const token = page && find<HTMLMetaElement>('meta[name=csrf-token]', page)?.content;
    const field = find<HTMLInputElement>('[name=_csrf]', this.#list.form);
    if (!token || !field) return false;
    field.value = token;
    return true;
  }

  #read(rows: readonly Row[], { status, body }: Answer): boolean {
    const { results, error } = (body ?? {}) as { results?: Result[]; error?: Fault };
    if (status !== 200 || !Array.isArray(results)) return this.#giveUp(rows, status, error);
    for (const [index, row] of rows.entries()) this.#show(row, results[index] ?? {});
    // The rest would be told the same.
    return !results.some((one) => one.error?.code === 'too_many');
  }

  #giveUp(rows: readonly Row[], status: number, error: Fault | undefined): false {
    for (const row of rows) row.say('');
    if (status === 401) {
      const link = find('[data-sign-in]', this.#list.form);
      if (link) link.hidden = false;
      this.#say('saidSignedOut');
    } else this.#say('', { words: error?.message ?? this.#words('saidStrange') });
    return false;
  }

  #show(row: Row, { image, error, images, find: findable }: Result): void {
    row.say('');
    if (image?.url.startsWith('/')) row.become({ url: image.url, title: image.title, src: smallOf(image) });
    else row.refuse(error ?? { message: this.#words('saidStrange') }, images ?? [], Boolean(findable));
  }

  #pause(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #words(name: string): string {
    return this.#list.form.dataset[name] ?? '';
  }
}

const lengthOf = (row: Row): number => Object.values(row.fields).join('').length;

function firstOf(rows: readonly Row[]): Row[] {
  const some: Row[] = [];
  let characters = 0;
  for (const row of rows.slice(0, AT_ONCE)) {
    characters += lengthOf(row);
    if (some.length > 0 && characters > MOST_CHARACTERS) break;
    some.push(row);
  }
  return some;
}
