import { Refusal } from '../errors.ts';
import { codeOf } from './durable.ts';

/** As the system says it, where a process may write no more to a file, and as SQLite and PostgreSQL do. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', '53100']);

/** The Refusal (507) for an error that says that a disk or its quota is full; null for every other error. */
export const diskFull = (error: unknown): Refusal | null =>
  FULL.has(codeOf(error) ?? '') ? new Refusal(507, 'disk_full', 'storage.disk_full', { cause: error }) : null;
