import { isWalk } from '../../../src/lib/guessable.ts';
import { find } from './dom.ts';

export type Strength = 'short' | 'easy' | 'fair' | 'good' | 'great';

/**
 * A hint while somebody types, no more: the server decides, and knows the common passwords. Length counts, and how many
 * different signs there are; ways over the keyboard and one's own name count nothing.
 */
export function strengthOf(password: string, own: readonly string[]): Strength {
  const length = [...password].length;
  if (length < 8) return 'short';
  const text = password.toLowerCase();
  const rest = own
    .filter((name) => name.length >= 3)
    .reduce((left, name) => left.replaceAll(name.toLowerCase(), ''), text);
  const signs = new Set(rest).size;
  if (signs < 5 || isWalk(text)) return 'easy';
  const worth = Math.min([...rest].length, 2 * signs);
  return worth < 12 ? 'fair' : worth < 16 ? 'good' : 'great';
}

/** Says below a field how hard its password is to guess. */
export function addStrength(hint: HTMLElement): void {
  const input = find<HTMLInputElement>(`#${hint.dataset['strength'] ?? ''}`);
  if (!input) return;
  const own = () =>
    ['username', 'email'].flatMap((name) => {
      const field = input.form?.elements.namedItem(name);
      return field instanceof HTMLInputElement ? [field.value, ...field.value.split('@')] : [];
    });
  const tell = () => {
    hint.hidden = input.value === '';
    const strength = strengthOf(input.value, own());
    hint.className = `field-hint strength-${strength}`;
    hint.textContent = hint.dataset[strength] ?? '';
  };
  input.addEventListener('input', tell);
}
