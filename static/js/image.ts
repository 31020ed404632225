import { copyFrom, find, findAll } from './lib/dom.ts';
import { follow } from './lib/follow.ts';
import { fetchPage } from './lib/page.ts';
import { showSimilar } from './lib/similar.ts';
import { showWalk } from './lib/walk.ts';
import { zoomable } from './lib/zoom.ts';

const page = find('[data-image]');

for (const button of findAll('[data-copy-link]'))
  button.addEventListener('click', () => void copyFrom(button, location.origin + location.pathname));

interface Told {
  readonly image: { readonly state: string };
}

/** When the other sizes are made they are put in, without moving anything else. */
function untilReady(page: HTMLElement, address: string): void {
  follow<Told>(address, 'state', ({ image }) => {
    if (image.state !== 'ready') return false;
    void fetchPage(location.href).then((fresh) => fresh && replaceParts(page, fresh));
    return true;
  });
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

// Loaded anew where it lay over a list, it stands before that list in the history: the browser takes both for one document.
const { pathname } = location;
addEventListener('popstate', () => location.pathname !== pathname && location.reload());

const walk = find('[data-walk]');
if (walk) void showWalk(walk);

const stage = find('.stage');
if (stage) zoomable(stage);

const similar = find('[data-similar]');
if (similar) showSimilar(similar);

const address = page?.dataset['follow'];
if (page?.dataset['state'] === 'pending' && address) untilReady(page, address);
