/**
 * The elements of a parsed document, whoever parsed it: the browser for the picker, cheerio for the server. The rules
 * of written.ts see a page through this alone, so that both find the same pictures.
 */
export interface Markup<Element> {
  /** Its local name in lower case: `img`, `image`. */
  name(element: Element): string;
  /** An attribute's text, trimmed; empty when it is missing. */
  attribute(element: Element, name: string): string;
  has(element: Element, name: string): boolean;
  parent(element: Element): Element | null;
  children(element: Element): readonly Element[];
  /** The text inside, trimmed. Of a `noscript` its source, as browsers with scripts see it. */
  text(element: Element): string;
  /** The absolute address that a link leads to. */
  href(element: Element): string;
  /** The absolute address of the nearest link around an element; empty without one. */
  linkAround(element: Element): string;
  holdsImage(element: Element): boolean;
}
