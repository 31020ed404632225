import type { Markup } from '../src/lib/pick/markup.ts';
import type { Page } from './realm.ts';

/** The page as the rules of finding read it. */
export function markupOf(page: Page): Markup<Element> {
  const { Array, Element } = page.natives;
  const text = (element: Element): string => page.read<string | null>('Node', 'textContent', element) ?? '';
  const href = (link: Element): string => {
    const address =
      page.read<string>('Element', 'localName', link) === 'area' ? 'HTMLAreaElement' : 'HTMLAnchorElement';
    try {
      return page.read<string>(address, 'href', link);
    } catch {
      return ''; // A link inside a drawing, which is another kind of element.
    }
  };
  return {
    name: (element) => page.read<string>('Element', 'localName', element),
    attribute: (element, name) => page.attribute(element, name),
    has: (element, name) => Element.prototype.hasAttribute.call(element, name),
    parent: (element) => page.read<Element | null>('Node', 'parentElement', element),
    children: (element) => Array.from(page.read<HTMLCollection>('Element', 'children', element)),
    text: (element) => text(element).trim(),
    href,
    linkAround(element) {
      const link = Element.prototype.closest.call(element, 'a[href]');
      return link ? href(link) : '';
    },
    holdsImage: (element) => Element.prototype.querySelector.call(element, 'img') !== null,
  };
}
