import { z } from 'zod';
import type { Comment } from '../social/index.ts';
import { moment, number } from './shape.ts';

/** A comment as a script reads it; `username` is null for "Anonymous", and for a member who is gone. */
export const commentJson = ({ id, username, body, createdAt }: Comment) => ({
  id,
  username,
  body,
  created_at: new Date(createdAt).toISOString(),
});

export const commentShape = z.strictObject({
  id: number,
  username: z.string().nullable(),
  body: z.string(),
  created_at: moment,
});
