/** How long a pause in typing is before completions are asked for. */
const PAUSE_MS = 150;

/** Asks an address of ours for what a beginning may become. Nothing comes where it cannot be asked. */
export async function askFor(address: string, q: string): Promise<string[]> {
  const answer = await fetch(`${address}?${new URLSearchParams({ q }).toString()}`, {
    headers: { accept: 'application/json' },
  }).catch(() => null);
  const body: unknown = answer?.ok ? await answer.json().catch(() => null) : null;
  const { completions } = (body ?? {}) as { completions?: unknown };
  return Array.isArray(completions) ? completions.filter((text) => typeof text === 'string') : [];
}

/** Fills a field's list with what its text may become, whenever somebody pauses in typing. */
export function complete(
  field: HTMLInputElement,
  list: HTMLDataListElement,
  ask: (typed: string) => Promise<string[]>,
): void {
  let timer = 0;
  const show = async () => {
    const typed = field.value;
    const found = await ask(typed);
    // Somebody who types on has no use for what began otherwise.
    if (field.value !== typed) return;
    const options = found.filter((text) => text !== typed);
    list.replaceChildren(...options.map((value) => Object.assign(document.createElement('option'), { value })));
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(), PAUSE_MS);
  });
}
