import { carriedPick, carriedPicks, carryPick } from './lib/carried.ts';
import { find, findAll } from './lib/dom.ts';
import { addStrength } from './lib/strength.ts';

// The fragment of /images/create/#v1,… comes along when that page sends a visitor here: keep it for after signing in.
carryPick();
const carried = find('[data-carried]');
if (carried) carried.hidden = carriedPick() === null && carriedPicks() === null;

function addShowButton(box: HTMLElement): void {
  const input = find<HTMLInputElement>('input', box);
  if (!input) return;
  const { show = '', hide = '' } = box.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-quiet';
  button.setAttribute('aria-controls', input.id);
  const set = (visible: boolean) => {
    input.type = visible ? 'text' : 'password';
    button.textContent = visible ? hide : show;
  };
  set(false);
  button.addEventListener('click', () => set(input.type === 'password'));
  // Goes back to hidden before it is sent, or the browser would remember it as plain text.
  input.form?.addEventListener('submit', () => set(false));
  box.append(button);
}

findAll('[data-password]').forEach(addShowButton);
findAll('[data-strength]').forEach(addStrength);
