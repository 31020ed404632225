import type Koa from 'koa';
import { nonce } from '../../lib/secret.ts';
import type { Log } from '../../lib/log.ts';

/** Gives each request a number to quote, and writes one line about it: never its query, which may hold an address. */
export function requests(log: Log): Koa.Middleware {
  return async (ctx, next) => {
    const began = process.hrtime.bigint();
    ctx.state['requestId'] = nonce(9);
    try {
      await next();
    } finally {
      const ms = Number((process.hrtime.bigint() - began) / 1000n) / 1000;
      const member = (ctx.state['member'] as { id: number } | undefined)?.id ?? null;
      const route = (ctx.state['route'] as string | undefined) ?? null;
      const facts = {
        id: ctx.state['requestId'] as string,
        method: ctx.method,
        route,
        status: ctx.status,
        refused: (ctx.state['refused'] as string | undefined) ?? null,
        ms,
        member,
        from: ctx.ip,
      };
      log.info(facts, 'request');
    }
  };
}
