import { find, findAll } from './dom.ts';

function fieldOf(form: HTMLFormElement, name: string): HTMLElement | null {
  const element = form.querySelector<HTMLElement>(`#${CSS.escape(name)}`);
  return element && find(`#${CSS.escape(name)}-error`, form) ? element : null;
}

/** Takes away what was said about an earlier try. */
export function clearFaults(form: HTMLFormElement): void {
  for (const line of findAll('.field-error', form)) line.textContent = '';
  for (const field of findAll('[aria-invalid]', form)) field.removeAttribute('aria-invalid');
  for (const box of findAll('[data-invalid]', form)) delete box.dataset['invalid'];
  const summary = find('#troubles');
  if (summary) summary.hidden = true;
}

function sayAbove(sentence: string): void {
  const summary = find('#troubles');
  const list = summary && find('ul', summary);
  if (!summary || !list) return;
  const item = document.createElement('li');
  item.textContent = sentence;
  summary.hidden = false;
  list.replaceChildren(item);
  summary.scrollIntoView({ block: 'center' });
}

/** Says what is wrong at the field it belongs to, and goes there; without a field, at the top of the page. */
export function showFault(form: HTMLFormElement, name: string | null, sentence: string): void {
  const field = name === null ? null : fieldOf(form, name);
  if (!field) return sayAbove(sentence);
  const folded = field.closest('details');
  if (folded) folded.open = true;
  field.setAttribute('aria-invalid', 'true');
  const box = field.closest<HTMLElement>('[data-drop]');
  if (box) box.dataset['invalid'] = '';
  const line = find(`#${CSS.escape(field.id)}-error`, form);
  if (line) line.textContent = sentence;
  const target = field.matches('fieldset') ? find('input', field) : field;
  target?.focus();
}
