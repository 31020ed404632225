import { Refusal } from '../errors.ts';
import { codeOf } from './durable.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** The Refusal (507) for an error that says that a disk or its quota is full; null for every other error. */
export const diskFull = (error: unknown): Refusal | null =>
  FULL.has(codeOf(error) ?? '') ? new Refusal(507, 'disk_full', 'storage.disk_full', { cause: error }) : null;
