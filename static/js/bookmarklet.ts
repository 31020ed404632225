import { CHECK_UP, SECOND_CLICK } from '../../src/lib/pick/doctor.ts';
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

/** The doctor: a picker that is clicked on this page says its version; one that says nothing is from before that. */
function examine(panel: HTMLElement): void {
  const say = (sentence: string | undefined): void => {
    const line = find('[data-doctor-said]');
    if (line && sentence) line.textContent = sentence;
  };
  const { doctor, newest, old } = panel.dataset;
  window.addEventListener(CHECK_UP, (event) => {
    event.preventDefault();
    say((event as CustomEvent<string>).detail === doctor ? newest : old);
  });
  window.addEventListener(SECOND_CLICK, (event) => {
    event.preventDefault();
    say(old);
  });
}

const panel = find('[data-doctor]');
if (panel) examine(panel);
