import type { Person } from '../accounts/index.ts';

/** A member as a script reads them. */
export const personJson = ({ username, name, bio, followers, following }: Person, images: number) => ({
  username,
  name,
  bio,
  followers,
  following,
  images,
});
