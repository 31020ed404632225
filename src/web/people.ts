import { personJson } from '../api/people.ts';
import { binOf, gallery, privateOf, profile } from '../feed/index.ts';
import { say } from '../lib/words/index.ts';
import { movedTo, page } from './answer.ts';
import { arrivals, arrivalsPath } from './arrivals.ts';
import { boardCard } from './board-cards.ts';
import { card } from './cards.ts';
import { askedOf, filteredFeed, filterLocals } from './feed-filter.ts';
import { feedsBeside } from './feed-links.ts';
import { listJson, listLocals, pageOf, pager } from './lists.ts';
import { personShown } from './people-lists.ts';
import { previewOf } from './previews.ts';
import { personPath, personWithBoards } from './someone.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** /images: what members share; all of it, or what a filter leaves. */
export async function feed(visit: Visit) {
  const since = visit.query.get('since');
  if (since !== null && visit.wantsJson) return arrivals(visit, since);
  const asked = askedOf(visit);
  if (asked) return filteredFeed(visit, asked);
  const found = await pageOf(visit, gallery(visit.reader));
  const locals = {
    ...listLocals('/images', found),
    ...filterLocals(visit, {}),
    heading: say('images.heading'),
    arrivals: arrivalsPath(found),
  };
  return page('images/index', locals, { title: say('nav.feed'), json: () => listJson('/images', found) });
}

export async function privateImages(visit: MemberVisit) {
  const found = await pageOf(visit, privateOf(visit.member.id));
  const select = found.images.length > 0 ? '/images/many?list=private' : null;
  const locals = { ...listLocals('/images/private', found), heading: say('images.private'), select };
  return page('images/index', locals, { title: say('images.private'), json: () => listJson('/images/private', found) });
}

/** A member's page: all of one's own, of others what they share under their name. A name they had leads to it as well. */
export async function person(visit: Visit) {
  const met = await personWithBoards(visit);
  if (typeof met === 'string') return movedTo(personPath(met));
  const { person, boards } = met;
  const path = personPath(person.username);
  const found = await pageOf(visit, profile(visit.reader, person.id));
  const about = { ...personShown(visit, person), since: person.createdAt, images: found.total };
  const json = () => ({ person: personJson(person, found.total), ...listJson(path, found) });
  const title = person.name || person.username;
  const description = person.bio || say('feed.person.about', { name: title });
  const preview = previewOf(visit, { type: 'profile', path, title, description, image: found.images[0] ?? null });
  // On the first page alone: those who page on look for images.
  const shelf = (found.page ?? 0) === 1 ? boards.map(boardCard) : [];
  const locals = { person: about, boards: shelf, preview, feeds: feedsBeside(path), ...listLocals(path, found) };
  return page('people/show', locals, { title, json });
}

export async function bin(visit: MemberVisit) {
  const found = await pageOf(visit, binOf(visit.member.id));
  const { trashMs } = visit.site.config;
  const images = found.images.map((image) => ({
    ...card(image),
    // Its bytes are not to be had from the bin, by nobody: its colours stand for it.
    src: null,
    srcset: null,
    restoreHref: `/images/${image.id}/restore`,
    binnedAt: image.binnedAt,
    goneAt: (image.binnedAt ?? 0) + trashMs,
  }));
  const locals = { images, pager: pager('/images/bin', found) };
  return page('images/bin', locals, { title: say('bin.heading'), json: () => listJson('/images/bin', found) });
}
