import { find, findAll } from './dom.ts';
import { isTyping } from './typing.ts';

/** The list that somebody came from: the images' addresses in its order, and where it goes on. */
interface Walk {
  readonly hrefs: readonly string[];
  readonly more: string | null;
}

const KEY = 'walk';
/** As many as a session may remember; those around the one that was opened. */
const MOST = 500;

/** Remembers the images of the grid when one of them is opened from it. */
export function rememberWalk(grid: HTMLElement): void {
  grid.addEventListener('click', ({ target }) => {
    const opened = target instanceof Element ? target.closest<HTMLAnchorElement>('.tile-link') : null;
    if (!opened) return;
    const hrefs = findAll<HTMLAnchorElement>('.tile-link', grid).map((link) => link.pathname);
    const start = Math.max(0, hrefs.indexOf(opened.pathname) - MOST / 2);
    keep({ hrefs: hrefs.slice(start, start + MOST), more: find('[data-pager]')?.dataset['more'] ?? null });
  });
}

function keep(walk: Walk): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(walk));
  } catch {
    // No room, or not allowed: then there is a way back, and no way on.
  }
}

function recall(): Walk | null {
  try {
    const { hrefs, more } = JSON.parse(sessionStorage.getItem(KEY) ?? '') as Partial<Walk>;
    if (!Array.isArray(hrefs) || !hrefs.every((href) => typeof href === 'string' && href.startsWith('/images/')))
      return null;
    return { hrefs, more: typeof more === 'string' && more.startsWith('/') ? more : null };
  } catch {
    return null;
  }
}

interface Listed {
  readonly images: readonly { readonly url: string }[];
  readonly next: string | null;
}

/** The walk with the list's next page. */
async function goOn({ hrefs, more }: Walk): Promise<Walk | null> {
  if (!more) return null;
  const answer = await fetch(more, { headers: { accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok) return null;
  const { images, next } = (await answer.json()) as Listed;
  const fresh = images.map(({ url }) => url).filter((url) => !hrefs.includes(url));
  return { hrefs: [...hrefs, ...fresh].slice(-MOST), more: next };
}

/** Shows the ways to the image before and the one behind, as links and under the arrow keys. */
export async function showWalk(nav: HTMLElement): Promise<void> {
  const walk = recall();
  if (!walk?.hrefs.includes(location.pathname)) return;
  point(nav, walk);
  addEventListener('keydown', (event) => step(nav, event));
  if (walk.hrefs.at(-1) !== location.pathname) return;
  const longer = await goOn(walk);
  if (!longer) return;
  keep(longer);
  point(nav, longer);
}

function point(nav: HTMLElement, { hrefs }: Walk): void {
  const at = hrefs.indexOf(location.pathname);
  const ways = { prev: hrefs[at - 1], next: hrefs[at + 1] };
  for (const link of findAll<HTMLAnchorElement>('[data-way]', nav)) {
    const href = ways[link.dataset['way'] as keyof typeof ways];
    link.hidden = href === undefined;
    if (href !== undefined) link.href = href;
  }
  nav.hidden = ways.prev === undefined && ways.next === undefined;
}

function step(nav: HTMLElement, event: KeyboardEvent): void {
  const way = { ArrowLeft: 'prev', ArrowRight: 'next' }[event.key];
  if (!way || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const forwards = document.documentElement.dir === 'rtl' ? { prev: 'next', next: 'prev' }[way] : way;
  find<HTMLAnchorElement>(`[data-way="${forwards}"]:not([hidden])`, nav)?.click();
}
