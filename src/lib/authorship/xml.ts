/** What stands in an XML text, one after the other. */
export type XmlPart =
  | { kind: 'open'; name: string; attributes: readonly (readonly [name: string, value: string])[] }
  | { kind: 'close' }
  | { kind: 'text'; text: string };

const MOST_ATTRIBUTES = 200;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five names and the numbers; there are no others, since nothing is ever declared here. */
export const unescapeXml = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (_, decimal, hex, name) => {
    if (name) return ENTITIES[String(name).toLowerCase()] ?? '';
    const code = decimal ? Number(decimal) : parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });

/**
 * Walks through an XML text once, from its beginning to its end or to what is no XML. It stops at a document type, so that
 * there are no entities to expand; every step goes forward, so that no text takes longer than it is long.
 */
export function* walkXml(xml: string): Generator<XmlPart> {
  for (let at = 0; at < xml.length;) {
    const tag = xml.indexOf('<', at);
    if (tag !== at) yield { kind: 'text', text: unescapeXml(xml.slice(at, tag < 0 ? xml.length : tag)) };
    if (tag < 0) return;
    const past = pastUnread(xml, tag);
    if (past !== null) {
      if (xml.startsWith('<![CDATA[', tag)) yield { kind: 'text', text: xml.slice(tag + 9, past - 3) };
      at = past;
      continue;
    }
    const end = endOfTag(xml, tag);
    if (end < 0 || xml[tag + 1] === '!') return;
    yield* partsOf(xml.slice(tag + 1, end));
    at = end + 1;
  }
}

/** Where a comment, an instruction or plain characters end that begin here; null where none do. */
function pastUnread(xml: string, at: number): number | null {
  const kinds = [
    ['<!--', '-->'],
    ['<?', '?>'],
    ['<![CDATA[', ']]>'],
  ] as const;
  const [begin, close] = kinds.find(([start]) => xml.startsWith(start, at)) ?? [];
  if (begin === undefined || close === undefined) return null;
  const end = xml.indexOf(close, at + begin.length);
  return end < 0 ? xml.length : end + close.length;
}

/** A sign ">" in a value does not end a tag. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at++) {
    const sign = xml[at] ?? '';
    if (quote) quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at;
  }
  return -1;
}

function* partsOf(tag: string): Generator<XmlPart> {
  if (tag.startsWith('/')) return yield { kind: 'close' };
  const empty = tag.endsWith('/');
  const body = empty ? tag.slice(0, -1) : tag;
  const name = /^[^\s]*/.exec(body)?.[0] ?? '';
  yield { kind: 'open', name, attributes: attributesOf(body.slice(name.length)) };
  if (empty) yield { kind: 'close' };
}

const ATTRIBUTE = /\s*([^\s=]+)\s*(?:=\s*("[^"]*"|'[^']*'))?/y;

function attributesOf(text: string): [string, string][] {
  const found: [string, string][] = [];
  ATTRIBUTE.lastIndex = 0;
  for (let n = 0; n < MOST_ATTRIBUTES; n++) {
    const [, name = '', quoted] = ATTRIBUTE.exec(text) ?? [];
    if (!name) break;
    if (quoted !== undefined) found.push([name, unescapeXml(quoted.slice(1, -1))]);
  }
  return found;
}
