import { findAll } from '../dom.ts';

const rowOf = ({ target }: Event): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;

/** Lets rows be dragged by their pictures, up and down their list. */
export function dragRows(place: HTMLElement, isBusy: () => boolean, moved: () => void): void {
  let dragged: HTMLElement | null = null;
  const clear = () => {
    for (const row of findAll('.pick-before, .pick-after', place)) row.classList.remove('pick-before', 'pick-after');
  };
  const isAbove = (row: HTMLElement, y: number): boolean => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  };
  place.addEventListener('dragstart', (event) => {
    dragged = isBusy() ? null : rowOf(event);
    if (!dragged) return event.preventDefault();
    event.dataTransfer?.setData('text/plain', String(findAll('[data-row]', place).indexOf(dragged) + 1));
    event.dataTransfer?.setDragImage(dragged, 20, 20);
    dragged.classList.add('pick-dragged');
  });
  place.addEventListener('dragover', (event) => {
    const row = rowOf(event);
    if (!dragged || !row) return;
    event.preventDefault();
    clear();
    if (row !== dragged) row.classList.add(isAbove(row, event.clientY) ? 'pick-before' : 'pick-after');
  });
  place.addEventListener('drop', (event) => {
    const row = rowOf(event);
    if (!dragged || !row) return;
    event.preventDefault();
    if (row !== dragged) row[isAbove(row, event.clientY) ? 'before' : 'after'](dragged);
    moved();
  });
  place.addEventListener('dragend', () => {
    dragged?.classList.remove('pick-dragged');
    dragged = null;
    clear();
  });
}
