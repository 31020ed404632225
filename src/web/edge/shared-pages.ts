import type { Counts } from '../../lib/counts.ts';
import type { Signer } from '../../lib/secret.ts';
import type { Link } from '../../redis/index.ts';

/** A page that every visitor sees the same, cut where the token of whoever asks goes in. */
export interface SharedPage {
  /** Of the database that it was printed from. */
  version: string;
  route: string;
  pieces: readonly string[];
}

/** Pages that the processes of a site print for one another, in the Redis of CACHE_URL. */
export interface SharedPages {
  /** The page of that address and version, and since when it is kept, in milliseconds; null where there is none, or Redis does not answer. */
  find(address: string, version: string): Promise<{ page: SharedPage; ageMs: number } | null>;
  keep(address: string, page: SharedPage): void;
}

const PURPOSE = 'shared page';

/**
 * They are signed: what stands in Redis becomes part of a page, and whoever can write there shall not write pages. `site` keeps those of
 * others apart that share the server.
 */
export function createSharedPages(
  { client, isReady }: Link,
  { signer, counts, site, longestMs }: { signer: Signer; counts: Counts; site: string; longestMs: number },
): SharedPages {
  const keyOf = (address: string) => `bowerbird:page:${signer.sign('place of a page', `${site} ${address}`)}`;

  function opened(key: string, text: string): SharedPage | null {
    const code = text.slice(0, text.indexOf('\n'));
    const body = text.slice(code.length + 1);
    return signer.verify(PURPOSE, `${key}\n${body}`, code) ? (JSON.parse(body) as SharedPage) : null;
  }

  async function read(key: string) {
    const [text, left] = (await client.pipeline().get(key).pttl(key).exec()) ?? [];
    if (text?.[0]) throw text[0];
    const page = typeof text?.[1] === 'string' ? opened(key, text[1]) : null;
    return page && { page, ageMs: longestMs - Math.max(0, Number(left?.[1])) };
  }

  return {
    async find(address, version) {
      const found = isReady() ? await read(keyOf(address)).catch(() => undefined) : undefined;
      counts.add(found === undefined ? 'away' : found?.page.version === version ? 'hit' : 'miss');
      return found?.page.version === version ? found : null;
    },
    keep(address, page) {
      if (!isReady()) return;
      const key = keyOf(address);
      const body = JSON.stringify(page);
      const code = signer.sign(PURPOSE, `${key}\n${body}`);
      // Nobody waits for it: what is lost is printed again.
      client.set(key, `${code}\n${body}`, 'PX', longestMs).catch(() => counts.add('away'));
    },
  };
}
