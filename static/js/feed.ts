import { find, findAll } from './lib/dom.ts';
import { fetchPage } from './lib/page.ts';
import { MORE } from './lib/more.ts';
import { rememberWalk } from './lib/walk.ts';
import { standBy } from './lib/worker.ts';

/** After so many pages by themselves the next ones wait to be asked for, so that the end of the page can be reached. */
const BY_THEMSELVES = 5;

const grid = find('[data-grid]');
let loaded = 0;
let loading = false;

const say = (words: string | undefined): void => {
  const line = find('[data-announce]');
  if (line && words) line.textContent = words;
};

const watcher = new IntersectionObserver(
  (entries) => {
    const near = entries.some(({ isIntersecting }) => isIntersecting);
    if (near && loaded < BY_THEMSELVES) void append();
  },
  { rootMargin: '1500px 0px' },
);

async function append(): Promise<void> {
  const pager = find('[data-pager]');
  const more = pager?.dataset['more'];
  if (!grid || !pager || !more || loading) return;
  loading = true;
  say(pager.dataset['loading']);
  const page = await fetchPage(more);
  loading = false;
  const tiles = page && find('[data-grid]', page);
  // What cannot be fetched now is still a link away: the pager stays as it is.
  if (!tiles) {
    holdLastRow(false);
    return say(pager.dataset['failed']);
  }
  loaded += 1;
  const fresh = [...tiles.children]; // a list of its own: each one leaves the page it came with
  for (const tile of fresh) grid.append(withoutTwin(tile));
  changePager(pager, find('[data-pager]', page));
  holdLastRow(loaded < BY_THEMSELVES && find('[data-more]') !== null);
  say(pager.dataset['loaded']);
}

/**
 * The last row is shown when the next one is there: until then nobody knows how wide its tiles will be, and whoever scrolls
 * faster than pages come would see them jump.
 */
function holdLastRow(on: boolean): void {
  const tiles = [...(grid?.children ?? [])] as HTMLElement[];
  for (const tile of tiles) tile.classList.remove('tile-held');
  const row = tiles.at(-1)?.offsetTop;
  const held = on && row !== undefined && row !== tiles[0]?.offsetTop;
  grid?.classList.toggle('grid-held', held);
  if (!held) return;
  for (const tile of tiles) tile.classList.toggle('tile-held', tile.offsetTop === row);
}

/** An image saved meanwhile moves the others down a page: none is shown twice. */
function withoutTwin(tile: Element): Node | string {
  const href = tile.querySelector('a')?.getAttribute('href') ?? '';
  if (grid?.querySelector(`a[href="${CSS.escape(href)}"]`)) return '';
  // First on its own page, but far below on this one: it waits until it comes near.
  for (const image of findAll<HTMLImageElement>('.picture', tile)) {
    image.loading = 'lazy';
    image.removeAttribute('fetchpriority');
  }
  return document.adoptNode(tile);
}

function changePager(old: HTMLElement, next: HTMLElement | null): void {
  watcher.unobserve(old);
  // At the end everything stands above: nothing is left to turn to.
  if (!next?.dataset['more']) return old.remove();
  old.replaceWith(document.adoptNode(next));
  watch(next);
}

function watch(pager: HTMLElement): void {
  const { more, moreWords } = pager.dataset;
  if (!more) return;
  watcher.observe(pager);
  if (loaded < BY_THEMSELVES) return;
  const button = document.createElement('a');
  button.className = 'button';
  button.href = more;
  button.textContent = moreWords ?? '';
  button.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    loaded = 0;
    void append();
  });
  pager.prepend(button);
}

// Whoever looks at one image after another asks for the next page when they come near the end.
document.addEventListener(MORE, () => {
  loaded = 0;
  void append();
});

standBy();
if (grid) rememberWalk(grid);
const first = find('[data-pager]');
if (grid && first) {
  watch(first);
  holdLastRow(Boolean(first.dataset['more']));
}
