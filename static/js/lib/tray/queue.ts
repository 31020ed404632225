import { isOver, type Item } from './item.ts';
import { putItem, readItems, removeItem } from './kept.ts';
import { post, type Words } from './post.ts';

/** Milliseconds before each new try; then it waits to be asked for. */
const WAITS = [2000, 5000, 15_000, 30_000];
const LINE = 'bowerbird-tray';

/** What one page shows of an item: how much of it is sent, 0 to 1, and null while nothing is. */
export type Show = (items: readonly Item[], sending: Item | null, part: number) => void;

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    addEventListener('online', () => (clearTimeout(timer), resolve()), { once: true });
  });

/** What is on its way, one after the other, by one page of this browser at a time; the others show how far it is. */
export class Queue {
  readonly #owner: string;
  readonly #words: Words;
  readonly #show: Show;
  readonly #others = new BroadcastChannel(LINE);
  #items: Item[] = [];
  #working = false;

  constructor(owner: string, words: Words, show: Show) {
    this.#owner = owner;
    this.#words = words;
    this.#show = show;
    this.#others.addEventListener('message', () => void this.#read());
  }

  /** Goes on with what an earlier page began. */
  async begin(): Promise<void> {
    await this.#read();
    if (this.#items.some((item) => !isOver(item))) void this.#work();
  }

  async add(items: readonly Item[]): Promise<void> {
    this.#items.push(...items);
    this.#tell();
    for (const item of items) await this.#keep(item);
    void this.#work();
  }

  async again(item: Item, keep = false): Promise<void> {
    Object.assign(item, { state: 'waiting', said: '', keep: item.keep || keep });
    await this.#keep(item);
    void this.#work();
  }

  async remove(...items: readonly Item[]): Promise<void> {
    this.#items = this.#items.filter((item) => !items.includes(item));
    this.#tell();
    for (const item of items) await removeItem(item);
    this.#tellOthers();
  }

  get over(): Item[] {
    return this.#items.filter(isOver);
  }

  async #read(): Promise<void> {
    this.#items = (await readItems(this.#owner)) ?? this.#items;
    this.#tell();
  }

  async #keep(item: Item): Promise<void> {
    this.#tell();
    await putItem(item);
    this.#tellOthers();
  }

  #tellOthers(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its own origin and no other
    this.#others.postMessage('');
  }

  #tell(sending: Item | null = null, part = 0): void {
    this.#show(this.#items, sending, part);
  }

  /** The lock is let go with the page, wherever it was. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    await navigator.locks.request(LINE, async () => {
      await this.#read();
      for (let item = this.#next(); item; item = this.#next()) await this.#settle(item);
    });
    this.#working = false;
  }

  #next(): Item | undefined {
    return this.#items.find((item) => !isOver(item));
  }

  async #settle(item: Item): Promise<void> {
    for (const wait of [...WAITS, null]) {
      this.#tell(item);
      const { again, ...outcome } = await post(item, this.#words, (part) => this.#tell(item, part));
      if (!this.#items.includes(item)) return;
      const isLast = again && wait === null;
      Object.assign(item, outcome, isLast ? { state: 'refused' } : {});
      // What is saved needs no room here any more.
      if (item.state === 'saved') item.file = null;
      await this.#keep(item);
      if (!again || wait === null) return;
      await pause(wait);
    }
  }
}
