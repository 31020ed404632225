import { saysMoved } from './moved.ts';

/** A disk that the system made read-only, or a PostgreSQL that follows another one. */
const READ_ONLY = new Set(['SQLITE_READONLY', 'EROFS', '25006']);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

export const saysReadOnly = (error: unknown): boolean => READ_ONLY.has(codeOf(error));

/** Whether the database takes nothing new, for now or for good: no reason to keep anybody from reading over what need not be written. */
export const takesNothing = (error: unknown): boolean =>
  saysMoved(error) || saysReadOnly(error) || codeOf(error) === 'SQLITE_BUSY';
