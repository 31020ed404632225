import { z } from 'zod';
import type { Action } from '../social/index.ts';
import { imageJson, imageShape } from './images.ts';
import { personJson, personShape } from './people.ts';
import { moment } from './shape.ts';

/** What somebody did, as a script reads it. */
export const actionJson = ({ username, verb, image, person, createdAt }: Action) => ({
  username,
  verb,
  image: image && imageJson(image),
  person: person && personJson(person, person.images),
  created_at: new Date(createdAt).toISOString(),
});

export const actionShape = z.strictObject({
  username: z.string(),
  verb: z.enum(['saved', 'liked', 'followed', 'commented']),
  image: imageShape.nullable(),
  person: personShape.nullable(),
  created_at: moment,
});
