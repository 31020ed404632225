import { isKey } from '../key.ts';
import type { Stored } from '../storage.ts';
import type { Asker } from './ask.ts';

const PAGE = '1000';

/** All under a beginning, a page at a time. Keys and numbers are all that is read of the XML: nothing in them can be escaped. */
export async function listUnder(asker: Asker, beginning: string): Promise<Stored[]> {
  const found: Stored[] = [];
  let from: Record<string, string> = {};
  for (;;) {
    const query = { 'list-type': '2', 'max-keys': PAGE, prefix: `${beginning}/`, ...from };
    const { body } = await asker.ask({ method: 'GET', query });
    const text = await body.text();
    found.push(...storedIn(text));
    const next = tag(text, 'IsTruncated') === 'true' ? tag(text, 'NextContinuationToken') : null;
    if (!next) return found;
    from = { 'continuation-token': unescaped(next) };
  }
}

function storedIn(text: string): Stored[] {
  return [...text.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].flatMap(([, one = '']) => {
    const key = tag(one, 'Key') ?? '';
    const writtenAt = Date.parse(tag(one, 'LastModified') ?? '');
    return isKey(key) ? [{ key, bytes: Number(tag(one, 'Size')), writtenAt }] : [];
  });
}

const tag = (text: string, name: string): string | null =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? null;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string => text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
