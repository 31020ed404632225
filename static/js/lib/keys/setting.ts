import { find } from '../dom.ts';

const KEY = 'bowerbird.keys';

/** Whether single keys do something in this browser. */
export function areOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

function turn(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
  } catch {
    // A browser that remembers nothing has them on again with the next page.
  }
}

/** The box that turns them off and on. */
export function watchSetting(within: ParentNode): void {
  const box = find<HTMLInputElement>('[data-keys-setting]', within);
  if (!box) return;
  box.checked = areOn();
  box.addEventListener('change', () => turn(box.checked));
}
