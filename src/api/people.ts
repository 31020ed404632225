import { z } from 'zod';
import type { Person } from '../accounts/index.ts';
import type { PeoplePage } from '../social/index.ts';
import { count, paged } from './shape.ts';

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

export const personShape = z.strictObject({
  username: z.string(),
  name: z.string(),
  bio: z.string(),
  followers: count,
  following: count,
  images: count,
});

export const peopleList = z.strictObject({ people: z.array(personShape), ...paged });
