import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import type Koa from 'koa';

const gzipAside = promisify(gzip);

/** Below, the answer fits into one packet anyway. */
const THRESHOLD = 1024;
/** A page of 24 kB packs in 0.13 ms, where a thread or a stream costs several times as much to be asked; long ones go aside. */
const AT_ONCE = 256 * 1024;
/** Pages: level 6 saves 3 % more bytes and takes half as long again. */
const OPTIONS = { level: 3 };
const COMPRESSIBLE = /^(text|application\/json|image\/svg)/;

/**
 * Packs texts for whoever takes gzip. A buffer stands for a static file: it is packed as small as it gets, once, and kept for
 * as long as the file itself.
 */
export function compress(): Koa.Middleware {
  const kept = new WeakMap<Buffer, Buffer>();
  const once = (body: Buffer): Buffer => {
    const packed = kept.get(body) ?? gzipSync(body, { level: 9 });
    kept.set(body, packed);
    return packed;
  };
  const pack = (body: string | Buffer, length: number) => {
    if (typeof body !== 'string') return once(body);
    return length > AT_ONCE ? gzipAside(body, OPTIONS) : gzipSync(body, OPTIONS);
  };
  return async (ctx, next) => {
    ctx.vary('Accept-Encoding');
    await next();
    const { body, length = 0 } = ctx;
    if (typeof body !== 'string' && !Buffer.isBuffer(body)) return;
    if (ctx.method === 'HEAD' || length < THRESHOLD || !COMPRESSIBLE.test(ctx.response.type)) return;
    if (ctx.acceptsEncodings('gzip', 'identity') !== 'gzip') return;
    ctx.body = await pack(body, length);
    ctx.set('Content-Encoding', 'gzip');
  };
}
