import type { Pick } from '../src/lib/pick/fragment.ts';
import { encodePicks, MAX_PICKS } from '../src/lib/pick/fragment.ts';
import type { Chooser } from './chooser.ts';
import type { Page } from './realm.ts';
import type { Made } from './tile.ts';
import { make } from './tile.ts';
import { WORDS } from './words.ts';

/** Browsers open no address of more than two megabytes. */
const LONGEST = 2_000_000;

/** The foot of the picker: what to show, what is ticked, and the link that takes it along. */
export interface Bar {
  footer: HTMLElement;
  point: HTMLButtonElement;
  /** To be called once the footer stands in the page: before that, browsers pass over listeners without a word. */
  listen(): void;
  /** Says what is ticked now; answers how many of it can go at once. */
  update(chooser: Chooser): number;
  /** Shows everything again. */
  reset(): void;
}

export function makeBar(page: Page, site: string, version: string, chooser: () => Chooser): Bar {
  const all = make(page, 'input');
  all.type = 'checkbox';
  const sizes = select(page, WORDS.sizes, WORDS.sizeOptions);
  const types = select(page, WORDS.types, WORDS.typeOptions);
  const point = make(page, 'button', WORDS.point);
  point.type = 'button';
  point.title = WORDS.pointHint;
  const save = make(page, 'a', WORDS.save(0));
  save.className = 'save';
  save.target = '_blank';
  save.rel = 'noopener';
  save.referrerPolicy = 'no-referrer';
  const filter = (): void => chooser().filter(Number(sizes.value), types.value);
  const mark = make(page, 'small', WORDS.version(version));
  return {
    footer: make(page, 'footer', make(page, 'label', all, WORDS.all), sizes, types, point, mark, save),
    point,
    listen() {
      sizes.addEventListener('change', filter);
      types.addEventListener('change', filter);
      all.addEventListener('change', () => chooser().setAll(all.checked));
      save.addEventListener('click', () => {
        const [only, another] = chooser().chosen();
        if (only && !another) save.href = only.tile.carrying();
      });
    },
    update(current) {
      const chosen = current.chosen();
      const { length } = current.shown();
      all.checked = length > 0 && chosen.length === length;
      all.indeterminate = chosen.length > 0 && chosen.length < length;
      return aim(save, site, chosen);
    },
    reset() {
      sizes.selectedIndex = 0;
      types.selectedIndex = 0;
      filter();
    },
  };
}

function select(page: Page, name: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const element = make(page, 'select');
  element.ariaLabel = name;
  for (const [value, words] of options) {
    const option = make(page, 'option', words);
    option.value = value;
    element.append(option);
  }
  return element;
}

/** A real link to the form for one, to the review for several; none, and said so, while nothing is ticked. */
function aim(save: HTMLAnchorElement, site: string, chosen: readonly Made[]): number {
  const picks: Partial<Pick>[] = [];
  let length = 0;
  for (const { tile } of chosen) {
    length += tile.href.length;
    if (picks.length === MAX_PICKS || length > LONGEST) break;
    picks.push(tile.pick);
  }
  const [only] = chosen;
  save.textContent = WORDS.save(picks.length);
  save.ariaDisabled = only ? 'false' : 'true';
  if (!only) {
    save.removeAttribute('href');
    save.role = 'link';
  } else save.href = picks.length === 1 ? only.tile.href : `${site}/save#${encodePicks(picks)}`;
  return picks.length;
}
