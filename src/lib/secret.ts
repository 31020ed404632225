import { createHash, createHmac, randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto';

/** 256 random bits for an address, a cookie or a key: 43 characters that need no escaping anywhere. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

const POOL = 4096;
const pool = Buffer.alloc(POOL);
let used = POOL;

/**
 * So many random bytes as text, for what each request needs and nobody keeps: the system is asked for many at once, which is
 * a seventh of the cost of a page that is kept. Each byte is given out once.
 */
export function nonce(bytes: number): string {
  if (used + bytes > POOL) {
    randomFillSync(pool);
    used = 0;
  }
  const text = pool.toString('base64url', used, used + bytes);
  used += bytes;
  return text;
}

/** Whether a text could have been made by `randomToken`. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** What is stored instead of a token: whoever reads the table cannot use it. Hex, 64 characters. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Signs texts with the newest of several keys, and knows what any of them has signed. */
export interface Signer {
  /** A code for a text within a purpose: the same text signed for another purpose has another code. */
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, code: string): boolean;
}

export function signer(keys: readonly string[]): Signer {
  const [newest] = keys;
  if (!newest) throw new Error('a signer needs a key');
  const code = (key: string, purpose: string, text: string) =>
    createHmac('sha256', key).update(`${purpose}\0${text}`).digest('base64url');
  return {
    sign: (purpose, text) => code(newest, purpose, text),
    verify: (purpose, text, given) => keys.some((key) => sameText(code(key, purpose, text), given)),
  };
}

/** Compares in a time that tells nothing of where the texts differ. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
