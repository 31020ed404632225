import { find, findAll } from './lib/dom.ts';
import { send } from './lib/send.ts';

const list = find<HTMLOListElement>('[data-arrange]');

const say = (words: string | undefined): void => {
  const line = find('[data-arrange-said]');
  if (line) line.textContent = words ?? '';
};

/** Changes the page at once, and changes it back where the site does not take it. */
async function tryOut(item: HTMLElement, form: FormData, change: () => void): Promise<void> {
  const parent = item.parentElement;
  const [before, focused] = [item.nextElementSibling, document.activeElement];
  change();
  // Whoever presses “Up” again and again stays on that button, wherever it goes.
  if (focused instanceof HTMLElement && item.contains(focused)) focused.focus();
  const { status } = await send(list?.dataset['arrange'] ?? '', form, () => undefined).answer;
  if (status === 200) return say(list?.dataset['saved']);
  parent?.insertBefore(item, before);
  say(list?.dataset['failed']);
}

/** Where a button moves an image to on this page; null where that is beyond it, and the form has to go. */
function target(item: HTMLElement, action: string): (() => void) | null {
  const { previousElementSibling: previous, nextElementSibling: next } = item;
  const isFirstPage = find<HTMLInputElement>('[name=page]', item)?.value === '1';
  if (action === 'up' && previous) return () => previous.before(item);
  if (action === 'down' && next) return () => next.after(item);
  if (action === 'top' && isFirstPage) return () => item.parentElement?.prepend(item);
  if (action === 'remove') return () => item.remove();
  if (action === 'cover') return () => undefined;
  return null;
}

function onSubmit(event: SubmitEvent): void {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return;
  const item = form.closest<HTMLElement>('[data-image]');
  const change = item && target(item, submitter.value);
  if (!item || !change) return;
  event.preventDefault();
  const next = item.nextElementSibling ?? item.previousElementSibling;
  void tryOut(item, new FormData(form, submitter), change);
  if (submitter.value === 'remove' && next) find<HTMLButtonElement>('[value=remove]', next)?.focus();
}

let dragged: HTMLElement | null = null;

const clearMarks = (): void => {
  for (const item of findAll('.arranged-before, .arranged-after'))
    item.classList.remove('arranged-before', 'arranged-after');
};

/** Whether the pointer is over the half of a picture that comes first. */
function isBefore(item: HTMLElement, x: number): boolean {
  const { left, width } = item.getBoundingClientRect();
  return x < left + width / 2 !== (getComputedStyle(item).direction === 'rtl');
}

const itemOf = (event: DragEvent): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-image]') : null;

function onDragOver(event: DragEvent): void {
  const item = itemOf(event);
  if (!dragged || !item) return;
  event.preventDefault();
  clearMarks();
  if (item !== dragged) item.classList.add(isBefore(item, event.clientX) ? 'arranged-before' : 'arranged-after');
}

function onDrop(event: DragEvent): void {
  const item = itemOf(event);
  if (!dragged || !item || item === dragged) return;
  event.preventDefault();
  const moved = dragged;
  const before = isBefore(item, event.clientX);
  const form = new FormData(find<HTMLFormElement>('form', moved) ?? undefined);
  form.set('action', before ? 'above' : 'below');
  form.set('other', item.dataset['image'] ?? '');
  void tryOut(moved, form, () => (before ? item.before(moved) : item.after(moved)));
}

function watch(items: HTMLOListElement): void {
  for (const item of findAll('[data-image]', items)) item.draggable = true;
  items.addEventListener('submit', onSubmit);
  items.addEventListener('dragstart', (event) => {
    dragged = itemOf(event);
    dragged?.classList.add('arranged-dragged');
    event.dataTransfer?.setData('text/plain', dragged?.dataset['image'] ?? '');
  });
  items.addEventListener('dragover', onDragOver);
  items.addEventListener('drop', onDrop);
  items.addEventListener('dragend', () => {
    dragged?.classList.remove('arranged-dragged');
    dragged = null;
    clearMarks();
  });
}

if (list) watch(list);
