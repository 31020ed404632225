const PART = /^[0-9a-z]{1,11}$/;

/** Where a page of a list ended, as a text for `after=`: the numbers of its key, largest first, in base 36. */
export const writeCursor = (key: readonly number[]): string => key.map((part) => part.toString(36)).join('-');

/** The numbers of a cursor with so many parts; null when it was not written by us. */
export function readCursor(text: string, parts: number): number[] | null {
  const pieces = text.split('-');
  if (pieces.length !== parts || !pieces.every((piece) => PART.test(piece))) return null;
  const key = pieces.map((piece) => parseInt(piece, 36));
  return key.every(Number.isSafeInteger) ? key : null;
}
