import { WrongSetting } from '../../lib/settings.ts';
import type { Params, WordKey } from '../../lib/words/index.ts';

/** What the operator has to set right before the site can listen: one sentence that names the setting. */
export class TlsFault extends WrongSetting {
  constructor(key: WordKey, params: Params = {}, cause?: unknown) {
    super(key, params);
    this.name = 'TlsFault';
    this.cause = cause;
  }
}

// Not `instanceof Error`: under jest the system's errors come from another realm.
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The system's short name of what went wrong (`EACCES`), or its message where it has none. */
export function reasonOf(cause: unknown): string {
  if (!isObject(cause)) return String(cause);
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return 'message' in cause ? String(cause.message) : String(cause);
}

/** Whether the operating system refused something (a file, a folder), rather than our own code. */
export const isSystemError = (cause: unknown): boolean => isObject(cause) && 'syscall' in cause;
