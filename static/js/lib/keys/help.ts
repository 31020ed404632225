import { find } from '../dom.ts';
import { fetchPage } from '../page.ts';
import { watchSetting } from './setting.ts';

/** The list of keys over the page at hand, taken from its own page; where it cannot be had the page itself. */
export async function showHelp(): Promise<void> {
  if (find('.keys-dialog[open]') || location.pathname === '/keys') return;
  const page = await fetchPage('/keys');
  const list = page && find('[data-keys]', page);
  if (!list) return location.assign('/keys');
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog keys-dialog';
  dialog.setAttribute('aria-labelledby', 'keys-heading');
  dialog.append(closeButton(), document.adoptNode(list));
  watchSetting(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function closeButton(): HTMLFormElement {
  const form = document.createElement('form');
  form.method = 'dialog';
  const button = document.createElement('button');
  button.className = 'notice-close dialog-close';
  button.textContent = '×';
  button.setAttribute('aria-label', document.body.dataset['close'] ?? '');
  form.append(button);
  return form;
}
