import type { Markup } from './markup.ts';
import type { Sighting } from './sighting.ts';
import { structuredSightings } from './structured.ts';

const VALUES = ['content', 'src', 'href', 'datetime'];

/** The picture that an element with `itemtype="…/ImageObject"` describes, read as JSON-LD would tell it. */
export function microdataSightings<Element>(markup: Markup<Element>, element: Element): Sighting[] {
  const thing = thingOf(markup, element);
  const found = structuredSightings({ ...thing, '@type': 'ImageObject' });
  return found;
}

function thingOf<Element>(markup: Markup<Element>, element: Element): Record<string, unknown> {
  const thing: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const gather = (parent: Element): void => {
    for (const child of markup.children(parent)) {
      const name = markup.attribute(child, 'itemprop').split(/\s+/)[0] ?? '';
      const isThing = markup.has(child, 'itemscope');
      if (name) thing[name] ??= isThing ? thingOf(markup, child) : valueOf(markup, child);
      if (!isThing) gather(child);
    }
  };
  gather(element);
  return thing;
}

function valueOf<Element>(markup: Markup<Element>, element: Element): string {
  for (const name of VALUES) if (markup.has(element, name)) return markup.attribute(element, name);
  return markup.text(element);
}
