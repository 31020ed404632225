import { find } from './dom.ts';
import { clearFaults, showFault } from './faults.ts';
import { Preview } from './preview.ts';

const TAKEN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);
const isAddress = (text: string): boolean => /^(https?:\/\/|data:image\/)\S+$/i.test(text);

/** Where the picture comes from: a file or an address, never both. Choosing one puts the other aside. */
export class Source {
  readonly #form: HTMLFormElement;
  readonly #file: HTMLInputElement;
  readonly #url: HTMLInputElement;
  readonly #preview: Preview;
  readonly #onChange: () => void;
  #aside = '';
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** @param onChange told whenever another picture is chosen */
  constructor(form: HTMLFormElement, file: HTMLInputElement, url: HTMLInputElement, onChange: () => void) {
    this.#form = form;
    this.#file = file;
    this.#url = url;
    this.#preview = new Preview(form);
    this.#onChange = onChange;
    file.addEventListener('change', () => this.#fileChosen());
    url.addEventListener('input', () => this.#addressTyped());
    find('[data-remove]', form)?.addEventListener('click', () => this.remove());
    document.addEventListener('paste', (event) => this.#pasted(event));
    this.#watchDrops();
  }

  get given(): boolean {
    return (this.#file.files?.length ?? 0) > 0 || this.#url.value.trim() !== '';
  }

  /** Shows what already stands in the form: from the server, a pick, or the browser's own memory. */
  refresh(): void {
    if (this.#file.files?.length) this.#fileChosen();
    else this.#preview.showAddress(this.#url.value.trim());
  }

  /** Told when the site did not get what stands at the address. */
  refused(): void {
    this.#preview.hideUnseen();
  }

  remove(): void {
    this.#file.value = '';
    this.#url.value = this.#aside;
    this.#aside = '';
    this.#changed();
    this.refresh();
    this.#file.focus();
  }

  #take(file: File): void {
    const list = new DataTransfer();
    list.items.add(file);
    this.#file.files = list.files;
    this.#fileChosen();
  }

  #fileChosen(): void {
    const file = this.#file.files?.[0];
    this.#changed();
    if (!file) return this.refresh();
    const wrong = this.#faultOf(file);
    if (wrong) {
      this.#file.value = '';
      this.refresh();
      return showFault(this.#form, 'image', wrong);
    }
    if (this.#url.value) this.#aside = this.#url.value;
    this.#url.value = '';
    this.#preview.showFile(file);
  }

  #changed(): void {
    clearFaults(this.#form);
    this.#onChange();
  }

  /** What the server would say after all of it was sent, said before. */
  #faultOf(file: File): string | undefined {
    const { maxMb, saidLarge, saidKind } = this.#form.dataset;
    if (file.type && !TAKEN.has(file.type)) return saidKind;
    return file.size > Number(maxMb) * 1024 * 1024 ? saidLarge : undefined;
  }

  #addressTyped(): void {
    this.#changed();
    if (this.#url.value) this.#file.value = '';
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.refresh(), 400);
  }

  #takeAddress(address: string): void {
    this.#url.value = address;
    this.#addressTyped();
  }

  #pasted(event: ClipboardEvent): void {
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith('image/'));
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    const typing =
      event.target instanceof Element && event.target.matches('input:not([type="file"]), textarea, select');
    if (file && !(typing && text)) this.#take(file);
    else if (isAddress(text) && !typing) this.#takeAddress(text);
    else return;
    event.preventDefault();
  }

  #watchDrops(): void {
    const zone = find('[data-drop]', this.#form);
    const mark = (on: boolean) => zone?.classList.toggle('drop-over', on);
    document.addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/uri-list')) return;
      event.preventDefault();
      mark(true);
    });
    document.addEventListener('dragleave', (event) => mark(event.relatedTarget !== null));
    document.addEventListener('drop', (event) => {
      mark(false);
      const file = event.dataTransfer?.files[0];
      // A list of addresses may begin with comments.
      const address = event.dataTransfer?.getData('text/uri-list').split(/\r?\n/).find(isAddress);
      if (!file && !address) return;
      event.preventDefault();
      if (file) this.#take(file);
      else if (address) this.#takeAddress(address);
    });
  }
}
