import { find } from './dom.ts';
import { fetchPage } from './page.ts';
import { rememberWalk } from './walk.ts';

/** The page of an image shows the first of those that look like it. */
const SHOWN = 8;

/** Fetches what looks like the image when its reader comes near; until then, and without it, there is the link. */
export function showSimilar(section: HTMLElement): void {
  const watcher = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watcher.disconnect();
      void fill(section);
    },
    { rootMargin: '800px 0px' },
  );
  watcher.observe(section);
}

async function fill(section: HTMLElement): Promise<void> {
  const address = section.dataset['similar'];
  const page = address ? await fetchPage(address) : null;
  if (!page) return;
  const grid = find('[data-grid]', page);
  const line = find('p', section);
  if (!grid) {
    if (line) line.textContent = section.dataset['none'] ?? '';
    return;
  }
  const tiles = [...grid.children];
  for (const tile of tiles.slice(SHOWN)) tile.remove();
  for (const picture of grid.querySelectorAll('img.picture')) picture.setAttribute('loading', 'lazy');
  section.append(document.adoptNode(grid));
  rememberWalk(grid);
}
