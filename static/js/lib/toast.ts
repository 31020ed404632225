import { find } from './dom.ts';

/** For so long a word stays; longer while the pointer or the focus is on it. */
const STAYS_MS = 6000;

/** The place for short words, over everything: in the dialog that is open, since what lies below one is out of reach. */
function place(): HTMLElement {
  const over = find('dialog[open]') ?? document.body;
  const there = find(':scope > .toasts', over);
  if (there) return there;
  const made = document.createElement('div');
  made.className = 'toasts';
  made.setAttribute('role', 'status');
  over.append(made);
  return made;
}

/** Says what was done, and where it leads; it moves nothing and goes by itself. */
export function toast(words: string, href?: string): void {
  const line = document.createElement(href ? 'a' : 'p');
  line.className = 'toast';
  if (line instanceof HTMLAnchorElement && href) line.href = href;
  line.textContent = words;
  const region = place();
  // A reader hears what comes into a region that it knows.
  requestAnimationFrame(() => region.replaceChildren(line));
  const go = () => (line.matches(':hover, :focus') ? setTimeout(go, STAYS_MS) : line.remove());
  setTimeout(go, STAYS_MS);
}
