import type { CheerioAPI } from 'cheerio';
import type { Markup } from '../../lib/pick/markup.ts';

/** An element as cheerio has it. */
export interface Node {
  type: string;
  name: string;
  attribs: Record<string, string>;
  parent: Node | null;
  children: Node[];
}

const isElement = (node: Node | null): node is Node => node !== null && node.attribs !== undefined;

/** A page that cheerio has read, as the rules of src/lib/pick look at one. */
export function markupOf($: CheerioAPI, base: string): Markup<Node> {
  const attribute = (element: Node, name: string) => (element.attribs[name] ?? '').trim();
  const href = (element: Node) => {
    const text = attribute(element, 'href');
    return text && URL.canParse(text, base) ? new URL(text, base).href : '';
  };
  return {
    name: ({ name }) => name.toLowerCase(),
    attribute,
    has: ({ attribs }, name) => name in attribs,
    parent: ({ parent }) => (isElement(parent) ? parent : null),
    children: ({ children }) => children.filter(isElement),
    text: (element) =>
      $(element as never)
        .text()
        .trim(),
    href,
    linkAround(element) {
      for (let node: Node | null = element; isElement(node); node = node.parent)
        if (node.name === 'a' && 'href' in node.attribs) return href(node);
      return '';
    },
    holdsImage: (element) => $(element as never).find('img').length > 0,
  };
}
