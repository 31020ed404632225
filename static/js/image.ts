import { copyFrom, find, findAll } from './lib/dom.ts';
import { fetchPage } from './lib/page.ts';

const page = find('[data-image]');
const WAITS = [1000, 1000, 2000, 3000, 5000, 8000, 13_000, 21_000, 34_000];

for (const button of findAll('[data-copy-link]'))
  button.addEventListener('click', () => void copyFrom(button, location.origin + location.pathname));

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Looks again, ever more seldom, until the other sizes are made; then puts them in without moving anything else. */
async function untilReady(page: HTMLElement): Promise<void> {
  for (const wait of WAITS) {
    await pause(wait);
    const fresh = document.hidden ? null : await fetchPage(location.href);
    const state = fresh && find('[data-image]', fresh);
    if (fresh && state?.dataset['state'] === 'ready') return replaceParts(page, fresh);
  }
}

function replaceParts(page: HTMLElement, fresh: Document): void {
  page.dataset['state'] = 'ready';
  for (const part of findAll('[data-live]', page)) {
    const next = find(`[data-live="${part.dataset['live']}"]`, fresh);
    if (next) part.replaceChildren(...[...next.childNodes].map((node) => document.adoptNode(node)));
  }
  const link = find<HTMLAnchorElement>('.stage-frame', page);
  const href = find('.stage-frame', fresh)?.getAttribute('href');
  if (link && href) link.setAttribute('href', href);
  const image = find<HTMLImageElement>('.stage-frame .picture', page);
  const next = find<HTMLImageElement>('.stage-frame .picture', fresh);
  if (image && next?.srcset) image.srcset = next.srcset;
}

if (page?.dataset['state'] === 'pending') void untilReady(page);
