import { lastUsedBy } from '../boards/index.ts';
import { oneQuery } from '../db/index.ts';
import { findMostLiked, latestPart } from '../feed/index.ts';
import { actionJson } from '../api/actions.ts';
import { imageJson } from '../api/images.ts';
import { readActivity } from '../social/index.ts';
import { grouped } from './activity.ts';
import { page, seeOther, text } from './answer.ts';
import { boardCard } from './board-cards.ts';
import { card } from './cards.ts';
import { readinessOf } from './readiness.ts';
import type { MemberVisit, Visit } from './visit.ts';
import { say } from '../lib/words/index.ts';

/** `/`: visitors see what is most liked; members go to their dashboard. */
export async function home(visit: Visit) {
  if (visit.member) return dashboard(visit as MemberVisit);
  const images = await findMostLiked(visit.db);
  return page('home', { images: images.map(card) }, { json: () => ({ images: images.map(imageJson) }) });
}

/** What is one's own on the dashboard: the newest images, and the boards last used. */
const ownOf = oneQuery({ latest: latestPart, boards: lastUsedBy });

/** GET /account: what the people did whom one follows, and one's own latest. */
export async function dashboard(visit: MemberVisit) {
  const reader = { ...visit.reader, id: visit.member.id };
  const after = visit.query.get('after');
  const { actions, next: cursor } = await readActivity(visit.db, reader, after);
  const own = await ownOf(visit.db, reader.id);
  const images = own.latest(reader);
  const next = cursor && `/account?after=${cursor}`;
  const activity = { groups: grouped(actions), older: next, newest: after === null ? null : '/account' };
  const { href: bookmarkletHref } = visit.site.bookmarklet;
  const boards = own.boards(reader).map(boardCard);
  const locals = { activity, images: images.map(card), boards, bookmarkletHref, first: images.length === 0 };
  return page('account/dashboard', locals, {
    title: say('nav.account'),
    json: () => ({ actions: actions.map(actionJson), next, images: images.map(imageJson) }),
  });
}

export function bookmarklet({ site }: Visit) {
  const { href, version } = site.bookmarklet;
  return page('account/bookmarklet', { href, version, bytes: href.length }, { title: say('nav.bookmarklet') });
}

const EXAMPLES = [
  { name: 'feather', width: 800, height: 600 },
  { name: 'berries', width: 600, height: 600 },
  { name: 'caps', width: 900, height: 500 },
];

/** GET /account/bookmarklet/example: a page to try it on, since it works on other pages than the one that explains it. */
export const example = () => page('account/example', { pictures: EXAMPLES }, { title: say('example.heading') });

/** Its source as text, for whoever wants to read what they are about to keep. */
export const bookmarkletSource = ({ site }: Visit) => text('text/javascript; charset=utf-8', site.bookmarklet.source);

export const alive = () => text('text/plain; charset=utf-8', 'alive\n');

/** Whether the site can serve people; says no more than that. */
export async function ready({ site }: Visit) {
  const { ready: well } = await readinessOf(site);
  return well ? text('text/plain; charset=utf-8', 'ready\n') : text('text/plain; charset=utf-8', 'not ready\n', 503);
}

export const toAccount = () => seeOther('/account');
