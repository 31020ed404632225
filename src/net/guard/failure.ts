import { Refusal } from '../../errors.ts';

/** Something failed before an answer came. The reason is for the log alone: a person always reads the same sentence. */
export class Unreachable extends Error {
  /** Whether the guard forbade it, rather than the network failing. */
  readonly forbidden: boolean;

  constructor(reason: string, detail: { forbidden?: boolean; cause?: unknown } = {}) {
    super(reason, { cause: detail.cause });
    this.name = 'Unreachable';
    this.forbidden = detail.forbidden ?? false;
  }
}

export const forbidden = (reason: string) => new Unreachable(reason, { forbidden: true });

/** An answer had begun and its body ended early. */
export class BrokenOff extends Error {
  constructor(cause: unknown) {
    super('the body broke off', { cause });
    this.name = 'BrokenOff';
  }
}

/** Time ran out; what that means depends on how far the fetch had come. */
export class OutOfTime extends Error {
  constructor() {
    super('out of time');
    this.name = 'OutOfTime';
  }
}

/** The fetcher was closed under a fetch that was going on. */
export class Closing extends Error {
  constructor() {
    super('the fetcher is closing');
    this.name = 'Closing';
  }
}

export const tooSlow = (cause?: unknown) => new Refusal(422, 'too_slow', 'fetch.too_slow', { cause });

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);

/** The errors of a full disk become a Refusal; all others stay what they are. */
export function diskRefusal(error: unknown): unknown {
  const code = codeOf(error);
  return code !== null && NO_ROOM.has(code)
    ? new Refusal(507, 'disk_full', 'fetch.disk_full', { cause: error })
    : error;
}

/** The code of a system, TLS, DNS or undici error. */
export const codeOf = (error: unknown): string | null => textIn(error, 'code');

/** A short reason for the log: the code where there is one, else the message. */
export const reasonOf = (error: unknown): string => codeOf(error) ?? textIn(error, 'message') ?? String(error);

function textIn(error: unknown, key: string): string | null {
  const text: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : null;
  return typeof text === 'string' ? text : null;
}
