import { imagePath } from '../api/images.ts';
import { peopleJson } from '../api/people.ts';
import { say, type Said } from '../lib/words/index.ts';
import { portraitOf } from '../lib/portrait.ts';
import {
  readFollowers,
  readFollowing,
  readLikers,
  readPeople,
  type PeoplePage,
  type PersonSeen,
} from '../social/index.ts';
import { movedTo, page } from './answer.ts';
import { keyPager, pager } from './lists.ts';
import { photoPaths } from './profile.ts';
import { findOrAsk } from './sight.ts';
import { personOf, personPath } from './someone.ts';
import type { Visit } from './visit.ts';

/** What a page prints of somebody, wherever they are listed. */
export function personShown(visit: Visit, person: PersonSeen) {
  const { username, name, bio, followers, following, images, followed, id } = person;
  const href = personPath(username);
  const mine = id === visit.reader.id;
  return {
    username,
    name,
    bio,
    followers,
    following,
    images,
    href,
    mine,
    photo: photoPaths(person.photo),
    portrait: portraitOf(username),
    follow: mine || visit.member === null ? null : { href: `${href}/follow`, on: followed, username, next: visit.here },
  };
}

interface Listed {
  path: string;
  heading: Said;
  /** What else the page says of the list: its own words where it is empty, and the way back. */
  empty: 'people.none' | 'followers.none' | 'following.none' | 'likes.none';
  back?: { href: string; text: string | Said };
}

function show(visit: Visit, found: PeoplePage, { path, heading, empty, back }: Listed) {
  const people = found.people.map((person) => personShown(visit, person));
  const locals = { people, heading: say(heading.key, heading.params), empty, back: back ?? null };
  const json = () => peopleJson(path, found);
  return page('people/index', { ...locals, pager: listPager(visit, path, found) }, { title: heading, json });
}

/** Of lists that are found by key alone there is no page by number to lead to. */
function listPager(visit: Visit, path: string, found: PeoplePage) {
  if (path === '/people') return pager(path, found);
  return keyPager(path, visit.query.get('after'), found.next && `${path}?after=${found.next}`, true);
}

/** GET /people: everybody, the newest member first. */
export async function people(visit: Visit) {
  const wanted = { page: visit.query.get('page'), after: visit.query.get('after') };
  const found = await readPeople(visit.db, visit.reader, wanted);
  return show(visit, found, { path: '/people', heading: say('people.heading'), empty: 'people.none' });
}

const READ = { followers: readFollowers, following: readFollowing } as const;

/** GET /people/USERNAME/followers, and …/following. */
export const followList = (which: 'followers' | 'following') => async (visit: Visit) => {
  const person = await personOf(visit);
  if (typeof person === 'string') return movedTo(`${personPath(person)}/${which}`);
  const href = personPath(person.username);
  const found = await READ[which](visit.db, visit.reader, person, visit.query.get('after'));
  return show(visit, found, {
    path: `${href}/${which}`,
    heading: say(`${which}.heading`, { name: person.name || person.username }),
    empty: `${which}.none`,
    back: { href, text: person.name || person.username },
  });
};

/** GET /images/ID/like: who likes it. */
export async function likersOf(visit: Visit) {
  const image = await findOrAsk(visit);
  const found = await readLikers(visit.db, visit.reader, image, visit.query.get('after'));
  return show(visit, found, {
    path: `/images/${image.id}/like`,
    heading: say('likes.who'),
    empty: 'likes.none',
    back: { href: imagePath(image), text: image.title || say('images.untitled') },
  });
}
