import { find } from './lib/dom.ts';

/** How often a page that is looked at asks whether something came. */
const EVERY_MS = 60_000;

const line = find('[data-arrivals]');
let asked = Date.now();

/** What came is offered, and moves nothing of what is being looked at. */
function offer(words: string): void {
  if (!line || line.textContent === words) return;
  const link = document.createElement('a');
  link.className = 'button button-main';
  link.href = line.dataset['here'] ?? '';
  link.textContent = words;
  line.replaceChildren(link);
}

async function ask(): Promise<void> {
  const address = line?.dataset['arrivals'];
  if (!address || document.hidden || Date.now() - asked < EVERY_MS) return;
  asked = Date.now();
  try {
    const answer = await fetch(address, { headers: { Accept: 'application/json' } });
    const told = answer.ok ? ((await answer.json()) as { new: number; words: string }) : null;
    if (told && told.new > 0) offer(told.words);
  } catch {
    // Nobody waits for this: the next time it may be there again.
  }
}

if (line) {
  setInterval(() => void ask(), EVERY_MS);
  document.addEventListener('visibilitychange', () => void ask());
}
