import type { Sighting } from '../src/lib/pick/sighting.ts';
import type { Reading } from '../src/lib/pick/written.ts';
import { written } from '../src/lib/pick/written.ts';
import { backgroundsOf } from './backgrounds.ts';
import type { Drawable } from './loaded.ts';
import { addLoaded, canvasSighting, copierFor, isIcon } from './loaded.ts';
import { markupOf } from './markup.ts';
import type { Page } from './realm.ts';

import { scopesOf } from './scopes.ts';

/** Where on the page a sighting was made. */
export interface Spot {
  element: Element;
  frames: readonly Element[];
}

export interface Collected {
  sightings: Sighting[];
  /** One for each sighting. */
  spots: Spot[];
  /** By `Sighting.drawn`. */
  drawn: Drawable[];
}

const KINDS = ['image', 'background', 'link', 'named'] as const;

/** Every picture that the page shows, is going to show, paints behind something, links to or names in its head. */
export function collect(page: Page): Collected {
  const all: Collected = { sightings: [], spots: [], drawn: [] };
  const look = lookerAt(page, all.drawn);
  for (const scope of scopesOf(page))
    for (const element of scope.elements)
      for (const sighting of look(element)) {
        sighting.base = scope.base;
        all.sightings.push(sighting);
        all.spots.push({ element, frames: scope.frames });
      }
  return inOrderOfKinds(all);
}

function lookerAt(page: Page, drawn: Drawable[]): (element: Element) => Sighting[] {
  const markup = markupOf(page);
  const copier = copierFor(page);
  const reading: Reading<Element> = { markup, parse: (json) => page.natives.JSON.parse(json) };
  return (element) => {
    const found = written(reading, element);
    const name = markup.name(element);
    const [first] = found;
    if (name === 'img' && first) {
      addLoaded(page, element, first, drawn, copier);
      if (isIcon(page, element, first)) return [];
    }
    if (name === 'canvas') found.push(...canvasSighting(page, element, drawn, copier));
    found.push(...backgroundsOf(page, markup, element, drawn));
    return found;
  };
}

function inOrderOfKinds({ sightings, spots, drawn }: Collected): Collected {
  const sorted: Collected = { sightings: [], spots: [], drawn };
  for (const kind of KINDS)
    for (let at = 0; at < sightings.length; at += 1) {
      const [sighting, spot] = [sightings[at], spots[at]];
      if (sighting?.kind !== kind || !spot) continue;
      sorted.sightings.push(sighting);
      sorted.spots.push(spot);
    }
  return sorted;
}
