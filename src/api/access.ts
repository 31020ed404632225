import { z } from 'zod';
import { SCOPES, type AccessToken } from '../accounts/index.ts';
import { line } from './read.ts';

export const tokenForm = z.object({
  name: line(60).refine((name) => name !== '', { error: 'tokens.name_missing' }),
  scope: z.enum(SCOPES, { error: 'tokens.scope_missing' }),
});

/** The secret address of feeds: made, or made anew, or taken back. */
export const feedKeyForm = z.object({ action: z.enum(['make', 'drop'], { error: 'field.choice' }) });

/** An access token as a script reads it: never the token itself. */
export const tokenJson = ({ id, name, scope, createdAt, usedAt }: AccessToken) => ({
  id,
  name,
  scope,
  created_at: new Date(createdAt).toISOString(),
  used_at: usedAt === null ? null : new Date(usedAt).toISOString(),
});
