import type { Made } from './tile.ts';

/** Which tiles are shown and which of them are ticked. */
export interface Chooser {
  shown(): Made[];
  /** The ticked ones that are shown, in the order of the list: what a filter hides is not saved unseen. */
  chosen(): Made[];
  /** Ticks or unticks one; with `range` all from the last one that was touched. */
  set(made: Made, on: boolean, range: boolean): void;
  setAll(on: boolean): void;
  /** Shows those whose longer side is known to have so many pixels, of one type or, empty, of any. */
  filter(side: number, type: string): void;
}

/** Where an item stands in a list; -1 where it does not. Pages replace `indexOf`. */
export function placeIn<Item>(list: readonly Item[], item: Item): number {
  for (let at = 0; at < list.length; at += 1) if (list[at] === item) return at;
  return -1;
}

/** @param onChange is told after every change */
export function chooserOf(all: readonly Made[], onChange: () => void): Chooser {
  let last: Made | undefined;
  const shown = (): Made[] => {
    const found: Made[] = [];
    for (const made of all) if (!made.item.hidden) found.push(made);
    return found;
  };
  const tick = (made: Made, on: boolean): void => {
    made.box.checked = on;
    made.item.className = on ? 'on' : '';
  };
  return {
    shown,
    chosen() {
      const found: Made[] = [];
      for (const made of shown()) if (made.box.checked) found.push(made);
      return found;
    },
    set(made, on, range) {
      const among = shown();
      const from = range && last ? placeIn(among, last) : -1;
      const to = placeIn(among, made);
      if (from >= 0) {
        const end = Math.max(from, to);
        for (let at = Math.min(from, to); at <= end; at += 1) tick(among[at] ?? made, on);
      }
      tick(made, on);
      last = made;
      onChange();
    },
    setAll(on) {
      for (const made of shown()) tick(made, on);
      onChange();
    },
    filter(side, type) {
      for (const { item, tile } of all)
        item.hidden =
          Math.max(tile.width, tile.height, tile.leastWidth, tile.leastHeight) < side ||
          (type !== '' && tile.type !== type);
      onChange();
    },
  };
}
