import type { AuthorshipField, Said } from './index.ts';
import { decodeText } from './text.ts';
import { walkXml } from './xml.ts';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const DC = 'http://purl.org/dc/elements/1.1/';
const XML_LANG = 'xml:lang';

/** Properties by namespace and name; of a field the first that says something. */
const PROPERTIES: ReadonlyMap<string, readonly [field: AuthorshipField, rank: number]> = new Map([
  [`${DC}creator`, ['creator', 0]],
  [`${DC}rights`, ['copyright', 0]],
  [`${DC}description`, ['description', 0]],
  ['http://ns.adobe.com/photoshop/1.0/Credit', ['credit', 0]],
  ['http://creativecommons.org/ns#license', ['licence', 0]],
  ['http://purl.org/dc/terms/license', ['licence', 1]],
  ['http://ns.adobe.com/xap/1.0/rights/WebStatement', ['licence', 2]],
]);
const MOST_DEPTH = 64;
const MOST_VALUES = 50;

/** A property that is being read. */
interface Open {
  field: AuthorshipField;
  rank: number;
  depth: number;
  /** One for each item of a list, or the only one. */
  values: { text: string; language: string }[];
}

/**
 * What XMP says, in whatever of its spellings: as attributes, as elements, as lists, under any prefix.
 * Source: ISO 16684-1 (XMP), 7; XMP Specification part 2 for the names.
 */
export function readXmp(bytes: Buffer): Said {
  const prefixes = new Map<string, string>();
  const found = new Map<AuthorshipField, { rank: number; text: string }>();
  const full = (name: string) => {
    const [prefix = '', local] = name.split(':');
    return local === undefined ? name : `${prefixes.get(prefix) ?? ''}${local}`;
  };
  const note = (field: AuthorshipField, rank: number, text: string) => {
    const before = found.get(field);
    if (text.trim() && (!before || rank < before.rank)) found.set(field, { rank, text });
  };
  let depth = 0;
  let open: Open | null = null;
  for (const part of walkXml(decodeText(bytes))) {
    if (part.kind === 'text') addText(open, part.text);
    else if (part.kind === 'close') {
      if (open?.depth === depth) {
        note(open.field, open.rank, joined(open));
        open = null;
      }
      depth--;
    } else {
      if (++depth > MOST_DEPTH) break;
      for (const [name, value] of part.attributes)
        if (name.startsWith('xmlns:')) prefixes.set(name.slice('xmlns:'.length), value);
      const named = part.attributes.map(([name, value]) => [full(name), value] as const);
      for (const [name, value] of named) {
        const [field, rank] = PROPERTIES.get(name) ?? [];
        if (field && rank !== undefined) note(field, rank, value);
      }
      const name = full(part.name);
      const [field, rank] = PROPERTIES.get(name) ?? [];
      if (!open && field && rank !== undefined) {
        open = { field, rank, depth, values: [] };
        addText(open, named.find(([about]) => about === `${RDF}resource`)?.[1] ?? '');
      } else if (open && name === `${RDF}li` && open.values.length < MOST_VALUES) {
        const language = part.attributes.find(([about]) => about === XML_LANG)?.[1] ?? '';
        open.values.push({ text: '', language });
      }
    }
  }
  return Object.fromEntries([...found].map(([field, { text }]) => [field, text]));
}

function addText(open: Open | null, text: string) {
  if (!open || !text.trim()) return;
  if (open.values.length === 0) open.values.push({ text: '', language: '' });
  const last = open.values.at(-1);
  if (last) last.text += text;
}

/** Of several languages the one without a name; several creators are all of them. */
function joined({ field, values }: Open): string {
  const said = values.filter(({ text }) => text.trim());
  if (field === 'creator') return said.map(({ text }) => text.trim()).join(', ');
  return (said.find(({ language }) => language === 'x-default') ?? said[0])?.text ?? '';
}
