import { find, findAll } from './lib/dom.ts';
import { fetchPage } from './lib/page.ts';
import { send } from './lib/send.ts';

/**
 * Likes, follows and comments without leaving the page. The site prints the part that changes, so that it looks the same with
 * and without this script; what goes wrong in a way that only a page can explain is sent once more as a form.
 */
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !('stay' in form.dataset)) return;
  event.preventDefault();
  if ('busy' in form.dataset) return;
  const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
  void stay(form, button);
});

/** A field or button may be called "action", and then stands for it in `form.action`. */
const addressOf = (form: HTMLFormElement) => form.getAttribute('action') ?? location.href;

async function stay(form: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
  form.dataset['busy'] = '';
  const fields = new FormData(form);
  if (button?.name) fields.set(button.name, button.value);
  press(button);
  say(form, '');
  const here = location.href;
  const { status, body } = await send(addressOf(form), fields, undefined, true).answer;
  delete form.dataset['busy'];
  // Whoever has turned to another image meanwhile has left the form behind.
  if (!form.isConnected || location.href !== here) return;
  if (status >= 200 && status < 300) {
    if (form.dataset['kept']) return showKept(form, body);
    return form.dataset['toggle'] ? toggle(form, button, body) : refresh(form);
  }
  press(button);
  if (status === 401 || status === 403) {
    delete form.dataset['stay'];
    return form.requestSubmit(button);
  }
  const { error } = (body ?? {}) as { error?: { message?: string } };
  say(form, error?.message ?? form.dataset['failed'] ?? '');
}

/** A button that is on or off says so at once, before the answer. */
function press(button: HTMLButtonElement | null): void {
  const pressed = button?.getAttribute('aria-pressed');
  if (pressed) button?.setAttribute('aria-pressed', pressed === 'true' ? 'false' : 'true');
}

function say(form: HTMLFormElement, sentence: string): void {
  const line = find('[data-said]', form);
  if (line) line.textContent = sentence;
}

/** In the place of a form that saves stands the way to what it saved. */
function showKept(form: HTMLFormElement, body: unknown): void {
  const { image } = (body ?? {}) as { image?: { url?: string } };
  const link = document.createElement('a');
  link.className = 'button button-quiet';
  link.href = new URL(image?.url ?? '/', location.origin).href;
  link.textContent = form.dataset['kept'] ?? '';
  form.replaceWith(link);
  link.focus();
}

/** Puts the part that the form stands in as the site prints it now. */
async function refresh(form: HTMLFormElement): Promise<void> {
  const part = form.closest<HTMLElement>('[data-part]');
  const name = part?.dataset['part'];
  const here = location.href;
  const fresh = name ? await fetchPage(here) : null;
  const next = fresh && find(`[data-part="${CSS.escape(name ?? '')}"]`, fresh);
  if (!part?.isConnected || location.href !== here) return;
  if (!next) return location.reload();
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  for (const { id } of findAll('details[open][id]', part)) find(`#${CSS.escape(id)}`, next)?.setAttribute('open', '');
  part.replaceWith(document.adoptNode(next));
  if (!focused) return;
  const same = focused.id ? find(`#${CSS.escape(focused.id)}`, next) : null;
  (same ?? find(`form[action="${CSS.escape(addressOf(form))}"] :is(button, textarea)`, next))?.focus();
}

/** Turns the button of a form that is on or off, and the counts beside it, to what the answer says. */
function toggle(form: HTMLFormElement, button: HTMLButtonElement | null, body: unknown): void {
  const answer = (body ?? {}) as Record<string, unknown>;
  const state = answer[form.dataset['toggle'] ?? ''] === true ? 'on' : 'off';
  if (!button) return;
  button.value = form.dataset[`${state}Value`] ?? '';
  button.toggleAttribute('data-on', state === 'on');
  const words = find('[data-toggle-words]', button);
  if (words) words.textContent = form.dataset[`${state}Words`] ?? '';
  for (const line of findAll('[data-count]', form.closest('[data-part]') ?? document)) {
    const { count = '', one = '', other = '' } = line.dataset;
    const n = answer[count];
    if (typeof n === 'number') line.textContent = n === 1 ? one : other.replace(/\d+/, String(n));
  }
}
