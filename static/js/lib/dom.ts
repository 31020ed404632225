/** The first element that fits; what a page lacks, its script does without. */
export const find = <T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T | null =>
  within.querySelector<T>(selector);

export const findAll = <T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T[] => [
  ...within.querySelectorAll<T>(selector),
];

/** Shows a word on a button for a moment: "Copied". */
export function flashWord(button: HTMLElement, word: string): void {
  const label = find('span', button);
  if (!label || label.dataset['before']) return;
  const before = label.textContent ?? '';
  label.dataset['before'] = before;
  label.textContent = word;
  setTimeout(() => {
    label.textContent = before;
    delete label.dataset['before'];
  }, 2000);
}

/** Copies where the browser lets us; where it does not, nothing is claimed. */
export async function copyFrom(button: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    flashWord(button, button.dataset['done'] ?? '');
  } catch {
    // Clipboard denied: the address bar and the link's own menu still copy.
  }
}
