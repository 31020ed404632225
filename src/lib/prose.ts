/** A piece of what somebody wrote: plain text, an address on the web, or somebody's name. */
export type Piece = { text: string; href?: string; username?: string };

/** Addresses with their scheme, and names behind an @ that does not stand inside a word or an address. */
const TOKEN = /https?:\/\/[^\s<>"]+|(?<![\p{L}\p{M}\p{N}_.@/-])@[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*/giu;

/** What ends a sentence and not an address: `(see https://a.example/b).` */
const ENDS = new Set('.,;:!?\'"…*_~»”’');
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

const howMany = (text: string, character: string) => text.split(character).length - 1;

/** An address without what the sentence around it has left at its end. */
function trimAddress(text: string): string {
  const left = new Map(
    Object.entries(PAIRS).map(([close, open]) => [close, howMany(text, close) - howMany(text, open)]),
  );
  let end = text.length;
  for (; end > 0; end--) {
    const last = text[end - 1] ?? '';
    const unpaired = left.get(last) ?? 0;
    if (unpaired > 0) left.set(last, unpaired - 1);
    else if (!ENDS.has(last)) break;
  }
  return text.slice(0, end);
}

/** A name may end in what also ends a sentence: what could be meant, longest first. */
function namesFrom(token: string): string[] {
  const whole = token.slice(1);
  const bare = whole.replace(/[._-]+$/u, '');
  return whole === bare ? [whole] : [whole, bare];
}

/** Every name that stands behind an @ in a text, as it is written there, in each way it could be meant. */
export function namesIn(text: string): string[] {
  const tokens = text.match(TOKEN) ?? [];
  return [...new Set(tokens.filter((token) => token.startsWith('@')).flatMap(namesFrom))];
}

/**
 * Cuts a text into what a page prints: links to http and https alone, and to people whom `personOf` knows by a name as it
 * is written; everything else stays text.
 */
export function proseOf(text: string, personOf: (name: string) => string | undefined): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const piece = token.startsWith('@') ? named(token, personOf) : linked(token);
    if (!piece) continue;
    if (index > at) pieces.push({ text: text.slice(at, index) });
    pieces.push(piece);
    at = index + piece.text.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

function linked(token: string): Piece | null {
  const text = trimAddress(token);
  return URL.canParse(text) ? { text, href: new URL(text).href } : null;
}

function named(token: string, personOf: (name: string) => string | undefined): Piece | null {
  for (const name of namesFrom(token)) {
    const username = personOf(name);
    if (username !== undefined) return { text: `@${name}`, username };
  }
  return null;
}
