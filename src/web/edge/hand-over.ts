import type { Context } from 'koa';

/** How the proxy in front is told where a file lies. */
export type Handing = 'accel' | 'sendfile';

/** Who sends the bytes of a file: we do, or another: the proxy in front, or by an address of its own the store. */
export type MediaWay = 'proxy' | 'redirect' | Handing;

/** Below this a proxy that knows `X-Accel-Redirect` has the whole disk, for nobody but us: docs/operators.md. */
const INTERNAL = '/-/files';

const escaped = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/**
 * Leaves the sending of a file to the proxy in front (`X-Accel-Redirect` of nginx and Caddy, `X-Sendfile` of Apache and lighttpd): it
 * takes the bytes from the disk itself, and answers ranges and "have it already". Who may have it was asked before.
 *
 * @param path absolute, of a file on the disk that both share
 */
export function handOver(ctx: Context, way: Handing, path: string) {
  if (way === 'accel') ctx.set('X-Accel-Redirect', `${INTERNAL}${escaped(path)}`);
  else ctx.set('X-Sendfile', path);
  ctx.body = '';
  // Koa takes an empty text for a kind of its own, and a length of none for that of the file.
  ctx.remove('Content-Length');
}
