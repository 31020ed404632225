import { isIP } from 'node:net';
import type { CustomFetchOptions } from 'openid-client';
import { request, type Dispatcher } from 'undici';

/** More than any provider has to say at once. */
const MAX_BYTES = 1024 * 1024;

/**
 * Asks a provider that the operator configured. Its own description may name other hosts (keys and tokens often live
 * elsewhere), but only as it may speak itself: over https unless the issuer is http, by a public-looking name unless it is
 * the issuer's own host, and no answer is followed anywhere.
 */
export function configuredFetch(issuer: URL) {
  return async (address: string, options: CustomFetchOptions): Promise<Response> => {
    const url = new URL(address);
    if (!mayAsk(issuer, url)) throw new Error(`the provider names ${url.host}, which is not asked`);
    // undici's `request` follows nothing, keeps no cookies and knows no proxy of the environment.
    const answer = await request(url, {
      method: options.method as Dispatcher.HttpMethod,
      headers: options.headers,
      body: typeof options.body === 'string' ? options.body : (options.body?.toString() ?? null),
      signal: options.signal ?? null,
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    });
    const bytes = await readUpTo(answer.body, MAX_BYTES);
    const headers = new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    const empty = answer.statusCode === 204 || answer.statusCode === 304;
    return new Response(empty ? null : bytes, { status: answer.statusCode, headers });
  };
}

/** Whether a provider may send us to an address. */
export function mayAsk(issuer: URL, url: URL): boolean {
  if (url.username || url.password) return false;
  if (url.protocol !== 'https:' && url.protocol !== issuer.protocol) return false;
  if (url.host === issuer.host) return true;
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return (
    isIP(host) === 0 && host.includes('.') && !/\.(local|localhost|internal|home\.arpa)$/i.test(host) && url.port === ''
  );
}

async function readUpTo(body: AsyncIterable<Uint8Array>, max: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > max) throw new Error('the provider says more than anybody reads');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
