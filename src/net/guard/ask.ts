import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Client } from 'undici';
import { reasonOf, Unreachable } from './failure.ts';
import type { Target } from './target.ts';

/** An answer whose body is still on its way. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Readable;
  /** Ends the connection, whatever is still on it. */
  close(): void;
}

/** 1,000 headers are work without an image; no page that has one needs more than this. */
const MOST_HEADER_BYTES = 32 * 1024;

/** What is asked for: an image that stands on a page, or a page that somebody opens. */
export type Kind = 'image' | 'page';

/** What a browser sends, without anything that tells who asks (design.md §5). */
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'accept-language': 'en;q=0.8,*;q=0.5',
  // Nothing packed: then the bytes counted are the bytes there are.
  'accept-encoding': 'identity',
};

const HEADERS_FOR: Readonly<Record<Kind, Record<string, string>>> = {
  image: {
    ...HEADERS,
    accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif,image/*;q=0.8,*/*;q=0.5',
    'sec-fetch-dest': 'image',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-site': 'cross-site',
  },
  page: {
    ...HEADERS,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'sec-fetch-dest': 'document',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-site': 'none',
  },
};

/**
 * Asks one question over one connection, which is used for nothing else: what a server sends unasked cannot become the
 * answer to the next question. Follows no redirect, reads no proxy from the environment, keeps no cookie.
 * @param referer the origin that goes out as Referer; null for none
 * @throws Unreachable when no answer comes
 */
export async function ask(
  target: Target,
  socket: Socket,
  { kind, referer }: { kind: Kind; referer: string | null },
  signal: AbortSignal,
): Promise<Answer> {
  let used = false;
  const client = new Client(target.url.origin, {
    connect: (_options, done) => {
      const again = used;
      used = true;
      // undici loses its way when it is answered before it has asked to the end.
      setImmediate(() => (again ? done(new Error('one connection for one question'), null) : done(null, socket)));
    },
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: MOST_HEADER_BYTES,
  });
  const close = () => {
    socket.destroy();
    client.destroy().catch(() => {});
  };
  try {
    const { statusCode, headers, body } = await client.request({
      method: 'GET',
      path: target.url.pathname + target.url.search,
      headers: { ...HEADERS_FOR[kind], ...(referer === null ? {} : { referer }) },
      signal,
    });
    // Whoever stops reading destroys it, and that must not end the process.
    body.on('error', () => {});
    return { status: statusCode, headers, body, close };
  } catch (error) {
    close();
    signal.throwIfAborted();
    throw new Unreachable(`no answer: ${reasonOf(error)}`, { cause: error });
  }
}

/** The one value of a header; several are joined as HTTP says. */
export function header(answer: Answer, name: string): string | null {
  const value = answer.headers[name];
  return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
}

/** The Referer for a target: never to plain HTTP from a secure page, as browsers have it. */
export function refererFor(target: Target, origin: string | undefined): string | null {
  if (origin === undefined || !URL.canParse(origin)) return null;
  const page = new URL(origin);
  if (page.protocol !== 'https:' && page.protocol !== 'http:') return null;
  return page.protocol === 'https:' && !target.secure ? null : `${page.origin}/`;
}
