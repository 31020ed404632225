import type { Chooser } from './chooser.ts';
import type { Made } from './tile.ts';

/**
 * What a key does among the tiles: arrows, Home and End go from one to another (with Shift they tick on the way), Space
 * ticks, Ctrl+A or ⌘A ticks all. Answers whether the key was one of these.
 *
 * @param active what has the focus
 */
export function pressAmongTiles(event: KeyboardEvent, chooser: Chooser, active: Element | null): boolean {
  const { key } = event;
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() !== 'a') return false;
    chooser.setAll(true);
    return true;
  }
  const shown = chooser.shown();
  const at = indexOf(shown, active);
  const made = shown[at];
  if (!made) return false;
  if (key === ' ') {
    chooser.set(made, !made.box.checked, event.shiftKey);
    return true;
  }
  const next = shown[target(key, at, shown)];
  if (!next) return false;
  next.link.focus();
  if (event.shiftKey) {
    chooser.set(made, true, false);
    chooser.set(next, true, true);
  }
  return true;
}

function indexOf(shown: readonly Made[], active: Element | null): number {
  const item = active?.closest('li');
  for (let at = 0; at < shown.length; at += 1) if (item && shown[at]?.item === item) return at;
  return -1;
}

/** Where a key leads to; -1 for other keys. */
function target(key: string, at: number, shown: readonly Made[]): number {
  const last = shown.length - 1;
  const goes = (step: number): number => (at + step < 0 || at + step > last ? at : at + step);
  switch (key) {
    case 'ArrowRight':
      return goes(1);
    case 'ArrowLeft':
      return goes(-1);
    case 'ArrowDown':
      return goes(columns(shown));
    case 'ArrowUp':
      return goes(-columns(shown));
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return -1;
  }
}

/** How many tiles stand side by side. */
function columns(shown: readonly Made[]): number {
  let count = 0;
  const top = shown[0]?.item.offsetTop;
  for (const { item } of shown) {
    if (item.offsetTop !== top) break;
    count += 1;
  }
  return Math.max(1, count);
}
