import type { Comment } from '../social/index.ts';

/** A comment as a script reads it; `username` is null for "Anonymous", and for a member who is gone. */
export const commentJson = ({ id, username, body, createdAt }: Comment) => ({
  id,
  username,
  body,
  created_at: new Date(createdAt).toISOString(),
});
