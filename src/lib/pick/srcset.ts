/** One of the files that an element offers for the same picture. */
export interface Variant {
  /** As written in the page. */
  url: string;
  /** The width in pixels that a `w` descriptor promises; 0 where there is none. */
  width: number;
  /** The pixels for each CSS pixel that an `x` descriptor promises; 0 where there is none. */
  density: number;
}

/**
 * Reads a `srcset`, after the algorithm of HTML ("parse a srcset attribute"): an address runs to the next white space
 * and may hold commas, as those of image services and of data: do; only a comma at its end, or after the descriptors,
 * parts it from the next.
 */
export function parseSrcset(srcset: string): Variant[] {
  const variants: Variant[] = [];
  const next = /[\s,]*([^\s,](?:\S*[^\s,])?)(?:,|\s+((?:[^,(]|\([^)]*\))*)(?:,|$)|$)/y;
  for (let found = next.exec(srcset); found; found = next.exec(srcset)) {
    variants.push(variantOf(found[1] ?? '', found[2] ?? ''));
  }
  return variants;
}

function variantOf(url: string, descriptors: string): Variant {
  const width = Number(/(?:^|\s)(\d+)w(?:\s|$)/.exec(descriptors)?.[1] ?? 0);
  const density = Number(/(?:^|\s)(\d*\.?\d+)x(?:\s|$)/.exec(descriptors)?.[1] ?? 0);
  return { url, width, density: density || (width ? 0 : 1) };
}

/**
 * The addresses in a computed `background-image`, one list for each layer; the members of an `image-set()` are
 * variants of one picture, with their densities.
 */
export function parseBackground(value: string): Variant[][] {
  const layers: Variant[][] = [];
  const isSet = value.includes('image-set(');
  const address = /url\("((?:[^"\\]|\\.)*)"\)(?:\s+([\d.]+)(?:dppx|x))?/g;
  for (let found = address.exec(value); found; found = address.exec(value)) {
    const variant = { url: (found[1] ?? '').replace(/\\(.)/g, '$1'), width: 0, density: Number(found[2] ?? 1) };
    if (isSet && layers[0]) layers[0].push(variant);
    else layers.push([variant]);
  }
  return layers;
}
