import { find } from './lib/dom.ts';
import { Lightbox } from './lib/lightbox/index.ts';
import './together.ts';

const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

const grid = find('[data-grid]');
const template = find<HTMLTemplateElement>('template[data-lightbox]');

/** Opens images over their list. Whatever is no plain click is the browser's: a new tab, a download. */
function watch(list: HTMLElement, dialog: HTMLDialogElement): void {
  const lightbox = new Lightbox(dialog, list);
  list.addEventListener('click', (event) => {
    const tile = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.tile-link') : null;
    if (!tile || !isPlain(event) || !find('.picture', tile)) return;
    event.preventDefault();
    lightbox.open(tile);
  });
}

const dialog = template && find<HTMLDialogElement>('dialog', template.content)?.cloneNode(true);
if (grid && dialog instanceof HTMLDialogElement && !find('dialog.lightbox')) {
  document.body.append(dialog);
  watch(grid, dialog);
}
