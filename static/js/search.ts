import { find } from './lib/dom.ts';

/** How long a pause in typing is before completions are asked for. */
const PAUSE_MS = 150;

const field = find<HTMLInputElement>('[data-search] input');
const list = find<HTMLDataListElement>('#completions');

async function complete(field: HTMLInputElement, list: HTMLDataListElement): Promise<void> {
  const typed = field.value;
  const address = `/search/completions?${new URLSearchParams({ q: typed }).toString()}`;
  const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => null);
  const body: unknown = answer?.ok ? await answer.json().catch(() => null) : null;
  const { completions } = (body ?? {}) as { completions?: unknown };
  // Somebody who types on has no use for what began otherwise.
  if (!Array.isArray(completions) || field.value !== typed) return;
  const options = completions.filter((text) => typeof text === 'string' && text !== typed);
  list.replaceChildren(
    ...options.map((text) => Object.assign(document.createElement('option'), { value: String(text) })),
  );
}

if (field && list) {
  let timer = 0;
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void complete(field, list), PAUSE_MS);
  });
}
