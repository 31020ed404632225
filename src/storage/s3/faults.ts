import { Refusal } from '../../errors.ts';
import type { Answer } from './ask.ts';

/** What a store answered instead of doing what it was asked for. */
export class StoreFault extends Error {
  readonly status: number;
  /** In S3's words: `NoSuchKey`, `SignatureDoesNotMatch`; '' where it has none. */
  readonly code: string;

  constructor(status: number, code: string) {
    super(`the store answered ${status} ${code}`.trim());
    this.name = 'StoreFault';
    this.status = status;
    this.code = code;
  }

  static async of({ statusCode, body }: Answer): Promise<StoreFault> {
    let text = '';
    try {
      for await (const chunk of body) {
        text += String(chunk);
        if (text.length > LONGEST) break;
      }
    } catch {
      // The status says enough.
    }
    return new StoreFault(statusCode, /<Code>([\w.]{1,64})<\/Code>/.exec(text)?.[1] ?? '');
  }
}

const LONGEST = 16_384;

const FULL = new Set(['QuotaExceeded', 'XMinioStorageFull', 'StorageFull', 'InsufficientStorage', 'EntityTooLarge']);

/** The Refusal for a store that does not do what it should: full (507), or away for as long as it refuses (503). */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof StoreFault)) return error;
  if (error.status === 507 || FULL.has(error.code))
    return new Refusal(507, 'disk_full', 'storage.disk_full', { cause: error });
  return storeAway(error);
}

export const storeAway = (cause: unknown) =>
  new Refusal(503, 'store_away', 'storage.away', { retryAfter: RETRY_S, cause });

const RETRY_S = 30;

/** Whether asking again may help: it was busy, on the way something broke, or it did not answer in time. */
export function passes(error: unknown): boolean {
  if (error instanceof StoreFault)
    return (error.status >= 500 && error.status !== 507) || error.status === 429 || error.code === 'RequestTimeout';
  return codeOf(error) !== null && !LOCAL.has(codeOf(error) ?? '');
}

/** Of the file that is sent, not of the way. */
const LOCAL = new Set(['ENOENT', 'EACCES', 'EIO', 'EMFILE']);

/** The code of what broke on the way, deepest first; null where there is none. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
  return codeOf(cause) ?? codeOf(errors?.[0]) ?? (typeof code === 'string' && code !== '' ? code : null);
}
