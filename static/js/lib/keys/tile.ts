import { find } from '../dom.ts';
import { send, type Answer } from '../send.ts';
import { toast } from '../toast.ts';

/** The address of an image's page without its title: what is done with it is posted below that. */
const rootOf = (tile: HTMLAnchorElement): string => tile.pathname.split('/').slice(0, 3).join('/');

const told = (name: string): string => document.body.dataset[name] ?? '';

function post(address: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const form = new FormData();
  form.set('_csrf', find<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '');
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return send(address, form, undefined, true).answer;
}

const faultOf = ({ body }: Answer): string =>
  (body as { error?: { message?: string } } | null)?.error?.message ?? told('failed');

/** Likes the image of a tile; the second time takes it back, as far as this page knows. */
export async function likeTile(tile: HTMLAnchorElement): Promise<void> {
  const action = 'liked' in tile.dataset ? 'unlike' : 'like';
  const answer = await post(`${rootOf(tile)}/like`, { action });
  if (answer.status !== 200) return toast(faultOf(answer));
  tile.toggleAttribute('data-liked', action === 'like');
  toast(told(action === 'like' ? 'liked' : 'unliked'));
}

/** Keeps the image of a tile among one's own. */
export async function saveTile(tile: HTMLAnchorElement): Promise<void> {
  const answer = await post(`${rootOf(tile)}/save`, {});
  const { image } = (answer.body ?? {}) as { image?: { url?: string } };
  if (image?.url?.startsWith('/')) toast(told('kept'), new URL(image.url, location.origin).href);
  else toast(faultOf(answer));
}
