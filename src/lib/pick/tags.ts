const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };

const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|quot|apos|lt|gt));/gi, (all, decimal, hex, name) => {
    if (name) return ENTITIES[String(name).toLowerCase()] ?? String(all);
    const code = decimal ? Number(decimal) : parseInt(String(hex), 16);
    return code < 0x11_0000 ? String.fromCodePoint(code) : String(all);
  });

const MOST = 1000;

/**
 * Reads the `<img>` tags of a piece of HTML that stands there as text, as inside `<noscript>`: pages with Trusted Types
 * let nobody parse it. Answers the attributes of each, by their names in lower case.
 */
export function imageTags(html: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const start = /<img(?=[\s/])/gi;
  for (let match = start.exec(html); match && found.length < MOST; match = start.exec(html)) {
    const end = endOf(html, start.lastIndex);
    // What never ends swallows all that follows: to look for more in it takes squared time, and finds nothing.
    if (end < 0) break;
    found.push(attributesOf(html.slice(start.lastIndex, end)));
    start.lastIndex = end;
  }
  return found;
}

/** Where a tag is closed, past those signs that stand in quotes; -1 where it never is. */
function endOf(html: string, from: number): number {
  const next = /["'>]/g;
  next.lastIndex = from;
  for (let match = next.exec(html); match; match = next.exec(html)) {
    if (match[0] === '>') return match.index;
    const close = html.indexOf(match[0], next.lastIndex);
    if (close < 0) return -1;
    next.lastIndex = close + 1;
  }
  return -1;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  const pair = /([^\s"'=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  for (let match = pair.exec(text); match; match = pair.exec(text))
    attributes[(match[1] ?? '').toLowerCase()] ??= decode(match[2] ?? match[3] ?? match[4] ?? '').trim();
  return attributes;
}
