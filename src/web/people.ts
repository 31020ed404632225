import { personJson } from '../api/people.ts';
import { findPerson } from '../accounts/index.ts';
import { binOf, gallery, privateOf, profile } from '../feed/index.ts';
import { say, words } from '../lib/words/index.ts';
import { page } from './answer.ts';
import { card } from './cards.ts';
import { listJson, listLocals, pageOf, pager } from './lists.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** /images: what members share. */
export async function feed(visit: Visit) {
  const found = await pageOf(visit, gallery(visit.reader));
  const locals = { ...listLocals('/images', found), heading: words('images.heading') };
  return page('images/index', locals, { title: say('nav.feed'), json: () => listJson('/images', found) });
}

export async function privateImages(visit: MemberVisit) {
  const found = await pageOf(visit, privateOf(visit.member.id));
  const locals = { ...listLocals('/images/private', found), heading: words('images.private') };
  return page('images/index', locals, { title: say('images.private'), json: () => listJson('/images/private', found) });
}

/** A member's page: all of one's own, of others what they share under their name. */
export async function person(visit: Visit) {
  const person = await findPerson(visit.db, visit.params['username'] ?? '');
  const path = `/people/${encodeURIComponent(person.username)}`;
  const found = await pageOf(visit, profile(visit.reader, person.id));
  const { username, name, bio, createdAt: since, id } = person;
  const about = { username, name, bio, since, images: found.total, mine: id === visit.reader.id };
  const json = () => ({ person: personJson(person, found.total), ...listJson(path, found) });
  return page('people/show', { person: about, ...listLocals(path, found) }, { title: name || username, json });
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
