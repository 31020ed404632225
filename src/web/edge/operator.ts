import type Koa from 'koa';
import type { Context } from 'koa';
import { sameText } from '../../lib/secret.ts';
import { readinessOf } from '../readiness.ts';
import type { Site } from '../visit.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1']);
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/** Whether the operator asks: this machine itself, through no proxy, or whoever has METRICS_TOKEN. */
export function byOperator(ctx: Context, token: string | null): boolean {
  if (ctx.method !== 'GET') return false;
  const given = /^Bearer (.+)$/.exec(ctx.get('authorization'))?.[1];
  if (token && given && sameText(token, given)) return true;
  const address = (ctx.req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return LOOPBACK.has(address) && FORWARDED.every((name) => !ctx.get(name));
}

/** GET /readyz for the operator: ready or not as others read it, and below that a line for each thing the site stands on. */
export function tellReadiness(site: Site): Koa.Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/readyz' || !byOperator(ctx, site.config.metricsToken)) return next();
    ctx.state['route'] = '/readyz';
    const { ready, lines } = await readinessOf(site);
    ctx.status = ready ? 200 : 503;
    ctx.type = 'text/plain; charset=utf-8';
    ctx.set('Cache-Control', 'no-store');
    ctx.body = `${[ready ? 'ready' : 'not ready', ...lines].join('\n')}\n`;
  };
}
