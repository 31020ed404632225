import type { Person } from '../accounts/index.ts';
import type { PeoplePage } from '../social/index.ts';

/** A member as a script reads them. */
export const personJson = ({ username, name, bio, followers, following }: Person, images: number) => ({
  username,
  name,
  bio,
  followers,
  following,
  images,
});

/** A list of members, as a script reads it. */
export const peopleJson = (path: string, { people, next, page, pages }: PeoplePage) => ({
  people: people.map((person) => personJson(person, person.images)),
  next: next && `${path}?after=${next}`,
  page,
  pages,
});
