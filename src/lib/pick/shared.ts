import { MAX_ADDRESS } from './address.ts';

/** What an app hands over through the share sheet, as far as a form can hold it. */
export interface Shared {
  title: string;
  /** http(s) alone; empty where none was among it. */
  url: string;
}

const LONGEST_TITLE = 500;
const ADDRESS = /https?:\/\/[^\s<>"“”]+/i;

/**
 * Reads what was shared. Many apps put the address into the text, behind some words; what is behind the address, such as a
 * full stop, does not belong to it. What stands on the first line besides it is a title where there is none. Never throws.
 */
export function readShared({ title, text, url }: Record<'title' | 'text' | 'url', string>): Shared {
  const found = [url, text, title].map(addressIn).find((address) => address !== '') ?? '';
  const words =
    [title, text]
      .map((each) => firstLine(each.replace(ADDRESS, '')).replace(/[\s([:]+$/, ''))
      .find((line) => line !== '') ?? '';
  return { title: [...words].slice(0, LONGEST_TITLE).join(''), url: found };
}

function addressIn(text: string): string {
  const address = withoutEnd(ADDRESS.exec(text)?.[0] ?? '');
  return URL.canParse(address) && new TextEncoder().encode(address).length <= MAX_ADDRESS ? address : '';
}

/** A bracket at the end belongs to the address where its partner does. */
function withoutEnd(address: string): string {
  const trimmed = address.replace(/[.,;:!?'’»]+$/, '');
  return trimmed.endsWith(')') && !trimmed.includes('(') ? withoutEnd(trimmed.slice(0, -1)) : trimmed;
}

// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/gu;

const firstLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNPRINTABLE, '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .find((line) => line !== '') ?? '';
