import { copyFrom, find, findAll } from './lib/dom.ts';

const explain = (sentence: string | undefined): void => {
  const line = find('[data-drag-said]');
  if (line && sentence) line.textContent = sentence;
};

for (const link of findAll<HTMLAnchorElement>('[data-bookmarklet]'))
  link.addEventListener('click', (event) => {
    event.preventDefault();
    explain(link.dataset['said']);
  });

for (const button of findAll('[data-copy-bookmarklet]'))
  button.addEventListener('click', () => {
    const address = find('[data-bookmarklet]')?.getAttribute('href');
    if (address) void copyFrom(button, address);
  });

/** Opens the steps for the browser that this most likely is; the others stay a click away. */
function ownBrowser(): string {
  const { userAgent } = navigator;
  if (/Mobi|Android|iPhone|iPad/.test(userAgent)) return 'phone';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  return /Chrome\//.test(userAgent) ? 'chrome' : 'safari';
}

const own = find<HTMLDetailsElement>(`[data-browser="${ownBrowser()}"]`);
if (own) own.open = true;
