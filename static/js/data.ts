import { find } from './lib/dom.ts';

const box = find('[data-export]');
const EVERY_MS = 2000;

interface Answer {
  export: { state: string; percent: number } | null;
}

/** Shows how far the zip is; when it is there, or nothing is being made any more, the page shows itself anew. */
async function look(shown: HTMLElement): Promise<void> {
  const answer = await fetch(shown.dataset['export'] ?? '', { headers: { Accept: 'application/json' } });
  // Signed out meanwhile: the link below says so when it is followed.
  if (!answer.ok) return;
  const { export: now } = (await answer.json()) as Answer;
  if (now?.state !== 'making') return location.reload();
  const bar = find<HTMLProgressElement>('progress', shown);
  const words = find('[data-export-words]', shown);
  if (bar) bar.value = now.percent;
  if (words) words.textContent = (shown.dataset['words'] ?? '').replace('{percent}', String(now.percent));
  again(shown);
}

const again = (shown: HTMLElement) =>
  setTimeout(() => {
    // What failed on the way is tried once more; a page that nobody looks at waits.
    if (document.hidden) return again(shown);
    return look(shown).catch(() => again(shown));
  }, EVERY_MS);

if (box) again(box);
