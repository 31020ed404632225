import type { AuthorshipField } from './index.ts';

/** Characters at the most: those of the form's fields where there is one. */
export const LIMITS: Readonly<Record<AuthorshipField, number>> = {
  creator: 500,
  copyright: 1000,
  credit: 500,
  licence: 500,
  description: 5000,
};

/** Controls but for the line's end, what turns the direction of writing, and what is no character at all. What joins letters stays: names need it. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * As it can be kept and shown: one form of Unicode, lines and single blanks, and no longer than so many characters. What is
 * clean stays as it is: the parent asks that of what a child says.
 */
export function clean(text: string, limit: number): string {
  const lines = text
    .slice(0, 4 * limit)
    .split(/\r\n|[\n\r]/)
    .map((line) => line.replace(/\s+/gu, ' ').replace(UNPRINTABLE, ''));
  // Composed last: what has gone may have stood between a letter and its accent.
  const composed = lines.map((line) => line.normalize('NFC').replace(/ +/g, ' ').trim()).join('\n');
  return [...composed.replace(/\n{3,}/g, '\n\n').trim()].slice(0, limit).join('').trim();
}

/** The address if a browser may be sent there, else nothing. */
export function httpAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return '';
  return url.href.length <= LIMITS.licence ? url.href : '';
}

/** Bytes as text: UTF-8 if they can be, else Latin-1 as Windows has it. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
