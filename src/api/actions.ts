import type { Action } from '../social/index.ts';
import { imageJson } from './images.ts';
import { personJson } from './people.ts';

/** What somebody did, as a script reads it. */
export const actionJson = ({ username, verb, image, person, createdAt }: Action) => ({
  username,
  verb,
  image: image && imageJson(image),
  person: person && personJson(person, person.images),
  created_at: new Date(createdAt).toISOString(),
});
