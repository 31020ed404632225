const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };

const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|quot|apos|lt|gt));/gi, (all, decimal, hex, name) => {
    if (name) return ENTITIES[String(name).toLowerCase()] ?? String(all);
    const code = decimal ? Number(decimal) : parseInt(String(hex), 16);
    return code < 0x11_0000 ? String.fromCodePoint(code) : String(all);
  });

/**
 * Reads the `<img>` tags of a piece of HTML that stands there as text, as inside `<noscript>`: pages with Trusted Types
 * let nobody parse it. Answers the attributes of each, by their names in lower case.
 */
export function imageTags(html: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const tag = /<img(?=[\s/])((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
  for (let match = tag.exec(html); match && found.length < 1000; match = tag.exec(html))
    found.push(attributesOf(match[1] ?? ''));
  return found;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  const pair = /([^\s"'=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  for (let match = pair.exec(text); match; match = pair.exec(text))
    attributes[(match[1] ?? '').toLowerCase()] ??= decode(match[2] ?? match[3] ?? match[4] ?? '').trim();
  return attributes;
}
