import { findLatest, findMostLiked } from '../feed/index.ts';
import { actionJson } from '../api/actions.ts';
import { imageJson } from '../api/images.ts';
import { readActivity } from '../social/index.ts';
import { grouped } from './activity.ts';
import { page, seeOther, text } from './answer.ts';
import { card } from './cards.ts';
import type { MemberVisit, Visit } from './visit.ts';
import { say } from '../lib/words/index.ts';

/** `/`: visitors see what is most liked; members go to their dashboard. */
export async function home(visit: Visit) {
  if (visit.member) return dashboard(visit as MemberVisit);
  const images = await findMostLiked(visit.db);
  return page('home', { images: images.map(card) }, { json: () => ({ images: images.map(imageJson) }) });
}

/** GET /account: what the people did whom one follows, and one's own latest. */
export async function dashboard(visit: MemberVisit) {
  const reader = { ...visit.reader, id: visit.member.id };
  const after = visit.query.get('after');
  const { actions, next: cursor } = await readActivity(visit.db, reader, after);
  const images = await findLatest(visit.db, reader, 12);
  const next = cursor && `/account?after=${cursor}`;
  const activity = { groups: grouped(actions), older: next, newest: after === null ? null : '/account' };
  const { href: bookmarkletHref } = visit.site.bookmarklet;
  const locals = { activity, images: images.map(card), bookmarkletHref, first: images.length === 0 };
  return page('account/dashboard', locals, {
    title: say('nav.account'),
    json: () => ({ actions: actions.map(actionJson), next, images: images.map(imageJson) }),
  });
}

export function bookmarklet({ site }: Visit) {
  const { href } = site.bookmarklet;
  return page('account/bookmarklet', { href, bytes: href.length }, { title: say('nav.bookmarklet') });
}

/** Its source as text, for whoever wants to read what they are about to keep. */
export const bookmarkletSource = ({ site }: Visit) => text('text/javascript; charset=utf-8', site.bookmarklet.source);

export const alive = () => text('text/plain; charset=utf-8', 'alive\n');

/** Whether the database answers; says no more than that. */
export async function ready({ db, site }: Visit) {
  try {
    await db.raw('SELECT 1');
  } catch (error) {
    site.log.error({ err: error }, 'not ready');
    return text('text/plain; charset=utf-8', 'not ready\n', 503);
  }
  return text('text/plain; charset=utf-8', 'ready\n');
}

export const toAccount = () => seeOther('/account');
