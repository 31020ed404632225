import { randomBytes } from 'node:crypto';

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{60}$/;

/** A new storage key of 256 random bits, `ab/cd/…`: spread over folders, so that none of them grows without end. */
export function newKey(): string {
  const hex = randomBytes(32).toString('hex');
  return `${hex.slice(0, 2)}/${hex.slice(2, 4)}/${hex.slice(4)}`;
}

/** Whether a text is a key as `newKey` makes them. Nothing else ever becomes a path. */
export const isKey = (text: string): boolean => KEY.test(text);
