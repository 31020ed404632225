import { find, findAll } from '../dom.ts';
import { fetchPage } from '../page.ts';

/** Whoever only turns past an image has not looked at it. */
const LOOKED_MS = 250;

/** What an image's page offers to do with it, and who it is from: the site prints it, so it is the same in both places. */
const PARTS = ['.by-line', '[data-part="likes"]', 'form[action$="/save"]', '[data-part="filing"]'];

/** The acts on the image at hand, taken from its page; told anew for each image, and the last one that is told wins. */
export function createActs(place: HTMLElement): (href: string) => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let wanted = '';
  const bring = async (href: string) => {
    const page = await fetchPage(href);
    if (!page || wanted !== href) return;
    const parts = PARTS.flatMap((selector) => findAll(selector, find('main', page) ?? page).slice(0, 1));
    place.replaceChildren(...parts.map((part) => document.adoptNode(part)));
  };
  return (href) => {
    wanted = href;
    clearTimeout(waiting);
    place.replaceChildren();
    waiting = setTimeout(() => void bring(href), LOOKED_MS);
  };
}
