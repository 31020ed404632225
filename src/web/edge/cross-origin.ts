import type Koa from 'koa';
import type { Context } from 'koa';
import { isApi } from './bearer.ts';

/** What a page elsewhere may read of an answer, beside its body and what browsers show anyway. */
const READABLE = [
  'ETag',
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'WWW-Authenticate',
];
const SENDABLE = ['Authorization', 'Content-Type', 'If-None-Match', 'Idempotency-Key'];
/** How long a browser need not ask again whether it may: a day, of which each takes what it wants. */
const ASKED_FOR_S = 24 * 60 * 60;

/**
 * Lets the pages of other sites speak to /api/v1, where a token says who asks and cookies say nothing: a page can do no more
 * there than whoever gave it their token. Elsewhere nothing is said, and browsers keep such pages out.
 */
export function openToOtherSites(): Koa.Middleware {
  return (ctx, next) => {
    if (!isApi(ctx)) return next();
    ctx.set('Access-Control-Allow-Origin', '*');
    ctx.set('Access-Control-Expose-Headers', READABLE.join(', '));
    return isAskedFirst(ctx) ? allow(ctx) : next();
  };
}

/** Whether a browser asks first, for what it would not send to any site without being let. */
const isAskedFirst = (ctx: Context) => ctx.method === 'OPTIONS' && ctx.get('access-control-request-method') !== '';

function allow(ctx: Context) {
  ctx.set('Access-Control-Allow-Methods', 'GET, POST');
  ctx.set('Access-Control-Allow-Headers', SENDABLE.join(', '));
  ctx.set('Access-Control-Max-Age', String(ASKED_FOR_S));
  ctx.status = 204;
}
