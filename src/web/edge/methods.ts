import type Koa from 'koa';
import { Refusal } from '../../errors.ts';

/** What the router leaves over: an address that is there but does not answer to this method is 405, and says to which. */
export function otherMethods(): Koa.Middleware {
  return (ctx, next) => {
    const matched = (ctx['matched'] as { methods: string[] }[] | undefined) ?? [];
    const allowed = new Set(matched.flatMap(({ methods }) => methods));
    if (allowed.size === 0) return next();
    ctx.set('Allow', [...allowed].sort().join(', '));
    if (ctx.method !== 'OPTIONS') throw new Refusal(405, 'method', 'error.method');
    ctx.status = 204;
    return undefined;
  };
}
