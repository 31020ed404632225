import { find } from './dom.ts';

interface Known {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly tiers?: { readonly low?: { readonly url?: string }; readonly high?: { readonly url?: string } };
}

const isKnown = (value: unknown): value is Known => {
  const { id, url, title } = (value ?? {}) as Partial<Known>;
  return typeof id === 'number' && typeof url === 'string' && url.startsWith('/') && typeof title === 'string';
};

/**
 * "You have this one already": shows which, and the choices. The same bytes replace nothing.
 *
 * @returns false when the answer named none
 */
export function showAlike(form: HTMLFormElement, images: unknown, code: string, sentence: string): boolean {
  const panel = find('#alike', form);
  const known = Array.isArray(images) ? images.filter(isKnown) : [];
  const [first] = known;
  if (!panel || !first) return false;
  const same = code === 'duplicate';
  say('#alike-heading', panel.dataset[same ? 'same' : 'alike'] ?? '', panel);
  say('#alike-words', sentence, panel);
  const twins = known.map((image) => twinOf(image, panel, image === first, same || known.length === 1));
  find('.twins', panel)?.replaceChildren(...twins);
  const replace = find('[value="replace"]', panel);
  if (replace) replace.hidden = same;
  const leave = find<HTMLAnchorElement>('[data-leave]', panel);
  if (leave) leave.href = first.url;
  panel.hidden = false;
  find('button', panel)?.focus();
  return true;
}

/** Another picture was chosen: the question is over. */
export function hideAlike(form: HTMLFormElement): void {
  const panel = find('#alike', form);
  if (!panel || panel.hidden) return;
  panel.hidden = true;
  find('.twins', panel)?.replaceChildren();
}

function say(selector: string, words: string, panel: HTMLElement): void {
  const line = find(selector, panel);
  if (line && words) line.textContent = words;
}

function twinOf(image: Known, panel: HTMLElement, chosen: boolean, alone: boolean): Node {
  const twin = find<HTMLTemplateElement>('template', panel)?.content.cloneNode(true) as DocumentFragment;
  const choice = find<HTMLInputElement>('input', twin);
  if (choice) Object.assign(choice, { value: String(image.id), checked: chosen, hidden: alone });
  const picture = find<HTMLImageElement>('img', twin);
  const src = image.tiers?.low?.url ?? image.tiers?.high?.url;
  if (picture && src) picture.src = src;
  const title = find('.twin-title', twin);
  if (title && image.title) title.textContent = image.title;
  const look = find<HTMLAnchorElement>('a', twin);
  if (look) look.href = image.url;
  return twin;
}
