import { carriedPicks, carryPick, forgetPicks } from './lib/carried.ts';
import { find } from './lib/dom.ts';
import { dragRows } from './lib/several/drag.ts';
import { List } from './lib/several/list.ts';
import type { Fields } from './lib/several/row.ts';
import { Saving } from './lib/several/sending.ts';

const form = find<HTMLFormElement>('#several');
const place = form && find('[data-rows]', form);
const lines = form && find<HTMLTextAreaElement>('#urls', form);

function start(form: HTMLFormElement, place: HTMLElement, lines: HTMLTextAreaElement): void {
  const list = new List(form, place);
  const saving = new Saving(list, say);
  let going = false;

  function say(name: string, params: Record<string, string> = {}): void {
    const line = find('[data-said]', form);
    const words = params['words'] ?? form.dataset[name] ?? '';
    const text = words.replace(/\{(\w+)\}/g, (whole, key: string) => params[key] ?? whole);
    if (line && line.textContent !== text) line.textContent = text;
  }

  /** More than fit are not taken apart: what is beyond stays where it was typed, and the sentence says how many there are. */
  function take(all: readonly Fields[]): boolean {
    const count = list.rows.length + all.length;
    if (count > list.max) say('saidMany', { count: String(count) });
    else list.add(all);
    return count <= list.max;
  }

  function takeLines(): boolean {
    const urls = lines.value.split(/[\r\n]+/).map((line) => line.trim());
    if (!take(urls.filter(Boolean).map((url) => ({ url })))) return false;
    lines.value = '';
    list.keep();
    return true;
  }

  function takePicks(): void {
    carryPick();
    const carried = carriedPicks();
    if (!carried) return;
    const { picks, claimed } = carried;
    const rows = picks.map(({ nopin, noai, noindex, ...pick }) => ({
      ...pick,
      ...(nopin ? { nopin: '1', visibility: 'private' } : {}),
      ...(noai ? { noai: '1' } : {}),
      ...(noindex ? { noindex: '1' } : {}),
    }));
    if (!take(rows)) return;
    forgetPicks();
    if (picks.length === 0) say('saidDamaged');
    else if (claimed > picks.length) say('saidLost');
  }

  function act(button: HTMLButtonElement): boolean {
    const row = list.rowOf(button);
    if (!row || going) return going;
    const { element } = row;
    const { previousElementSibling: previous, nextElementSibling: next } = element;
    const what = button.dataset['act'];
    if (what === 'up') previous?.before(element);
    if (what === 'down') next?.after(element);
    if (what === 'drop') element.remove();
    list.ordered();
    const other = next ?? previous;
    if (what !== 'drop') button.focus();
    else if (other) find('[data-act=drop]', other)?.focus();
    return true;
  }

  async function save(): Promise<void> {
    if (going || !takeLines()) return;
    if (list.left.length === 0) return say('saidNone');
    busy((going = true));
    const whole = await saving.run();
    busy((going = false));
    if (list.left.length > 0) return whole ? say('saidSome') : undefined;
    say('saidOver');
    list.forget();
    const link = find('[data-to-yours]', form);
    if (link) link.hidden = false;
    link?.focus();
  }

  function busy(on: boolean): void {
    find('[data-send]', form)?.setAttribute('aria-disabled', String(on));
    const stop = find('[data-pause]', form);
    if (stop) stop.hidden = !on;
  }

  form.addEventListener('submit', (event) => {
    const { submitter } = event;
    event.preventDefault();
    if (submitter instanceof HTMLButtonElement && submitter.name === 'act') {
      if (submitter.value === 'look') takeLines();
      else act(submitter);
    } else void save();
  });
  find('[data-pause]', form)?.addEventListener('click', () => saving.stop());
  // A second pick into the same tab changes the fragment alone: the page does not load again by itself.
  addEventListener('hashchange', () => location.hash.startsWith('#v1') && location.reload());
  dragRows(
    place,
    () => going,
    () => list.ordered(),
  );
  list.restore();
  // What was shared: from here on this tab has it, and a reload must not ask for drafts that are saved by then.
  if (new URLSearchParams(location.search).has('draft')) {
    list.keep();
    history.replaceState(null, '', location.pathname);
  }
  takePicks();
}

if (form && place && lines) start(form, place, lines);
