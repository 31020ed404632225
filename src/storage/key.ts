import { randomBytes } from 'node:crypto';

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{60}$/;

/** `ab/cd/`: where a key says that its folder is. */
const FOLDER = 6;

/**
 * A new storage key of 256 random bits, `ab/cd/…`: spread over folders, so that none of them grows without end. `beside`
 * another key it goes into that one's folder: what belongs together then needs one folder made and synced, not several.
 */
export function newKey(beside?: string): string {
  const hex = randomBytes(32).toString('hex');
  const folder = beside ? beside.slice(0, FOLDER) : `${hex.slice(0, 2)}/${hex.slice(2, 4)}/`;
  return `${folder}${hex.slice(4)}`;
}

/** Whether a text is a key as `newKey` makes them. Nothing else ever becomes a path. */
export const isKey = (text: string): boolean => KEY.test(text);

/** What keys begin with: `00` to `ff`. */
export const BEGINNINGS: readonly string[] = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
