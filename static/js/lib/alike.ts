import { find } from './dom.ts';

interface Known {
  readonly url: string;
  readonly title: string;
}

const isKnown = (value: unknown): value is Known => {
  const { url, title } = (value ?? {}) as Partial<Known>;
  return typeof url === 'string' && url.startsWith('/') && typeof title === 'string';
};

/** "You have this one already": shows which, and the choices. False when the answer named none. */
export function showAlike(form: HTMLFormElement, images: unknown, sentence: string): boolean {
  const panel = find('#alike', form);
  const list = panel && find('.grid', panel);
  const known = Array.isArray(images) ? images.filter(isKnown) : [];
  if (!panel || !list || known.length === 0) return false;
  const words = find('#alike-words', panel);
  if (words && sentence) words.textContent = sentence;
  list.replaceChildren(...known.map(linkTo));
  panel.hidden = false;
  find('button', panel)?.focus();
  return true;
}

function linkTo(image: Known): HTMLElement {
  const link = document.createElement('a');
  link.href = image.url;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = image.title || image.url;
  const item = document.createElement('li');
  item.append(link);
  return item;
}
