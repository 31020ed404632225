import { z } from 'zod';
import { SCOPES, type AccessToken } from '../accounts/index.ts';
import { line } from './read.ts';

export const tokenForm = z.object({
  name: line(60).refine((name) => name !== '', { error: 'tokens.name_missing' }),
  scope: z.enum(SCOPES, { error: 'tokens.scope_missing' }),
});

/** An access token as a script reads it: never the token itself. */
export const tokenJson = ({ id, name, scope, createdAt, usedAt }: AccessToken) => ({
  id,
  name,
  scope,
  created_at: new Date(createdAt).toISOString(),
  used_at: usedAt === null ? null : new Date(usedAt).toISOString(),
});
