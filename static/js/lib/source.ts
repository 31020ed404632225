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
  /** The address that the site was refused. */
  #refused = '';
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** @param onChange told whenever another picture is chosen */
  constructor(form: HTMLFormElement, file: HTMLInputElement, url: HTMLInputElement, onChange: () => void) {
    this.#form = form;
    this.#file = file;
    this.#url = url;
    this.#preview = new Preview(form);
    this.#onChange = onChange;
    // Where the server says so: the form was sent without scripts, or before they came.
    if (find('#rescue:not([hidden])', form)) this.#refused = url.value.trim();
    file.addEventListener('change', () => void this.#fileChosen());
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
    if (this.#file.files?.length) void this.#fileChosen();
    else this.#preview.showAddress(this.#url.value.trim());
  }

  /** Told when the site did not get what stands at the address. */
  refused(): void {
    this.#refused = this.#url.value.trim();
    clearTimeout(this.#waiting);
    this.#preview.hideUnseen();
  }

  /** Whether the address that the site was refused still stands there, and no file in its place. */
  get stuck(): boolean {
    return this.#refused !== '' && this.#url.value.trim() === this.#refused;
  }

  /**
   * Takes a file in the place of what stands there.
   *
   * @param copied whether it was copied off a page, and so is not the file that the page has
   * @returns false where it cannot be taken, which is said at its field
   */
  take(file: File, copied = false): boolean {
    const list = new DataTransfer();
    list.items.add(file);
    this.#file.files = list.files;
    return this.#fileChosen(copied);
  }

  remove(): void {
    this.#file.value = '';
    this.#url.value = this.#aside;
    this.#aside = '';
    this.#sayRescued('', false);
    this.#changed();
    this.refresh();
    this.#file.focus();
  }

  #fileChosen(copied = false): boolean {
    const file = this.#file.files?.[0];
    this.#changed();
    if (!file) {
      this.refresh();
      return false;
    }
    const wrong = this.#faultOf(file);
    if (wrong) {
      this.#file.value = '';
      this.refresh();
      showFault(this.#form, 'image', wrong);
      return false;
    }
    if (this.#url.value) this.#aside = this.#url.value;
    this.#url.value = '';
    this.#sayRescued(this.#refused !== '' && this.#aside.trim() === this.#refused ? this.#refused : '', copied);
    this.#preview.showFile(file);
    this.#onChange();
    return true;
  }

  /** What came by hand in the place of an address goes with that address. */
  #sayRescued(address: string, copied: boolean): void {
    const input = (name: string) => this.#form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    const from = input('refused_url');
    const how = input('copied');
    if (from) from.value = address;
    if (how) how.value = address && copied ? '1' : '';
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
    this.#sayRescued('', false);
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
    if (file && !(typing && text)) this.take(file, true);
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
      if (file) this.take(file);
      else if (address) this.#takeAddress(address);
    });
  }
}
