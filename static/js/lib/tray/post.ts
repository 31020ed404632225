import { find } from '../dom.ts';
import { send, type Answer } from '../send.ts';
import type { Item } from './item.ts';

/** What came of it: settled one way or the other, or to be tried again. */
export type Outcome = Pick<Item, 'state' | 'said' | 'href'> & { again: boolean };

/** The words of the page, by name. */
export type Words = Readonly<DOMStringMap>;

interface Body {
  readonly image?: { readonly url?: string };
  readonly images?: readonly { readonly url?: string }[];
  readonly error?: { readonly message?: string };
}

const pathOf = (url: string | undefined): string => (url?.startsWith('/') ? url : '');

function formOf({ id, file, name, url, keep }: Item): FormData {
  const form = new FormData();
  form.set('_csrf', find<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '');
  form.set('once', id);
  if (keep) form.set('duplicate', 'keep');
  if (file) form.set('image', file, name);
  else form.set('url', url);
  return form;
}

/** Nothing came back, or what passes: the same form once more is the way. */
const passes = (status: number): boolean => status === 0 || status === 429 || status >= 500;

function read({ status, body }: Answer, words: Words): Outcome {
  const { image, images, error } = (body ?? {}) as Body;
  if (status < 300 && image?.url)
    return { state: 'saved', said: words['saved'] ?? '', href: pathOf(image.url), again: false };
  const said = error?.message ?? words['failed'] ?? '';
  if (status === 409) return { state: 'had', said, href: pathOf(images?.[0]?.url), again: false };
  if (status === 401 || status === 403)
    return { state: 'refused', said: words['signedOut'] ?? '', href: '', again: false };
  if (passes(status))
    return { state: 'waiting', said: error?.message ?? words['offline'] ?? '', href: '', again: true };
  return { state: 'refused', said, href: '', again: false };
}

/** Saves one: the same form as on the page for it, with a key that makes one image of it however often it is sent. */
export async function post(item: Item, words: Words, onProgress: (part: number) => void): Promise<Outcome> {
  return read(await send('/images/create', formOf(item), onProgress, true).answer, words);
}
