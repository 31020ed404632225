import { find } from '../dom.ts';
import { isTyping } from '../typing.ts';

/** What was dropped or pasted: files and addresses of pictures. */
export interface Taken {
  readonly files: readonly File[];
  readonly addresses: readonly string[];
}

const isAddress = (line: string): boolean => /^https?:\/\/\S+$/i.test(line);

/** Pages that take pictures in their own way: the tray stays out of it there. */
const hasItsOwn = (): boolean => find('[data-drop], [data-arrange], #photo') !== null;

function takenFrom(data: DataTransfer | null): Taken {
  const files = [...(data?.files ?? [])];
  const text = data?.getData('text/uri-list') || data?.getData('text/plain') || '';
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  // Text is addresses, or it is something else.
  const addresses = files.length === 0 && lines.every((line) => !line || line.startsWith('#') || isAddress(line));
  return { files, addresses: addresses ? lines.filter(isAddress) : [] };
}

const isSomething = ({ files, addresses }: Taken): boolean => files.length + addresses.length > 0;

const bringsSomething = (event: DragEvent): boolean =>
  event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/uri-list') ?? false;

/** Takes what is dropped on the page or pasted into it, unless it began on the page itself. */
export function takeAnywhere(take: (taken: Taken) => void): void {
  let isOurs = false;
  const mark = (on: boolean) => document.documentElement.classList.toggle('tray-over', on);
  document.addEventListener('dragstart', () => (isOurs = true));
  document.addEventListener('dragend', () => (isOurs = false));
  document.addEventListener('dragover', (event) => {
    if (isOurs || hasItsOwn() || !bringsSomething(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget ?? mark(false));
  document.addEventListener('drop', (event) => {
    mark(false);
    if (isOurs || hasItsOwn() || event.defaultPrevented || !bringsSomething(event)) return;
    event.preventDefault();
    const taken = takenFrom(event.dataTransfer);
    if (isSomething(taken)) take(taken);
  });
  document.addEventListener('paste', (event) => {
    if (hasItsOwn() || event.defaultPrevented || isTyping(event.target)) return;
    const taken = takenFrom(event.clipboardData);
    if (!isSomething(taken)) return;
    event.preventDefault();
    take(taken);
  });
}
