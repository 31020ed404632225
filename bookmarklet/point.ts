import { placeIn } from './chooser.ts';
import type { Spot } from './collect.ts';
import type { Page } from './realm.ts';
import type { Box } from './scopes.ts';
import { boxOf } from './scopes.ts';
import type { Made } from './tile.ts';
import { make } from './tile.ts';
import { WORDS } from './words.ts';

/** Somebody points at an image on the page itself, while the tiles are out of the way. */
export interface Pointing {
  /** Whether the key meant something here. */
  press(event: KeyboardEvent): boolean;
  end(): void;
}

/** What would be chosen now, and where it lies. */
interface Aim {
  made: Made;
  spot: Spot;
  box: Box;
}

/** Smaller than this nobody hits it, and it is hidden rather than shown. */
const TINY = 16;
const AWAY = 100;

/**
 * The dialog stays where it is, modal and see-through: the page feels nothing of the mouse, and nothing is put into it.
 * What lies under the pointer goes by the boxes of the images, so that what pages lay over them does not matter.
 *
 * @param onChoose is told the chosen one, and whether the pointing goes on (Shift)
 */
export function startPointing(
  page: Page,
  dialog: HTMLDialogElement,
  all: readonly Made[],
  onChoose: (made: Made, more: boolean) => void,
): Pointing {
  const outline = make(page, 'div');
  outline.className = 'outline';
  const said = make(page, 'output', WORDS.pointing);
  const layer = make(page, 'div', outline, said);
  layer.className = 'layer';
  layer.tabIndex = -1;
  dialog.append(layer);
  dialog.className = 'pointing';
  layer.focus({ preventScroll: true });
  let current: Made | undefined;
  let find = (): Aim | undefined => undefined;
  const show = (found: Aim | undefined): void => {
    if (found?.made !== current)
      said.textContent = found
        ? `${found.made.name}, ${found.made.link.querySelector('small')?.textContent}`
        : WORDS.pointing;
    current = found?.made;
    outline.hidden = !found;
    if (!found) return;
    const { style } = outline;
    style.left = `${found.box.x}px`;
    style.top = `${found.box.y}px`;
    style.width = `${found.box.width}px`;
    style.height = `${found.box.height}px`;
  };
  const look = (): void => show(find());
  const onMove = ({ clientX, clientY }: MouseEvent): void => {
    find = () => under(page, all, clientX, clientY);
    look();
  };
  const step = (by: number): void => {
    const found = next(page, all, current, by);
    find = () => found && aimAt(page, found.made, found.spot);
    look();
  };
  layer.addEventListener('pointermove', onMove);
  layer.addEventListener('click', (event) => {
    onMove(event);
    if (current) onChoose(current, event.shiftKey);
  });
  page.listen(window, 'scroll', look);
  show(undefined);
  return {
    press(event) {
      if (event.key === 'Enter' && current) onChoose(current, event.shiftKey);
      else if (/^Arrow(?:Right|Down)$/.test(event.key)) step(1);
      else if (/^Arrow(?:Left|Up)$/.test(event.key)) step(-1);
      else return false;
      return true;
    },
    end() {
      page.forget(window, 'scroll', look);
      layer.remove();
      dialog.className = '';
    },
  };
}

function aimAt(page: Page, made: Made, spot: Spot): Aim | undefined {
  const box = boxOf(page, spot.element, spot.frames);
  return box.width < TINY || box.height < TINY ? undefined : { made, spot, box };
}

/** The smallest image around a point. */
function under(page: Page, all: readonly Made[], x: number, y: number): Aim | undefined {
  let best: Aim | undefined;
  for (const made of all)
    for (const spot of made.tile.spots) {
      const aim = aimAt(page, made, spot);
      if (!aim || x < aim.box.x || y < aim.box.y) continue;
      if (x > aim.box.x + aim.box.width || y > aim.box.y + aim.box.height) continue;
      if (!best || aim.box.width * aim.box.height < best.box.width * best.box.height) best = aim;
    }
  return best;
}

/** The next image in the order of the tiles that can be seen on the page, brought into view. */
function next(page: Page, all: readonly Made[], from: Made | undefined, step: number): Aim | undefined {
  const { length } = all;
  const start = from ? placeIn(all, from) : step > 0 ? -1 : length;
  for (let tries = 1; tries <= length; tries += 1) {
    const made = all[(start + step * tries + length * 2) % length];
    for (const spot of made?.tile.spots ?? []) {
      const aim = made && aimAt(page, made, spot);
      if (!aim) continue;
      const { y, height } = aim.box;
      if (y < 0 || y + height > window.innerHeight)
        window.scrollTo({ top: window.scrollY + y - AWAY, behavior: 'instant' });
      return aim;
    }
  }
  return undefined;
}
