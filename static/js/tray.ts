import { find, findAll } from './lib/dom.ts';
import { fromAddress, fromFile, type Item } from './lib/tray/item.ts';
import { forgetItems } from './lib/tray/kept.ts';
import { Panel } from './lib/tray/panel.ts';
import { Queue } from './lib/tray/queue.ts';
import { takeAnywhere, type Taken } from './lib/tray/taking.ts';

const TAKEN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);

const words = find<HTMLTemplateElement>('template[data-tray]')?.dataset ?? {};
const owner = document.body.dataset['member'] ?? '';

/** What the site would say after all of it was sent, said before. */
function faultOf(file: File): string | undefined {
  if (file.type && !TAKEN.has(file.type)) return words['kind'];
  return file.size > Number(words['maxMb']) * 1024 * 1024 ? words['large'] : undefined;
}

function itemOf(file: File): Item {
  const item = fromFile(owner, file);
  const wrong = faultOf(file);
  return wrong ? { ...item, file: null, state: 'refused', said: wrong } : item;
}

const panel = new Panel(words, {
  again: (item, keep) => void queue.again(item, keep),
  remove: (items) => void queue.remove(...items),
});
const queue = new Queue(owner, words, (items, sending, part) => panel.show(items, sending, part));

const take = ({ files, addresses }: Taken): void =>
  void queue.add([...files.map(itemOf), ...addresses.map((address) => fromAddress(owner, address))]);

function watchForm(element: HTMLElement): void {
  const files = find<HTMLInputElement>('#tray-files', element);
  const address = find<HTMLInputElement>('#tray-address', element);
  files?.addEventListener('change', () => {
    take({ files: [...(files.files ?? [])], addresses: [] });
    files.value = '';
  });
  find('form', element)?.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = address?.value.trim();
    if (!typed || !address) return;
    take({ files: [], addresses: [typed] });
    address.value = '';
  });
}

if (panel.element) {
  watchForm(panel.element);
  takeAnywhere(take);
  for (const button of findAll('[data-tray-open]'))
    button.addEventListener('click', () => {
      button.closest('details')?.removeAttribute('open');
      panel.offer();
    });
  find('form[action="/account/logout"]')?.addEventListener('submit', forgetItems);
  void queue.begin();
}
